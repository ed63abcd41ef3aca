"""Why a pair would get the proxy number that it would get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from proxymock.api import spec
from proxymock.api.errors import VoiceError
from proxymock.api.validation import violations
from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.options import refuse_retired
from proxymock.sandbox.simulation import Simulation
from proxymock.service.numbering import Candidates
from proxymock.service.proxy_sessions import candidates
from proxymock.state.ended_sessions import Pair
from proxymock.state.numbering import Numbering
from proxymock.state.store import Store

MOST_PASSED_OVER = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedOver:
    """A number that is better but cannot be taken, and why."""

    proxy_phone_number: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The number that a new session would get now, which nobody creates.

    *proxy_phone_number* is None if CreateProxySession would be refused; *reason* then
    says why, else why it is this number. *passed_over* are the better numbers that are
    blocked, the best first, at most twenty.
    """

    proxy_phone_number: str | None
    reason: str
    passed_over: tuple[PassedOver, ...]


@COMMANDS.command("GET", "pools/choice")
def choice(
    simulation: Simulation,
    *,
    voice_connector_id: str,
    participant_phone_numbers: list[str],
    capabilities: list[str] | None = None,
    number_selection_behavior: str | None = None,
    geo_match_level: str | None = None,
    country: str | None = None,
    area_code: str | None = None,
) -> Choice:
    """Return the number that a new session would get, and create nothing.

    Args:
        simulation: the account.
        voice_connector_id: the connector of the session.
        participant_phone_numbers: the pair, in any usual spelling.
        capabilities: of the session, by default both.
        number_selection_behavior: as CreateProxySession takes it.
        geo_match_level: as CreateProxySession takes it.
        country: as in its GeoMatchParams.
        area_code: as in its GeoMatchParams.

    Raises SandboxError if there is no such connector, or a member breaks a constraint.
    """
    name = "ParticipantPhoneNumbers"
    members = _valid(
        {
            "VoiceConnectorId": voice_connector_id,
            name: [phone_number(each, name) for each in participant_phone_numbers],
            "Capabilities": capabilities or ["SMS", "Voice"],
            "NumberSelectionBehavior": number_selection_behavior,
            "GeoMatchLevel": geo_match_level,
            "GeoMatchParams": _given({"Country": country, "AreaCode": area_code}),
        }
    )
    try:
        refuse_retired(simulation.options(), _CREATE.name)
        found = candidates(
            _store_of(simulation, voice_connector_id),
            **{_CREATE.arguments[name]: value for name, value in members.items()},
        )
    except VoiceError as error:
        return Choice(proxy_phone_number=None, reason=error.message, passed_over=())
    return _chosen(simulation.account.numbering, found)


_CREATE = spec.operation("CreateProxySession")


def _given(members: dict[str, Any]) -> dict[str, Any] | None:
    """Return the members that are set, None if none is."""
    return {name: each for name, each in members.items() if each is not None} or None


def _valid(request: dict[str, Any]) -> dict[str, Any]:
    """Return the members that are set of a request to CreateProxySession."""
    members = _given(request) or {}
    # No request made them, so nothing has held them against the API's constraints.
    broken = violations(_CREATE.input, members, "")
    if broken:
        raise SandboxError(str(broken))
    return members


def _store_of(simulation: Simulation, voice_connector_id: str) -> Store:
    for store in simulation.account.stores.values():
        if voice_connector_id in store.voice_connectors:
            return store
    raise SandboxError(f"There is no voice connector '{voice_connector_id}'")


def _chosen(numbering: Numbering, found: Candidates) -> Choice:
    """Go through the candidates as CreateProxySession does, and say why."""
    # By the number, since a number may be a candidate more than once.
    passed_over: dict[str, PassedOver] = {}
    for why, numbers in found.in_order():
        for _, number in numbers:
            if not numbering.is_blocked(number, found.pair):
                return Choice(
                    proxy_phone_number=number,
                    reason=f"It is {why}",
                    passed_over=tuple(passed_over.values()),
                )
            if len(passed_over) < MOST_PASSED_OVER:
                passed_over[number] = _passed_over(numbering, number, found.pair)
    return Choice(
        proxy_phone_number=None,
        reason="Every number is blocked for one of the pair",
        passed_over=tuple(passed_over.values()),
    )


def _passed_over(numbering: Numbering, number: str, pair: Pair) -> PassedOver:
    others = (
        f"{who} reaches {_other(session.participant_phone_numbers, who)} behind it"
        for who in pair
        for session in numbering.sessions(who, number)
        if session.participant_phone_numbers != pair
    )
    # Blocked, although nobody is behind it: a participant cannot dial their own number.
    reason = next(others, "It is the own number of a participant")
    return PassedOver(proxy_phone_number=number, reason=reason)


def _other(pair: Pair, who: str) -> str:
    first, second = pair
    return second if who == first else first
