"""The phone network around one account: calls and texts, and whom they reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from heapq import merge
from itertools import islice
from typing import Any, Protocol

from proxymock.numbering_plan.e164 import NotAPhoneNumberError, parse
from proxymock.sandbox import SandboxError
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.surroundings import AccountSurroundings
from proxymock.sandbox.views import Interaction, Mask, interaction
from proxymock.service.door import Door
from proxymock.state.calls import Call, Effect, Invocation
from proxymock.state.store import Account
from proxymock.telephony import invocations, network, new_calls
from proxymock.telephony.invocations import InvocationFailed
from proxymock.telephony.legs import end
from proxymock.telephony.people import BUSY, UNAVAILABLE
from proxymock.telephony.routing import ANONYMOUS, Route, Type, route, route_to_host
from proxymock.telephony.surroundings import Moment
from proxymock.telephony.terminations import route_by

Deliver = Callable[[Account, Call, Effect], None]


class Functions(Protocol):
    """What Lambda would run."""

    def has(self, arn: str) -> bool:
        """Tell whether there is a function with this ARN."""
        ...

    def invoke(self, arn: str, event: dict[str, Any]) -> Any:
        """Return what the function answers. Raises InvocationFailed."""
        ...


class Network:
    """The phone network around one account.

    A call that has something to do is *ready*. Whoever comes in by the account's door
    lets the ready calls go on first; nobody is in while a function works.

    Args:
        account: whose numbers.
        door: the way to the account.
        functions: what answers the events of calls.
        deliver: takes what calls leave behind, such as recordings, outside of the door.
    """

    def __init__(
        self, account: Account, door: Door, functions: Functions, deliver: Deliver
    ) -> None:
        self._account = account
        self._door = door
        self._functions = functions
        self._deliver = deliver
        self.around = AccountSurroundings(account, self._leads_home)
        self.texts: dict[int, Interaction] = {}
        door.before = self.go_on

    def __repr__(self) -> str:
        return f"<Network with {len(self._account.calls)} calls>"

    def party(self, number_or_host: str) -> str:
        """Return a number in E.164, or the name of a host as it is."""
        try:
            return parse(number_or_host)
        except NotAPhoneNumberError:
            return number_or_host

    # What parties do, to be called inside of the door.

    def text(self, from_number: str, to_number: str, body: str) -> Interaction:
        """Send a text, and log it."""
        sender, to = _party("Text", from_number), phone_number(to_number, "To")
        way = route(self._account, "Text", sender, to)
        self._use(way)
        rank = self._account.next_sequence()
        self.texts[rank] = Interaction(
            id=self._account.new_uuid(),
            type="Text",
            from_number=sender,
            to_number=to,
            body=body,
            outcome=way.outcome,
            reason=way.reason,
            connected_to=way.connected_to,
            caller_id=way.caller_id,
            proxy_session_id=way.proxy_session_id,
            voice_connector_id=way.voice_connector_id,
            at=self._account.now(),
        )
        return self.texts[rank]

    def call(
        self,
        from_number: str,
        to_number: str,
        sip_headers: Mapping[str, str] | None = None,
        via: str | None = None,
    ) -> Call:
        """Let a call begin; it goes on when somebody comes in by the door."""
        caller = _party("Call", from_number)
        if to_number.startswith("sip:"):
            user, _, host = to_number.removeprefix("sip:").partition("@")
            dialled, way = user, route_to_host(self._account, caller, host)
        elif via is not None:
            dialled, way = route_by(self._account, via, caller, to_number)
        else:
            dialled = phone_number(to_number, "To")
            way = route(self._account, "Call", caller, dialled)
        return self._begin(way, caller, dialled, sip_headers)

    def step(self, call: Call, do: Callable[..., None], *arguments: Any) -> None:
        """Let a party do something. Raises SandboxError."""
        try:
            do(Moment(call, self._account.now(), self.around), *arguments)
        except (LookupError, network.NotPossible) as error:
            raise SandboxError(str(error).strip('"')) from None
        self._settle(call)

    # What people look at.

    def log(self) -> Iterator[Interaction]:
        """Yield calls and texts in the order in which they began."""
        calls = ((call.sequence, interaction(call)) for call in self._incoming())
        return (
            each for _, each in merge(calls, self.texts.items(), key=lambda one: one[0])
        )

    def masks(self) -> list[Mask]:
        """Return who is masked to whom, in the order of the sessions' creation."""
        regions = {
            connector.voice_connector_id: store.region
            for store in self._account.stores.values()
            for connector in store.voice_connectors
        }
        return [
            Mask(
                proxy_session_id=session.proxy_session_id,
                voice_connector_id=session.voice_connector_id,
                region=regions[session.voice_connector_id],
                proxy_phone_number=session.proxy_phone_number,
                participants=session.participant_phone_numbers,
                status=session.status,
                expires_at=session.expires_at,
            )
            for session in sorted(
                self._account.numbering.live(), key=lambda session: session.sequence
            )
        ]

    def _incoming(self) -> Iterator[Call]:
        return (c for c in self._account.calls if c.legs[0].direction == "Inbound")

    # How calls go on, outside of the door.

    def go_on(self) -> None:
        """Let the calls that are ready go on, until none is."""
        while (call := self._next_ready()) is not None:
            while (invocation := self._prepare(call)) is not None:
                self._take(call, invocation, *self._invoke(invocation))

    def _next_ready(self) -> Call | None:
        with self._door.step() as account:
            for id in islice(account.calls.ready, 1):
                return account.calls.ready.pop(id)
        return None

    def _prepare(self, call: Call) -> Invocation | None:
        """Let happen what needs no function; return what does."""
        with self._door.step() as account:
            now: Moment | None = Moment(call, account.now(), self.around)
            invocation = None
            while now is not None and invocation is None:
                self._heed_requests(now)
                if self._is_attended(call):
                    invocation = invocations.next_invocation(now)
                else:
                    new_calls.unattended(now)
                    call.waiting = []
                if invocation is None:
                    now = network.run_due(call, account.now(), self.around)
            self._settle(call)
            return invocation

    def _invoke(self, invocation: Invocation) -> tuple[Any, InvocationFailed | None]:
        arn = invocation.target.function_arn
        try:
            return self._functions.invoke(arn, invocation.event), None
        except InvocationFailed as failure:
            return None, failure

    def _take(
        self,
        call: Call,
        invocation: Invocation,
        answer: Any,
        failure: InvocationFailed | None,
    ) -> None:
        with self._door.step() as account:
            if account.calls.get(call.transaction_id) is not call:
                return  # The account has been reset, or loaded, while it worked.
            now = Moment(call, account.now(), self.around)
            if failure is None:
                invocations.answered(now, invocation, answer)
            else:
                invocations.failed(now, invocation, failure.how, failure.detail)
            self._settle(call)

    def _heed_requests(self, now: Moment) -> None:
        requests, now.call.requests = now.call.requests, []
        for request in requests:
            if request.kind == "Create":
                new_calls.begin(now, request.arguments)
            elif not now.call.ended:
                network.update(now, request.arguments)

    def _is_attended(self, call: Call) -> bool:
        """Tell whether any application that may have a call has a function."""
        if call.target is None:
            return True
        targets = (call.target, *call.candidates)
        return any(self._functions.has(target.function_arn) for target in targets)

    # How calls begin, and lead from one application of the account to another.

    def _begin(
        self,
        way: Route,
        caller: str,
        dialled: str,
        sip_headers: Mapping[str, str] | None = None,
    ) -> Call:
        at = self._account.now()
        call = new_calls.arrive(
            self.around,
            at,
            account_id=self._account.account_id,
            from_number=caller,
            to_number=dialled,
            targets=way.targets,
            sip_headers=sip_headers,
        )
        call.sequence = self._account.next_sequence()
        call.reason, call.rang = way.reason, way.outcome != "Rejected"
        call.proxy_session_id = way.proxy_session_id
        call.voice_connector_id = way.voice_connector_id
        if way.targets and not self._is_attended(call):
            call.reason = f"{way.reason}; {_to_bind(call)}"
        self._use(way)
        now = Moment(call, at, self.around)
        if way.outcome == "Rejected":
            end(now, call.legs[0], UNAVAILABLE, by_party=False)
        elif way.hosts:
            call.answered_as = way.outcome
            new_calls.put_through(now, dialled, way.caller_id or caller, way.hosts)
        self._account.calls.enter(call)
        self._settle(call)
        return call

    def _use(self, way: Route) -> None:
        """Let a proxy session that is used for the first time be InProgress."""
        connector_id, session_id = way.voice_connector_id, way.proxy_session_id
        if way.outcome != "Connected" or connector_id is None or session_id is None:
            return
        for store in self._account.stores.values():
            connector = store.voice_connectors.get(connector_id)
            if connector is not None:
                session = connector.proxy_sessions[session_id]
                if session.status == "Open":
                    connector.proxy_sessions.begin(session, self._account.now())

    def _leads_home(self, number: str) -> bool:
        """Tell whether a call to a number would be a call of this account, too."""
        if self._account.numbering.is_in_use(number):
            return True
        return any(
            bool(store.sip_rules.where(("TriggerValue", number)))
            for store in self._account.stores.values()
            if number in store.phone_numbers
        )

    def _settle(self, call: Call) -> None:
        """See to what a step of a call has led to."""
        effects, call.effects = call.effects, []
        self._account.calls.note(call)
        for effect in effects:
            _FORWARD.get(effect.kind, _deliver)(self, call, effect)

    def _partner(self, call: Call, effect: Effect) -> Call | None:
        """Return the call that a leg leads to, or comes from, if there is one."""
        id = call.partners.get(effect.details["CallId"], "")
        return self._account.calls.get(id)


