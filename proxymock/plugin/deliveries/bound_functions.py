"""Functions that are told of something: those that are bound, as Lambda runs none."""

from __future__ import annotations

from typing import Any

from proxymock.plugin.deliveries.backends import CannotDeliverError
from proxymock.sandbox.exchange import Functions
from proxymock.telephony.invocations import InvocationFailed


def invoke(functions: Functions, arn: str, event: Any) -> None:
    """Call the function that is bound to an ARN, once. Raises CannotDeliverError."""
    if not functions.has(arn):
        hint = f"functions.bind('{arn}', …)"
        raise CannotDeliverError(f"no function is bound: {hint}")
    try:
        functions.invoke(arn, event)
    except InvocationFailed as failed:
        said = f"{failed.how} of the function: {failed.detail}"
        raise CannotDeliverError(said) from failed
