"""How calls begin, and lead from one to another within an account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from proxymock.effects import passing
from proxymock.effects.deliveries import Delivery, Later
from proxymock.effects.formats import SETTINGS, formats_of
from proxymock.effects.occasions import Occasion
from proxymock.effects.voice_analytics import of_task
from proxymock.sandbox import SandboxError
from proxymock.sandbox.surroundings import AccountSurroundings
from proxymock.state.analysis_tasks import AnalysisTask
from proxymock.state.calls import Call, Effect, Leg
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import Setting, VoiceConnector
from proxymock.telephony import network, new_calls
from proxymock.telephony.legs import end, postpone
from proxymock.telephony.people import BUSY, UNAVAILABLE
from proxymock.telephony.routing import ANONYMOUS, Route, connector_with, route
from proxymock.telephony.surroundings import Moment

MOST_HOPS = 70  # Max-Forwards of RFC 3261


class Functions(Protocol):
    """What Lambda would run."""

    def has(self, arn: str) -> bool:
        """Tell whether there is a function with this ARN."""
        ...

    def invoke(self, arn: str, event: dict[str, Any]) -> Any:
        """Return what the function answers. Raises InvocationFailed."""
        ...


Deliver = Callable[[Account, Functions, Call | None, Delivery], None]


class Exchange:
    """Where the calls of an account are put through; to be used inside of its door.

    Args:
        account: whose calls.
        functions: tells which applications have a function, and answers events.
        deliver: takes what calls leave behind, outside of the door.
    """

    def __init__(
        self, account: Account, functions: Functions, deliver: Deliver
    ) -> None:
        self._account = account
        self._functions = functions
        self._deliver = deliver
        # The service knows nobody above it, and calls what stands here.
        account.on_setting, account.on_task = self.arrange, self.tell_of
        self.around = AccountSurroundings(account, self.leads_home)

    def begin(
        self,
        way: Route,
        caller: str,
        dialled: str,
        sip_headers: Mapping[str, str] | None = None,
        via: str | None = None,
        hops: int = 0,
    ) -> Call:
        """Let a call begin; it goes on when somebody comes in by the door."""
        call = self._come_in(way, caller, dialled, sip_headers)
        call.via, call.hops = via, hops
        self.say_what_to_bind(call)
        self.use(way)
        now = Moment(call, call.started_at, self.around)
        if way.outcome == "Rejected":
            end(now, call.legs[0], UNAVAILABLE, by_party=False)
        elif way.hosts:
            self._put_through(now, way, caller, dialled)
        passing.note_connectors(self._account, call)
        self._account.calls.enter(call)
        self.settle(call)
        return call

    def _come_in(
        self, way: Route, caller: str, dialled: str, headers: Mapping[str, str] | None
    ) -> Call:
        call = new_calls.arrive(
            self.around,
            self._account.now(),
            account_id=self._account.account_id,
            from_number=caller,
            to_number=dialled,
            targets=way.targets,
            sip_headers=headers,
        )
        call.sequence = self._account.next_sequence()
        call.reason, call.rang = way.reason, way.outcome != "Rejected"
        call.proxy_session_id = way.proxy_session_id
        call.voice_connector_id = way.voice_connector_id
        return call

    def _put_through(self, now: Moment, way: Route, caller: str, dialled: str) -> None:
        now.call.answered_as = way.outcome
        # Behind a proxy number is a person; behind a connector's route, a host.
        to_number = way.hosts[0] if way.proxy_session_id else dialled
        new_calls.put_through(now, to_number, way.caller_id or caller, way.hosts)
        # No function is asked, so who answers at once need not wait for a turn.
        while network.run_first_due(now.call, now.at, self.around) is not None:
            pass

    def use(self, way: Route) -> None:
        """Let a proxy session that is used for the first time be InProgress."""
        id, session_id = way.voice_connector_id, way.proxy_session_id
        located = id and session_id and connector_with(self._account, id)
        if way.outcome == "Connected" and session_id and located:
            sessions = located[1].proxy_sessions
            if (session := sessions[session_id]).status == "Open":
                sessions.begin(session, self._account.now())

    def leads_home(self, number: str) -> bool:
        """Tell whether a call to a number would be a call of this account, too."""
        if self._account.numbering.is_in_use(number):
            return True
        if not self.around.owns(number):
            return False
        has_rule = any(
            bool(store.sip_rules.where(("TriggerValue", number)))
            for store in self._account.stores.values()
        )
        return has_rule or bool(route(self._account, "Call", ANONYMOUS, number).hosts)

    def settle(self, call: Call) -> None:
        """See to what a step of a call has led to."""
        # Taken first: what they lead to may come back to this call.
        effects, call.effects = call.effects, []
        self._account.calls.note(call)
        for effect in effects:
            if effect.kind in passing.OF_HOSTS:
                passing.note_host(self._account, call, effect)
        formats = formats_of(self._account, call) if effects else {}
        for effect in effects:
            for leave_behind in formats.get(effect.kind, ()):
                for left in leave_behind(Occasion(self._account, call, effect)):
                    self._leave(call, left)
            if effect.kind in _FORWARD:
                _FORWARD[effect.kind](self, call, effect)
        if effects and call.ended:
            passing.forget_settings(call)

    def _leave(self, call: Call, left: Delivery | Later) -> None:
        """Have something delivered outside of the door, or wait until it is time."""
        account = self._account
        if isinstance(left, Later):
            postpone(call, left.kind, left.at)
            account.calls.note(call)
        else:
            self._hand_over(call, left)

    def _hand_over(self, call: Call | None, delivery: Delivery) -> None:
        account = self._account
        deliver = partial(self._deliver, account, self._functions, call, delivery)
        account.effects.append(deliver)

    def arrange(
        self, store: Store, connector: VoiceConnector, name: str, setting: Setting
    ) -> None:
        """See to what a setting of a voice connector needs, now that it is put."""
        for needs in SETTINGS.get(name, ()):
            for delivery in needs(store, connector, setting):
                self._hand_over(None, delivery)

    def tell_of(self, store: Store, task: AnalysisTask) -> None:
        """See to what an analysis task leaves behind, if its call was one."""
        call = self._account.calls.get(task.call_details["TransactionId"])
        if call is not None and call.streaming:
            for left in of_task(store, call, task):
                self._leave(call, left)

    def _partner(self, call: Call, effect: Effect) -> Call | None:
        """Return the call that a leg leads to, or comes from, if there is one."""
        id = call.partners.get(effect.details["CallId"], "")
        return self._account.calls.get(id)

    def step(self, call: Call, do: Callable[..., None], *arguments: Any) -> None:
        """Let a party do something. Raises SandboxError."""
        try:
            do(Moment(call, self._account.now(), self.around), *arguments)
        except (LookupError, network.NotPossible) as error:
            raise SandboxError(str(error).strip('"')) from None
        self.settle(call)

    def is_attended(self, call: Call) -> bool:
        """Tell whether any application that may have a call has a function."""
        if call.target is None:
            return True
        targets = (call.target, *call.candidates)
        return any(self._functions.has(target.function_arn) for target in targets)

    def say_what_to_bind(self, call: Call) -> None:
        """Add to the reason of a call that no function is told of what would help."""
        if call.target is not None and not self.is_attended(call):
            arn = call.target.function_arn
            help = f"to be told of its calls: functions.bind('{arn}', …)"
            call.reason = f"{call.reason}; {help}" if call.reason else help


def _dialled(self: Exchange, call: Call, effect: Effect) -> None:
    """Let a call to an own number arrive there, as a call of its own. AWS: PA-35."""
    number = effect.details["Host"]
    if number in self.around.people or not self.leads_home(number):
        return
    if call.hops == MOST_HOPS:
        _refuse_loop(self, call, effect)
        return
    caller, headers = effect.details["From"], effect.details["SipHeaders"]
    way = route(self._account, "Call", caller, number)
    there = self.begin(way, caller, number, headers, hops=call.hops + 1)
    there.partners[there.legs[0].call_id] = call.transaction_id
    call.partners[effect.details["CallId"]] = there.transaction_id
    _answer_too(self, there, call)
    _end_too(self, there, call)


def _refuse_loop(self: Exchange, call: Call, effect: Effect) -> None:
    """End a call that applications, or numbers, have sent round in circles."""
    at = self._account.now()
    Moment(call, at, self.around).remark("chime", f"{MOST_HOPS} calls led here")
    leg = call.leg_with(effect.details["CallId"])
    self.step(call, network.reject, leg.tag, UNAVAILABLE)


def _answered(self: Exchange, call: Call, effect: Effect) -> None:
    partner = self._partner(call, effect)
    if partner is not None and _arrived(call, effect):
        _answer_too(self, call, partner)


def _leg_ended(self: Exchange, call: Call, effect: Effect) -> None:
    partner = self._partner(call, effect)
    if partner is None:
        return
    if _arrived(call, effect):
        _end_too(self, call, partner)
    elif partner.legs[0].is_open:
        self.step(partner, network.hang_up, "A")


def _arrived(call: Call, effect: Effect) -> bool:
    """Tell whether an effect is of the leg by which a call has come in."""
    return call.leg_with(effect.details["CallId"]).direction == "Inbound"


def _leg_to(there: Call, call: Call) -> Leg:
    """Return the leg of *call* that leads to the call *there*."""
    id = there.transaction_id
    [leg] = (leg for leg in call.legs if call.partners.get(leg.call_id) == id)
    return leg


def _answer_too(self: Exchange, there: Call, call: Call) -> None:
    """Let the leg that leads to another call be answered if that call is."""
    leg = _leg_to(there, call)
    if leg.status == "Ringing" and there.legs[0].answered_at is not None:
        self.step(call, network.answer, leg.tag)


def _end_too(self: Exchange, there: Call, call: Call) -> None:
    """Let the leg that leads to another call end if that call has ended for it."""
    leg, caller = _leg_to(there, call), there.legs[0]
    if caller.is_open:
        return
    if leg.status == "Ringing":
        code = BUSY if caller.sip_response_code == BUSY else UNAVAILABLE
        self.step(call, network.reject, leg.tag, code)
    elif leg.is_open:
        self.step(call, network.hang_up, leg.tag)


def _tones(self: Exchange, call: Call, effect: Effect) -> None:
    partner = self._partner(call, effect)
    if partner is None:
        return
    leg = _leg_to(call, partner) if _arrived(call, effect) else partner.legs[0]
    # A test may have answered by hand what still rings at the partner.
    if leg.status == "Connected":
        self.step(partner, network.press, leg.tag, effect.details["Digits"])


_FORWARD: Mapping[str, Callable[[Exchange, Call, Effect], None]] = {
    "Dialled": _dialled,
    "Answered": _answered,
    "LegEnded": _leg_ended,
    "Tones": _tones,
}
