"""The commands that bind functions to ARNs; they are rows of ``COMMANDS``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.functions import Bound
from proxymock.sandbox.simulation import Simulation

# Over HTTP a URL; in process a callable, too. Functions.bind checks it.
_Target = Annotated[Any, "Url"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BoundFunctions:
    """The functions that are bound, in order."""

    functions: list[Bound]


@COMMANDS.command("GET", "functions")
def functions(simulation: Simulation) -> BoundFunctions:
    """Return the functions that are bound."""
    return BoundFunctions(functions=[*simulation.functions.all()])


@COMMANDS.command("POST", "functions")
def bind(
    simulation: Simulation, *, function_arn: str, target: _Target
) -> BoundFunctions:
    """Bind a function to an ARN."""
    simulation.functions.bind(function_arn, target)
    return functions.function(simulation)


@COMMANDS.command("DELETE", "functions")
def unbind(
    simulation: Simulation, *, function_arn: str | None = None
) -> BoundFunctions:
    """Unbind the function of an ARN, or all."""
    if function_arn is None:
        # Those of the command line stay: a server is started with them.
        simulation.functions.clear()
    else:
        simulation.functions.unbind(function_arn)
    return functions.function(simulation)


@COMMANDS.command("POST", "functions/failures")
def fail(
    simulation: Simulation, *, function_arn: str, how: str, times: int = 1
) -> BoundFunctions:
    """Let the next invocations of a function fail."""
    simulation.functions.fail(function_arn, how, times)
    return functions.function(simulation)
