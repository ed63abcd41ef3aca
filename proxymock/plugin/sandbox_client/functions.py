"""The functions that Lambda would run, for Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from proxymock.plugin.function_host import HOST
from proxymock.plugin.sandbox_client.client import SandboxClient
from proxymock.plugin.transports import InProcess, Transport, default_transport
from proxymock.sandbox import function_commands
from proxymock.sandbox.functions import Target, check, is_target


class Functions(SandboxClient):
    """What Lambda would run behind a SIP media application or an event rule.

    A function is bound to its ARN, ``arn:aws:lambda:REGION:ACCOUNT:function:NAME``,
    with a version or an alias if you like. One that is bound without serves them all.

    A server in another process reaches a callable in this one, at an address that
    only this machine can reach, until the callable is unbound.

    Every method raises SandboxError for an account id that is not twelve digits.
    """

    def __init__(
        self, account_id: str | None = None, transport: Transport | None = None
    ) -> None:
        super().__init__(account_id, transport)
        self._served: set[str] = set()

    def bind(
        self, function_arn: str, target: Target, *, account_id: str | None = None
    ) -> None:
        """Have *target* invoked for an ARN, in place of what was bound to it before.

        Args:
            function_arn: what the SIP media application or the rule has.
            target: a callable, which gets the event and a context as Lambda's handlers
                do; or the URL of anything that speaks Lambda's Invoke API, such as
                ``http://127.0.0.1:3001``. One that ends in ``/invocations`` is used as
                it is. The answer may take 20 seconds.
            account_id: whose function, by default that of this process.

        Raises SandboxError if the ARN is no function's, or the target is neither; then
        what was bound before stays.
        """
        # Before it is served: a refusal must not leave an open port behind.
        check(function_arn, target)
        before = self._urls(function_arn, account_id)
        there: Target = target
        if callable(target) and not self._is_in_process():
            there = HOST.serve(target)
            self._served.add(there)
        self._run(
            function_commands.bind, account_id, function_arn=function_arn, target=there
        )
        # Only now: until the new one is bound, a call may invoke the old one.
        self._withdraw(before)

    def unbind(
        self, function_arn: str | None = None, *, account_id: str | None = None
    ) -> None:
        """Have nothing invoked for an ARN, or for all; nothing need be bound to it.

        A call that needs the function fails as one whose function has been deleted.
        What a server was started with, by ``--function``, is there again then.
        """
        before = self._urls(function_arn, account_id)
        self._run(function_commands.unbind, account_id, function_arn=function_arn)
        self._withdraw(before)

    @contextmanager
    def bound(
        self, function_arn: str, target: Target, *, account_id: str | None = None
    ) -> Iterator[None]:
        """Bind a function, and bind afterwards what was bound before, or nothing.

        The arguments, and the SandboxError, are those of ``bind``.
        """
        before = self.list(account_id=account_id).get(function_arn)
        self.bind(function_arn, target, account_id=account_id)
        try:
            yield
        finally:
            # A name is what the server itself has, which unbinding uncovers.
            if before is None or not is_target(before):
                self.unbind(function_arn, account_id=account_id)
            else:
                self.bind(function_arn, before, account_id=account_id)

    def list(self, *, account_id: str | None = None) -> Mapping[str, Target]:
        """Return what is bound, by ARN, in order.

        A callable of another process is its name, ``module:name``.
        """
        answer = self._run(function_commands.functions, account_id)
        return {each.function_arn: _here(each.target) for each in answer.functions}

    def fail(
        self,
        function_arn: str,
        how: str,
        times: int = 1,
        *,
        account_id: str | None = None,
    ) -> None:
        """Let the next invocations of a function fail, without it being invoked.

        They fail one way after the other if this is called again. To bind the function
        anew ends it.

        Args:
            function_arn: a function that is bound.
            how: ``error``, as one that raises; ``timeout``, as one that has not
                answered for 20 seconds, none of which pass; ``denied``, as one that
                the service may not invoke; ``throttled``; or ``missing``.
            times: how many invocations, at least one; the service invokes a function
                again that has failed, other than by a time-out, and that counts too.
            account_id: whose function, by default that of this process.

        Raises SandboxError if nothing is bound to the ARN, or if *how* or *times* is
        none of these; then nothing has changed.
        """
        self._run(
            function_commands.fail,
            account_id,
            function_arn=function_arn,
            how=how,
            times=times,
        )

    def close(self) -> None:
        """Serve no callable of this process to a server any more."""
        self._withdraw([*self._served])

    def _is_in_process(self) -> bool:
        return isinstance(self._transport or default_transport(), InProcess)

    def _urls(self, function_arn: str | None, account_id: str | None) -> Sequence[str]:
        """Return where this serves what is bound to an ARN, or to any."""
        if not self._served:
            return []
        answer = self._run(function_commands.functions, account_id)
        return [
            each.target
            for each in answer.functions
            if function_arn in (None, each.function_arn) and each.target in self._served
        ]

    def _withdraw(self, urls: Sequence[str]) -> None:
        for url in urls:
            HOST.withdraw(url)
            self._served.discard(url)


def _here(target: Target) -> Target:
    """Return the callable of this process that a server reaches at a URL."""
    served = HOST.served(target) if isinstance(target, str) else None
    return target if served is None else served
