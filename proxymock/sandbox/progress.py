"""How calls go on, outside of the door while a function works."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from proxymock.sandbox.exchange import Exchange, Functions
from proxymock.service.door import Door
from proxymock.state.calls import Call, Invocation
from proxymock.state.store import Account
from proxymock.telephony import invocations, network, new_calls
from proxymock.telephony.invocations import InvocationFailed
from proxymock.telephony.surroundings import Moment


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
                self._invoke(call, invocation)

    def _next_ready(self) -> Call | None:
        with self._door.step() as account:
            # The one that has waited longest, as a dictionary keeps its order.
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
            # One thing at a time: the function is asked before the next one happens.
            while now is not None and invocation is None:
                self._heed_requests(now)
                if self._exchange.is_attended(call):
                    invocation = invocations.next_invocation(now)
                else:
                    new_calls.unattended(now)
                    # Dialling has something to tell again, and still nobody listens.
                    call.waiting = []
                if invocation is None:
                    now = network.run_first_due(
                        call, account.now(), self._exchange.around
                    )
            self._exchange.settle(call)
            return invocation

    def _invoke(self, call: Call, invocation: Invocation) -> None:
        arn = invocation.target.function_arn
        try:
            answer = self._functions.invoke(arn, invocation.event)
        except InvocationFailed as failed:
            how, detail = failed.how, failed.detail
            self._take(call, invocations.failed, invocation, how, detail)
        except BaseException as left:  # pytest.fail, or Ctrl-C: the program must see it
            self._take(call, invocations.abandoned, invocation, repr(left))
            raise
        else:
            self._take(call, invocations.answered, invocation, answer)

    def _take(self, call: Call, heed: Callable[..., None], *arguments: Any) -> None:
        with self._door.step() as account:
            if not _is_gone(account, call):
                heed(Moment(call, account.now(), self._exchange.around), *arguments)
                self._exchange.settle(call)

    def _heed_requests(self, now: Moment) -> None:
        requests, now.call.requests = now.call.requests, []
        for request in requests:
            if request.kind == "Create":
                new_calls.begin(now, request.arguments)
                self._exchange.say_what_to_bind(now.call)
            elif not now.call.ended:
                network.update(now, request.arguments)


def _is_gone(account: Account, call: Call) -> bool:
    """Tell whether the account was reset, or loaded, while a function worked."""
    return account.calls.get(call.transaction_id) is not call
