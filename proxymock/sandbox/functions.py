"""What Lambda would run behind SIP media applications, and for other services."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from proxymock.api import spec
from proxymock.api.validation import violations
from proxymock.sandbox import SandboxError, lambda_runtime
from proxymock.telephony.invocations import FAILURES, InvocationFailed

Target = str | Callable[[Any, Any], Any]
# Invokes a function by its ARN at the URL of Lambda's Invoke API, or what speaks it.
CallUrl = Callable[[str, str, Mapping[str, Any]], Any]


@dataclass(kw_only=True, slots=True)
class Failure:
    """How the next *times* invocations of a function fail."""

    how: str
    times: int


@dataclass(kw_only=True, slots=True)
class Bound:
    """A function that is bound: what runs, and how its next invocations fail."""

    function_arn: str
    target: Any
    failures: list[Failure] = field(default_factory=list)


class Functions:
    """What Lambda would run, of one account.

    An ARN with a version or an alias is looked up as it is, and then without. It has a
    lock of its own: functions are invoked while nobody is behind the account's door.

    Args:
        call_url: invokes what is bound to a URL; raises InvocationFailed.
        now: the clock of the account.
        always: what is bound where nothing else is.
    """

    def __init__(
        self,
        call_url: CallUrl,
        now: Callable[[], datetime],
        always: Mapping[str, Target] = MappingProxyType({}),
    ) -> None:
        self._call_url = call_url
        self._now = now
        self._always = dict(always)
        self._bound: dict[str, Bound] = {}
        self._invocations = 0
        self._lock = Lock()
        self.clear()

    def __repr__(self) -> str:
        return f"<Functions {len(self._bound)} bound>"

    def all(self) -> Sequence[Bound]:
        """Return what is bound, in order, as copies."""
        with self._lock:
            return [_copy(bound) for bound in self._bound.values()]

    def list(self) -> Mapping[str, Target]:
        """Return what is bound to each ARN, in order."""
        return {bound.function_arn: bound.target for bound in self.all()}

    def has(self, arn: str) -> bool:
        """Tell whether something is bound to an ARN."""
        return self._find(arn) is not None

    def bind(self, arn: str, target: Target) -> None:
        """Bind a callable, or a URL, in place of what was bound to the ARN before.

        A callable is kept as it is: what it has learned from one event it knows at the
        next, as a warm function of Lambda does. Raises SandboxError.
        """
        check(arn, target)
        with self._lock:
            self._bound[arn] = Bound(function_arn=arn, target=target)

    def unbind(self, arn: str) -> None:
        """Forget what was bound to an ARN, to which nothing need be bound."""
        with self._lock:
            self._bound.pop(arn, None)
            if arn in self._always:
                self._bound[arn] = Bound(function_arn=arn, target=self._always[arn])

    def clear(self) -> None:
        """Forget all that was bound."""
        with self._lock:
            self._bound = {
                arn: Bound(function_arn=arn, target=target)
                for arn, target in self._always.items()
            }

    def fail(self, arn: str, how: str, times: int = 1) -> None:
        """Let the next *times* invocations fail, repeated ones included.

        Raises SandboxError.
        """
        if how not in FAILURES:
            raise SandboxError(f"How must be one of {', '.join(FAILURES)}, not {how!r}")
        if times < 1:
            raise SandboxError(f"Times must be at least 1, not {times}")
        with self._lock:
            bound = self._find(arn)
            if bound is None:
                raise SandboxError(_nothing(arn, self._bound))
            bound.failures.append(Failure(how=how, times=times))

    def invoke(self, arn: str, event: dict[str, Any]) -> Any:
        """Return the answer of what is bound to an ARN. Raises InvocationFailed."""
        target, number = self._next(arn)
        if isinstance(target, str):
            return self._call_url(target, arn, event)
        return run(target, arn, event, number, self._now())

    def _next(self, arn: str) -> tuple[Target, int]:
        """Return what to invoke, and the number of the invocation."""
        with self._lock:
            self._invocations += 1
            bound = self._find(arn)
            if bound is None:
                raise InvocationFailed("missing", _nothing(arn, self._bound))
            if bound.failures:
                failure = bound.failures[0]
                failure.times -= 1
                if not failure.times:
                    del bound.failures[0]
                raise InvocationFailed(failure.how, "as functions.fail() says")
            return bound.target, self._invocations

    def _find(self, arn: str) -> Bound | None:
        # Read once: another thread may unbind between two looks.
        bound = self._bound.get(arn)
        return bound or self._bound.get(_UNQUALIFIED.sub(r"\1", arn))


_UNQUALIFIED = re.compile(r"(:function:[^:]*):.*")


def run(
    function: Callable[[Any, Any], Any],
    arn: str,
    event: Mapping[str, Any],
    number: int,
    now: datetime,
) -> Any:
    """Return what a callable answers, as Lambda's runtime calls it.

    What it raises is InvocationFailed. SystemExit is too, as it ends Lambda's process
    and not the caller's.
    """
    try:
        return function(event, lambda_runtime.context(arn, number, now))
    except (Exception, SystemExit) as error:
        raise InvocationFailed("error", lambda_runtime.described(error)) from error


def check(arn: Any, target: Any) -> None:
    """Raise SandboxError unless a target can be bound to an ARN."""
    wrong = violations(spec.shape("FunctionArn"), arn, "FunctionArn")
    if wrong:
        raise SandboxError(str(wrong[0]))
    if not is_target(target):
        raise SandboxError(
            "Url must be an http or https URL without query and fragment "
            f"(in Python a callable, too), not {target!r}"
        )


def is_target(target: Any) -> bool:
    """Tell whether something is a callable or a URL, without query and fragment."""
    return callable(target) or _is_url(target)


def _is_url(target: Any) -> bool:
    # What is neither printable nor ASCII would break the request.
    if not isinstance(target, str) or not re.fullmatch(r"https?://[!-~]+", target):
        return False
    try:
        parts = urlsplit(target)
        usable = parts.hostname and parts.port != 0
    except ValueError:  # of a port or an address that is none
        return False
    return bool(usable) and not re.search(r"[?#@]", target)


def _copy(bound: Bound) -> Bound:
    failures = [Failure(how=each.how, times=each.times) for each in bound.failures]
    return Bound(
        function_arn=bound.function_arn, target=bound.target, failures=failures
    )


def _nothing(arn: str, bound: Mapping[str, Bound]) -> str:
    listed = ", ".join(bound) or "nothing"
    return f"FunctionArn {arn!r} has no function; bound are: {listed}"
