"""How calls go on, outside of the door while a function works."""

from __future__ import annotations

from itertools import islice
from typing import Any, Protocol

from proxymock.sandbox.exchange import Exchange
from proxymock.service.door import Door
from proxymock.state.calls import Call, Invocation
from proxymock.state.store import Account
from proxymock.telephony import invocations, network, new_calls
from proxymock.telephony.invocations import InvocationFailed
from proxymock.telephony.surroundings import Moment


class Functions(Protocol):
    """What Lambda would run."""

    def has(self, arn: str) -> bool:
        """Tell whether there is a function with this ARN."""
        ...

    def invoke(self, arn: str, event: dict[str, Any]) -> Any:
        """Return what the function answers. Raises InvocationFailed."""
        ...


class Progress:
    """Lets the calls of an account go on that have something to do.

    Args:
        door: the way to the account; nobody is in while a function works.
        exchange: where its calls are put through.
        functions: what answers the events of calls.
    """

    def __init__(self, door: Door, exchange: Exchange, functions: Functions) -> None:
        self._door = door
        self._exchange = exchange
        self._functions = functions

    def go_on(self) -> None:
        """Let the calls that are ready go on, until none is."""
        while (call := self._next_ready()) is not None:
            while (invocation := self._prepare(call)) is not None:
                self._take(call, invocation, *self._invoke(invocation))

    def _next_ready(self) -> Call | None:
        with self._door.step() as account:
            for id in islice(account.calls.ready, 1):
                return account.calls.ready.pop(id)
        return None

    def _prepare(self, call: Call) -> Invocation | None:
        """Let happen what needs no function; return what does."""
        with self._door.step() as account:
            if _is_gone(account, call):
                return None
            now: Moment | None = Moment(call, account.now(), self._exchange.around)
            invocation = None
            while now is not None and invocation is None:
                self._heed_requests(now)
                if self._exchange.is_attended(call):
                    invocation = invocations.next_invocation(now)
                else:
                    new_calls.unattended(now)
                    call.waiting = []
                if invocation is None:
                    now = network.run_first_due(
                        call, account.now(), self._exchange.around
                    )
            self._exchange.settle(call)
            return invocation

    def _invoke(self, invocation: Invocation) -> tuple[Any, InvocationFailed | None]:
        arn = invocation.target.function_arn
        try:
            return self._functions.invoke(arn, invocation.event), None
        except InvocationFailed as failure:
            return None, failure

    def _take(
        self,
        call: Call,
        invocation: Invocation,
        answer: Any,
        failure: InvocationFailed | None,
    ) -> None:
        with self._door.step() as account:
            if _is_gone(account, call):
                return
            now = Moment(call, account.now(), self._exchange.around)
            if failure is None:
                invocations.answered(now, invocation, answer)
            else:
                invocations.failed(now, invocation, failure.how, failure.detail)
            self._exchange.settle(call)

    def _heed_requests(self, now: Moment) -> None:
        requests, now.call.requests = now.call.requests, []
        for request in requests:
            if request.kind == "Create":
                new_calls.begin(now, request.arguments)
            elif not now.call.ended:
                network.update(now, request.arguments)


def _is_gone(account: Account, call: Call) -> bool:
    """Tell whether the account was reset, or loaded, while a function worked."""
    return account.calls.get(call.transaction_id) is not call
