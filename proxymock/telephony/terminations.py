"""Calls that the telephone system behind a voice connector makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import takewhile
from typing import Any

from proxymock.numbering_plan.countries import countries_of
from proxymock.numbering_plan.e164 import NotAPhoneNumberError, parse
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import VoiceConnector
from proxymock.telephony.routing import (
    NOT_OURS,
    UNUSED,
    Route,
    connector_with,
    route,
)


def route_by(
    account: Account, connector_id: str, caller: str, dialled: str
) -> tuple[str, Route]:
    """Return the number that is called by a connector's termination, and where it goes.

    The termination decides: whether it is on, the calls a second, the countries, who
    is shown as the caller, and emergency numbers. AWS: PA-36.
    """
    located = connector_with(account, connector_id)
    if located is None:
        wrong = f"Via must be a voice connector of the account, not '{connector_id}'"
        raise LookupError(wrong)
    store, connector = located
    # Before anything else: 911 is no number of E.164, and no limit holds for it.
    for number in _emergency_numbers(connector):
        if dialled in (number, number.removeprefix("+")):
            return number, _out(connector, caller, number)
    try:
        number = parse(dialled)
    except NotAPhoneNumberError:
        return dialled, _rejected(connector, _nowhere(dialled))
    refusal = _refusal(account, connector, number)
    if refusal is not None:
        return number, _rejected(connector, refusal)
    shown = _caller_id(store, connector, caller)
    found = route(account, "Call", shown, number)
    # Nobody in the account has the number, so the carrier takes the call.
    if found.outcome == "Rejected" and found.reason in {NOT_OURS, UNUSED}:
        return number, _out(connector, shown, number)
    return number, found


def _termination(connector: VoiceConnector) -> Mapping[str, Any] | None:
    termination: Mapping[str, Any] | None = connector.settings.get("Termination")
    return termination


def _emergency_numbers(connector: VoiceConnector) -> Iterator[str]:
    configured = connector.settings.get("EmergencyCallingConfiguration", {})
    for entry in configured.get("DNIS") or ():
        yield entry["EmergencyPhoneNumber"]
        if entry.get("TestPhoneNumber"):
            yield entry["TestPhoneNumber"]


def _refusal(account: Account, connector: VoiceConnector, number: str) -> str | None:
    """Say why the termination does not make a call, if it does not."""
    termination = _termination(connector)
    if termination is None:
        return "The voice connector has no termination"
    if termination["Disabled"]:
        return "The termination of the voice connector is disabled"
    if not countries_of(number):
        return _nowhere(number)
    countries = termination.get("CallingRegions") or ()
    if not countries_of(number).intersection(countries):
        listed = ", ".join(countries) or "none"
        return f"The termination calls the countries {listed}, not {number}"
    limit = termination.get("CpsLimit") or 1
    if _made_in_a_second(account, connector) >= limit:
        return f"The termination makes {limit} calls a second"
    return None


def _nowhere(dialled: str) -> str:
    return (
        f"{dialled} is neither a number of a country nor an emergency number of the "
        "voice connector"
    )


def _made_in_a_second(account: Account, connector: VoiceConnector) -> int:
    """Count the calls that a termination has made within the last second."""
    since = account.now() - timedelta(seconds=1)
    # The newest come last: the rest, which may be many, is not looked at.
    newest = takewhile(lambda call: call.started_at > since, reversed(account.calls))
    return sum(c.rang and c.via == connector.voice_connector_id for c in newest)


def _caller_id(store: Store, connector: VoiceConnector, caller: str) -> str:
    """Return the caller's number if it is the account's, else the default number."""
    termination = _termination(connector)
    default = termination and termination.get("DefaultPhoneNumber")
    return caller if caller in store.phone_numbers or not default else default


def _out(connector: VoiceConnector, caller: str, number: str) -> Route:
    """Leave the account: somebody's telephone rings."""
    id = connector.voice_connector_id
    return Route(
        "Connected",
        f"VoiceConnector '{id}' calls this number",
        hosts=(number,),
        caller_id=caller,
        voice_connector_id=id,
    )


def _rejected(connector: VoiceConnector, reason: str) -> Route:
    return Route("Rejected", reason, voice_connector_id=connector.voice_connector_id)
