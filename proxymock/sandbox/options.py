"""The options of one account: its own before those of the process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from proxymock.api import spec
from proxymock.api.errors import ForbiddenException
from proxymock.state.options import Options

# AWS: SB-08
PROXY_OPERATIONS = frozenset(name for name in spec.operation_names() if "Proxy" in name)


class AccountOptions:
    """The options in force in one account.

    Args:
        process: returns the options of the process.
    """

    def __init__(self, process: Callable[[], Options]) -> None:
        self._process = process
        self._own: Mapping[str, Any] = {}
        self._effective: tuple[Options, Options] | None = None

    def __call__(self) -> Options:
        """Return the options in force."""
        process = self._process()
        if not self._own:
            return process
        if self._effective is None or self._effective[0] is not process:
            self._effective = process, replace(process, **self._own)
        return self._effective[1]

    def override(self, own: Mapping[str, Any]) -> None:
        """Put *own* in place of all that the account had of its own.

        Raises OptionsError.
        """
        Options.of(own)
        self._own, self._effective = dict(own), None


def refuse_retired(options: Options, operation: str) -> None:
    """Raise what a shut-down service answers, if it is to be one.

    AWS: SB-08. Of the errors that would say so, only this one is declared by all eight
    operations, so that every SDK has a class for it; and no SDK retries it.
    """
    if options.proxy_sessions == "retired" and operation in PROXY_OPERATIONS:
        raise ForbiddenException("Amazon Chime SDK proxy sessions have been retired")
