"""The commands of the sandbox: what AWS has no call for.

``COMMANDS`` is the one table of them. The Python modules and the control interface over
HTTP both use it, so that both take and do the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from proxymock.sandbox import SandboxError, snapshot
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.faults import Fault
from proxymock.sandbox.json_values import in_api_names
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.views import Interaction, Mask
from proxymock.service.analysis_tasks import set_call_analysis
from proxymock.state.options import Options, OptionsError

_From = Annotated[str, "From"]
_To = Annotated[str, "To"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Interactions:
    """Calls and texts, in order."""

    interactions: list[Interaction]


@dataclass(frozen=True, kw_only=True, slots=True)
class Masks:
    """The live masks."""

    masks: list[Mask]


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """How the analysis of a call ends."""

    transaction_id: str
    status: str
    status_message: str | None
    confidence_scores: dict[str, float] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """What the clock shows, UTC."""

    now: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingFaults:
    """The faults that still wait for calls, the oldest first."""

    faults: list[Fault]


@dataclass(frozen=True, kw_only=True, slots=True)
class InjectedFault:
    """The fault that was made, by its id, and all that still wait for calls."""

    fault_id: str
    faults: list[Fault]


@COMMANDS.command("POST", "texts", status=201)
def text(
    simulation: Simulation, *, from_number: _From, to_number: _To, body: str
) -> Interaction:
    """Send a text."""
    return simulation.network.text(from_number, to_number, body)


@COMMANDS.command("GET", "interactions")
def interactions(
    simulation: Simulation, *, proxy_session_id: str | None = None
) -> Interactions:
    """Return all calls and texts, or those of one proxy session."""
    return Interactions(
        interactions=[
            each
            for each in simulation.network.log()
            if proxy_session_id is None or each.proxy_session_id == proxy_session_id
        ]
    )


@COMMANDS.command("GET", "masks")
def masks(simulation: Simulation) -> Masks:
    """Return the live masks of all regions."""
    return Masks(masks=simulation.network.masks())


@COMMANDS.command("POST", "analyses")
def set_analysis(
    simulation: Simulation,
    *,
    transaction_id: str,
    status: str = "SUCCEEDED",
    status_message: str | None = None,
    confidence_scores: dict[str, float] | None = None,
) -> Analysis:
    """Decide how the analysis tasks of a call end, if they have not ended yet."""
    try:
        set_call_analysis(
            simulation.account,
            transaction_id=transaction_id,
            status=status,
            status_message=status_message,
            confidence_scores=confidence_scores,
        )
    except ValueError as error:
        raise SandboxError(str(error)) from None
    return Analysis(
        transaction_id=transaction_id,
        status=status,
        status_message=status_message,
        # A copy: the account keeps the other.
        confidence_scores=confidence_scores and dict(confidence_scores),
    )


@COMMANDS.command("GET", "clock")
def time(simulation: Simulation) -> Time:
    """Return the time."""
    return Time(now=simulation.clock.now())


@COMMANDS.command("POST", "clock", enters=True)
def move_time(
    simulation: Simulation,
    *,
    advance: float | None = None,
    set: datetime | None = None,
) -> Time:
    """Let *advance* seconds pass, or the time until the instant *set*.

    What calls wait for happens on the way, each thing at its own instant.
    """
    if (advance is None) == (set is None):
        raise SandboxError("Either Advance or Set is required")
    clock = simulation.clock
    with simulation.door:
        until = set or _after(clock.now(), advance or 0)
        clock.check(until)
    # Each stop is a visit of its own: calls go on, and functions may be invoked.
    while True:
        with simulation.door as account:
            wakes = account.calls.next_wake()
            if wakes is None or wakes > until:
                clock.advance_to(until)
                return Time(now=clock.now())
            clock.advance_to(wakes)


def _after(now: datetime, seconds: float) -> datetime:
    try:
        return now + timedelta(seconds=seconds)
    except OverflowError:
        raise SandboxError(f"Advance is too far: {seconds}") from None


@COMMANDS.command("DELETE", "clock")
def reset_time(simulation: Simulation) -> Time:
    """Return to real time."""
    simulation.clock.reset()
    return Time(now=simulation.clock.now())


@COMMANDS.command("GET", "faults")
def faults(simulation: Simulation) -> PendingFaults:
    """Return the faults that still wait for calls."""
    # Copies: a pending fault counts down with each call.
    return PendingFaults(
        faults=[replace(fault) for fault in simulation.faults.pending()]
    )


@COMMANDS.command("POST", "faults")
def inject_fault(
    simulation: Simulation,
    *,
    operation: str,
    error: str,
    times: int = 1,
    message: str | None = None,
    delay: float = 0.0,
) -> InjectedFault:
    """Let the next calls of an operation fail."""
    fault = simulation.faults.inject(operation, error, times, message, delay)
    return InjectedFault(
        fault_id=fault.fault_id, faults=faults.function(simulation).faults
    )


@COMMANDS.command("DELETE", "faults")
def clear_faults(
    simulation: Simulation, *, fault_id: str | None = None
) -> PendingFaults:
    """Forget all faults, or one."""
    simulation.faults.clear(fault_id)
    return faults.function(simulation)


@COMMANDS.command("GET", "state")
def state(simulation: Simulation) -> dict[str, Any]:
    """Return the state of the account."""
    return snapshot.export(simulation)


@COMMANDS.command("PUT", "state", body="document")
def put_state(simulation: Simulation, *, document: Mapping[str, Any]) -> None:
    """Replace the state of the account."""
    snapshot.load(simulation, document)


@COMMANDS.command("GET", "settings")
def settings(simulation: Simulation) -> Options:
    """Return the settings in force."""
    return simulation.options()


# Not by keywords of its own, so that a new option needs no line here.
@COMMANDS.command("PUT", "settings", members=Options)
def put_settings(simulation: Simulation, /, **own: Any) -> Options:
    """Replace all of the account's own settings."""
    try:
        simulation.options.override(own)
    except OptionsError as error:
        raise SandboxError(in_api_names(str(error))) from None
    return simulation.options()
