"""The commands for calls: they are made, looked at, and taken part in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Literal

from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.json_values import in_api_names
from proxymock.sandbox.reads.pages import MOST_ON_A_PAGE, MaxResults, position_of
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.views import CallDetails, CallView, call_details, call_view
from proxymock.state.calls import Call
from proxymock.telephony import network
from proxymock.telephony.people import BUSY

_From = Annotated[str, "From"]
_To = Annotated[str, "To"]
_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Calls:
    """Calls in the order in which they began, and where the next page begins."""

    calls: list[CallView]
    next_token: str | None


@COMMANDS.command("POST", "calls", status=201, enters=True)
def call(
    simulation: Simulation,
    *,
    from_number: _From,
    to_number: _To,
    sip_headers: dict[str, str] | None = None,
    via: str | None = None,
) -> CallView:
    """Make a call; it goes on until somebody must do something."""
    _check_headers(sip_headers or {})
    with simulation.door as account:
        try:
            made = simulation.network.call(from_number, to_number, sip_headers, via)
        except LookupError as error:
            raise SandboxError(str(error).strip('"')) from None
        # Most calls wait for no function: they need not come in a second time.
        if not account.calls.ready:
            return call_view(made)
    with simulation.door:
        return call_view(made)


@COMMANDS.command("GET", "calls")
def calls(
    simulation: Simulation,
    *,
    status: Literal["Ringing", "InProgress", "Ended"] | None = None,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> Calls:
    """Return the calls, those that applications make included."""
    size = MOST_ON_A_PAGE if max_results is None else max_results
    last = position_of(next_token)
    found = (
        (rank, each)
        for rank, each in simulation.account.calls.after(-1 if last is None else last)
        if status is None or each.status == status
    )
    # One more than was asked for tells whether there is a next page.
    page = list(islice(found, size + 1))
    token = str(page[size - 1][0]) if len(page) > size else None
    return Calls(calls=[call_view(each) for _, each in page[:size]], next_token=token)


@COMMANDS.command("GET", "calls/{Id}")
def one_call(simulation: Simulation, *, id: str) -> CallDetails:
    """Return a call with everything that was said."""
    return call_details(call_with_id(simulation, id))


@COMMANDS.command("GET", "calls/{Id}/summary")
def summary(simulation: Simulation, *, id: str) -> CallView:
    """Return a call without what was said, which may be much."""
    return call_view(call_with_id(simulation, id))


@COMMANDS.command("POST", "calls/{Id}/press", enters=True)
def press(simulation: Simulation, *, id: str, digits: str, leg: str = "A") -> CallView:
    """Let the party of a leg press keys."""
    return _step(simulation, id, network.press, leg, digits)


@COMMANDS.command("POST", "calls/{Id}/answer", enters=True)
def answer(simulation: Simulation, *, id: str, leg: str = "B") -> CallView:
    """Let who is called answer."""
    return _step(simulation, id, network.answer, leg)


@COMMANDS.command("POST", "calls/{Id}/reject", enters=True)
def reject(
    simulation: Simulation, *, id: str, leg: str = "B", sip_response_code: int = BUSY
) -> CallView:
    """Let who is called refuse."""
    return _step(simulation, id, network.reject, leg, sip_response_code)


@COMMANDS.command("POST", "calls/{Id}/hang-up", enters=True)
def hang_up(simulation: Simulation, *, id: str, leg: str = "A") -> CallView:
    """Let the party of a leg hang up."""
    return _step(simulation, id, network.hang_up, leg)


def _step(
    simulation: Simulation, id: str, do: Callable[..., None], *arguments: Any
) -> CallView:
    try:
        with simulation.door:
            simulation.network.step(call_with_id(simulation, id), do, *arguments)
    except SandboxError as error:
        raise SandboxError(in_api_names(str(error))) from None
    # By coming in again, functions have been invoked and all has been done.
    with simulation.door:
        return call_view(call_with_id(simulation, id))


def call_with_id(simulation: Simulation, id: str) -> Call:
    """Return a call. Raises SandboxError if there is none."""
    found = simulation.account.calls.get(id)
    if found is None:
        raise SandboxError(f"There is no call '{id}'")
    return found


def _check_headers(sip_headers: Mapping[str, str]) -> None:
    """Refuse headers that would be more than one line of an INVITE."""
    for name, value in sip_headers.items():
        for text in (name, value):
            if _CONTROL_CHARACTER.search(text):
                raise SandboxError(
                    f"SipHeaders must have no control characters, not {text!r}"
                )
