"""The simulated phone network: calls and texts, and whom they reach.

The caller and the dialled proxy number identify one counterpart, who sees the proxy
number. Behind other numbers of the account there may be a SIP media application or a
telephone system. The service's own numbers are fictional, so everybody may call from
any number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from proxymock.numbering_plan.fictional_ranges import is_set_aside
from proxymock.sandbox import SandboxError
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.trunks import answer_of
from proxymock.state.ended_sessions import EndedSession
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Account
from proxymock.state.voice_connectors import VoiceConnector

ANONYMOUS = "anonymous"  # the caller whose number is hidden, as SIP has it
CAPABILITIES = {"Call": "Voice", "Text": "SMS"}

ENDED = "The proxy session has ended"
NO_FALLBACK = "The proxy session has ended and there is no fallback number"
STRANGER = "The caller is in no proxy session behind this number"
HIDDEN = "The caller hides the number that a proxy session would be found by"
UNUSED = "No proxy session uses this number"
NOT_OURS = "The number is no proxy number of this account"


@dataclass(frozen=True, kw_only=True, slots=True)
class Interaction:
    """A call or a text and what became of it.

    *outcome* is ``Connected``, ``Fallback`` or ``Rejected``; *reason* says why it was
    not connected to the counterpart of a proxy session. *connected_to* is a number, the
    id of a SIP media application, or the host of a telephone system. *caller_id* is the
    number that is shown to who is reached. It is ``anonymous`` if *from_number* is,
    which is the number of a caller who hides it.
    """

    id: str
    type: str
    from_number: str = field(metadata={"json": "From"})
    to_number: str = field(metadata={"json": "To"})
    body: str | None
    outcome: str
    reason: str | None
    connected_to: str | None
    caller_id: str | None
    proxy_session_id: str | None
    voice_connector_id: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Mask:
    """Two people who reach each other behind one proxy number now."""

    proxy_session_id: str
    voice_connector_id: str
    region: str
    proxy_phone_number: str
    participants: tuple[str, ...]
    status: str
    expires_at: datetime


class _Route(NamedTuple):
    """Where an interaction goes."""

    outcome: str
    reason: str | None = None
    connected_to: str | None = None
    caller_id: str | None = None
    proxy_session_id: str | None = None
    voice_connector_id: str | None = None


class Network:
    """The phone network around one account."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.log: list[Interaction] = []

    def __repr__(self) -> str:
        return f"<Network with {len(self.log)} interactions>"

    def place(
        self, type: str, from_number: str, to_number: str, body: str | None = None
    ) -> Interaction:
        """Make a ``Call`` or send a ``Text``, and log it."""
        caller, dialled = _caller(type, from_number), phone_number(to_number, "To")
        route = self.route(type, caller, dialled)
        self._use(route)
        interaction = Interaction(
            id=self._account.new_uuid(),
            type=type,
            from_number=caller,
            to_number=dialled,
            body=body,
            at=self._account.now(),
            **route._asdict(),
        )
        self.log.append(interaction)
        return interaction

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

    def route(self, type: str, caller: str, dialled: str) -> _Route:
        """Return where a ``Call`` or ``Text`` would go; asking leaves no trace.

        Both numbers are in E.164, and what is due has happened.
        """
        sessions = self._account.numbering.sessions(caller, dialled)
        if sessions:
            return self._masked(type, caller, sessions)
        ended = self._last_ending(caller, dialled)
        if ended is not None:
            return _after_the_end(type, dialled, *ended)
        if self._account.numbering.is_in_use(dialled):
            # AWS: SB-07, SB-12
            return _Route("Rejected", HIDDEN if caller == ANONYMOUS else STRANGER)
        answer = answer_of(self._account, type, dialled)
        if answer is None:
            return _Route("Rejected", self._why_not(dialled))
        who, why, connector_id = answer
        if who is None:
            return _Route("Rejected", why)
        return _Route("Connected", why, who, caller, None, connector_id)

    def _masked(
        self, type: str, caller: str, sessions: tuple[ProxySession, ...]
    ) -> _Route:
        """Put through to the counterpart. AWS: SB-01, SB-02, SB-03."""
        capability = CAPABILITIES[type]
        able = [session for session in sessions if capability in session.capabilities]
        session = (able or sessions)[-1]
        ids = session.proxy_session_id, session.voice_connector_id
        if not able:
            reason = f"The proxy session lacks the capability {capability}"
            return _Route("Rejected", reason, None, None, *ids)
        first, second = session.participant_phone_numbers
        counterpart = second if caller == first else first
        return _Route("Connected", None, counterpart, session.proxy_phone_number, *ids)

    def _use(self, route: _Route) -> None:
        """Let a proxy session that is used for the first time be InProgress."""
        connector_id, session_id = route.voice_connector_id, route.proxy_session_id
        if route.outcome != "Connected" or connector_id is None or session_id is None:
            return
        sessions = next(
            store.voice_connectors[connector_id].proxy_sessions
            for store in self._account.stores.values()
            if connector_id in store.voice_connectors
        )
        session = sessions[session_id]
        if session.status == "Open":
            sessions.begin(session, self._account.now())

    def _connectors(self) -> Iterator[VoiceConnector]:
        for store in self._account.stores.values():
            yield from store.voice_connectors

    def _last_ending(
        self, caller: str, dialled: str
    ) -> tuple[VoiceConnector, EndedSession] | None:
        endings = [
            (connector, ending)
            for connector in self._connectors()
            if (ending := connector.proxy_sessions.ended.find(caller, dialled))
            and not self._is_of_another(dialled, connector)
        ]
        return max(endings, key=lambda found: found[1], default=None)

    def _is_of_another(self, number: str, connector: VoiceConnector) -> bool:
        """Tell whether a number has been given to anything else. AWS: SB-04."""
        holders = [
            made["Value"]
            for store in self._account.stores.values()
            if number in store.phone_numbers
            for made in store.phone_numbers[number].associations
        ]
        return bool(holders) and connector.voice_connector_id not in holders

    def _why_not(self, dialled: str) -> str:
        """Say why nobody can be reached. AWS: SB-07."""
        return UNUSED if self._may_be_proxy(dialled) else NOT_OURS

    def _may_be_proxy(self, number: str) -> bool:
        source = self._account.options().proxy_numbers
        if source is None:
            return is_set_aside(number)
        # The numbers of connectors have been asked for already.
        return source != "connector" and number in source


def _caller(type: str, from_number: str) -> str:
    """Return who calls: an E.164 number, or ANONYMOUS. AWS: SB-12."""
    if from_number.lower() != ANONYMOUS:
        return phone_number(from_number, "From")
    if type == "Text":
        raise SandboxError("From must be a phone number: no text hides its sender's")
    return ANONYMOUS


def _after_the_end(
    type: str, dialled: str, connector: VoiceConnector, ending: EndedSession
) -> _Route:
    """Send a call to the fallback number. AWS: SB-04, SB-05, SB-06."""
    ids = ending.proxy_session_id, connector.voice_connector_id
    fallback = connector.settings.get("Proxy", {}).get("FallBackPhoneNumber")
    if type == "Text":
        return _Route("Rejected", ENDED, None, None, *ids)
    if fallback is None:
        return _Route("Rejected", NO_FALLBACK, None, None, *ids)
    return _Route("Fallback", ENDED, fallback, dialled, *ids)