def _dialled(self: Network, call: Call, effect: Effect) -> None:
    """Let a call to an own number arrive there, as a call of its own. AWS: PA-35."""
    number = effect.details["Host"]
    if number in self.around.people or not self._leads_home(number):
        return
    caller, headers = effect.details["From"], effect.details["SipHeaders"]
    way = route(self._account, "Call", caller, number)
    there = self._begin(way, caller, number, headers)
    leg = there.legs[0]
    there.partners[leg.call_id] = call.transaction_id
    call.partners[effect.details["CallId"]] = there.transaction_id
    if leg.answered_at is not None or not leg.is_open:
        _follow(self, there, call)


def _answered(self: Network, call: Call, effect: Effect) -> None:
    partner = self._partner(call, effect)
    if partner is not None and call.legs[0].call_id == effect.details["CallId"]:
        _follow(self, call, partner)


def _leg_ended(self: Network, call: Call, effect: Effect) -> None:
    partner = self._partner(call, effect)
    if partner is None:
        return
    if call.legs[0].call_id == effect.details["CallId"]:
        _follow(self, call, partner)
    elif partner.legs[0].is_open:
        self.step(partner, network.hang_up, "A")


def _follow(self: Network, there: Call, call: Call) -> None:
    """Let the leg that leads to another call do as that call does."""
    leg, caller = call.legs[-1], there.legs[0]
    if not leg.is_open:
        return
    if caller.is_open:
        self.step(call, network.answer, "B")
    elif leg.answered_at is None:
        code = BUSY if caller.sip_response_code == BUSY else UNAVAILABLE
        self.step(call, network.reject, "B", code)
    else:
        self.step(call, network.hang_up, "B")


def _tones(self: Network, call: Call, effect: Effect) -> None:
    partner = self._partner(call, effect)
    if partner is not None:
        is_caller = call.legs[0].call_id == effect.details["CallId"]
        self.step(
            partner, network.press, "B" if is_caller else "A", effect.details["Digits"]
        )


def _deliver(self: Network, call: Call, effect: Effect) -> None:
    account = self._account
    account.effects.append(lambda: self._deliver(account, call, effect))


_FORWARD: Mapping[str, Callable[[Network, Call, Effect], None]] = {
    "Dialled": _dialled,
    "Answered": _answered,
    "LegEnded": _leg_ended,
    "Tones": _tones,
}


def _party(type: Type, from_number: str) -> str:
    """Return who calls: an E.164 number, or ANONYMOUS. AWS: SB-12."""
    if from_number.lower() != ANONYMOUS:
        return phone_number(from_number, "From")
    if type == "Text":
        raise SandboxError("From must be a phone number: no text hides its sender's")
    return ANONYMOUS


def _to_bind(call: Call) -> str:
    assert call.target is not None
    return f"to be told of its calls: functions.bind('{call.target.function_arn}', …)"
