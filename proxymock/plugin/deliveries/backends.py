"""The backends of moto's other services, if anybody uses them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from proxymock.sandbox.lambda_runtime import described


class CannotDeliverError(Exception):
    """Why somebody cannot have what is for them, in words for people."""


def loaded(service: str, account_id: str, region: str) -> Any:
    """Return moto's backend of a *service*, such as ``events``, in a region.

    It is None if nobody has loaded the service: then there is nothing in it. Services
    without regions take any.
    """
    module = sys.modules.get(f"moto.{service}.models")
    if module is None:
        return None
    backends = getattr(module, f"{service}_backends")[account_id]
    # Older versions of moto know no partitions.
    for key in (region, "aws", "global"):
        if key in backends.regions:
            return backends[key]
    return None


def load(service: str, account_id: str, region: str) -> Any:
    """Return moto's backend of a service, loaded if it was not."""
    import_module(f"moto.{service}.models")
    return loaded(service, account_id, region)


def attempt(what: str, do: Callable[[], Iterable[str] | None]) -> Iterator[str]:
    """Do something by a backend, and yield why it cannot be done, if it cannot."""
    try:
        for problem in do() or ():
            yield f"{what}: {problem}"
    except CannotDeliverError as why:
        yield f"{what}: {why}"
    except Exception as error:  # as a backend may raise anything
        yield f"{what}: {described(error)}"
