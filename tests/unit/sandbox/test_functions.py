"""Functions are bound to ARNs, in this process and through a server."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from kit.transports.lambdas import ARN, EVENT, invoke
from proxymock.plugin.function_host import HOST
from proxymock.plugin.sandbox_client import Functions
from proxymock.plugin.transports import InProcess, Transport
from proxymock.sandbox import SandboxError

URL = "http://127.0.0.1:3001"


def echo(event: Any, context: Any) -> Any:
    """Return what has arrived."""
    return [event, context.invoked_function_arn]


def other(event: Any, context: Any) -> Any:
    """Return another answer."""
    return "other"


def test_bound_function_is_invoked(functions: Functions) -> None:
    """A callable gets the event, and what it returns is the answer."""
    functions.bind(ARN, echo)

    assert invoke() == [EVENT, ARN]
    assert functions.list() == {ARN: echo}


def test_nothing_is_bound_at_first(functions: Functions) -> None:
    """An ARN without a function is missing, and the detail names those that are not."""
    functions.bind(f"{ARN}-2", echo)

    assert invoke() == (
        "missing",
        f"FunctionArn '{ARN}' has no function; bound are: {ARN}-2",
    )


def test_functions_are_listed_in_order(functions: Functions) -> None:
    """The list has ARNs in the order in which they were bound first."""
    functions.bind(f"{ARN}-2", URL)
    functions.bind(ARN, echo)
    functions.bind(f"{ARN}-2", other)

    assert [*functions.list().items()] == [(f"{ARN}-2", other), (ARN, echo)]


@pytest.mark.parametrize("qualifier", ["7", "prod", "$LATEST"])
def test_qualified_arn(functions: Functions, qualifier: str) -> None:
    """A version or an alias is looked up as it is, and then without."""
    arn = f"{ARN}:{qualifier}"
    functions.bind(ARN, echo)
    assert invoke(arn) == [EVENT, arn]

    functions.bind(arn, other)
    assert (invoke(arn), invoke()) == ("other", [EVENT, ARN])


def test_unbound_function_is_missing(functions: Functions) -> None:
    """What has been unbound is not invoked, and it may be unbound again."""
    functions.bind(ARN, echo)
    functions.bind(f"{ARN}-2", other)

    functions.unbind(ARN)
    functions.unbind(ARN)

    assert functions.list() == {f"{ARN}-2": other}
    assert invoke()[0] == "missing"


def test_all_are_unbound(functions: Functions) -> None:
    """Without an ARN, all functions are unbound."""
    functions.bind(ARN, echo)
    functions.bind(f"{ARN}-2", URL)

    functions.unbind()

    assert functions.list() == {}


@pytest.mark.parametrize("before", [None, other, URL])
def test_bound_for_a_while(functions: Functions, before: Any) -> None:
    """After the block there is what was bound before, even if the block fails."""
    if before is not None:
        functions.bind(ARN, before)

    with suppress(LookupError), functions.bound(ARN, echo):
        assert invoke() == [EVENT, ARN]
        raise LookupError

    assert functions.list() == ({} if before is None else {ARN: before})


def test_callable_that_cannot_be_hashed(functions: Functions) -> None:
    """An object that can be called is a function, whatever else it is."""

    class Handler(list[str]):
        def __call__(self, event: Any, context: Any) -> Any:
            return ["called"]

    handler = Handler()
    functions.bind(ARN, handler)

    assert functions.list()[ARN] is handler
    assert invoke() == ["called"]


def test_warm_function(functions: Functions) -> None:
    """What a function has learned from one event it knows at the next."""
    seen: list[int] = []

    def counts(event: Any, context: Any) -> int:
        seen.append(event["Sequence"])
        return len(seen)

    functions.bind(ARN, counts)

    assert [invoke(), invoke()] == [1, 2]


def test_accounts_have_functions_of_their_own(functions: Functions) -> None:
    """A function is bound in one account."""
    functions.bind(ARN, echo, account_id="111111111111")

    assert functions.list() == {}
    assert functions.list(account_id="111111111111") == {ARN: echo}
    assert invoke(account_id="111111111111") == [EVENT, ARN]


@pytest.mark.parametrize(
    ("arn", "target", "message"),
    [
        ("masking", echo, "FunctionArn must match arn:"),
        (f"{ARN}:a:b", echo, "FunctionArn must match arn:"),
        (None, echo, "FunctionArn must be a string, not null"),
        (ARN, "app:handler", "Url must be an http or https URL"),
        (ARN, "http://", "Url must be an http or https URL"),
        (ARN, "http://h:x", "Url must be an http or https URL"),
        (ARN, "http://h/a b", "Url must be an http or https URL"),
        (ARN, "http://h/?q=1", "Url must be an http or https URL"),
        (ARN, "http://user@h/", "Url must be an http or https URL"),
        (ARN, 5, "Url must be an http or https URL"),
    ],
)
def test_what_cannot_be_bound(
    functions: Functions, arn: Any, target: Any, message: str
) -> None:
    """A wrong ARN or target is refused by its member, and nothing changes."""
    functions.bind(ARN, other)

    with pytest.raises(SandboxError, match=f"^{message}"):
        functions.bind(arn, target)

    assert functions.list() == {ARN: other}


def test_function_fails_as_often_as_told(functions: Functions) -> None:
    """Injected failures strike one after the other, without the function."""
    functions.bind(ARN, echo)
    functions.fail(ARN, "throttled", 2)
    functions.fail(f"{ARN}:prod", "timeout")

    says = "as functions.fail() says"
    assert [invoke() for _ in range(4)] == [
        ("throttled", says),
        ("throttled", says),
        ("timeout", says),
        [EVENT, ARN],
    ]


def test_binding_anew_ends_failures(functions: Functions) -> None:
    """A function that is bound anew does not fail as the old one should have."""
    functions.bind(ARN, echo)
    functions.fail(ARN, "error", 9)

    functions.bind(ARN, echo)

    assert invoke() == [EVENT, ARN]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((ARN, "slow"), "How must be one of error, timeout, .*, not 'slow'"),
        ((ARN, "error", 0), "Times must be at least 1, not 0"),
        ((f"{ARN}-2", "error"), f"FunctionArn '{ARN}-2' has no function; bound are"),
    ],
)
def test_what_cannot_fail(
    functions: Functions, arguments: tuple[Any, ...], message: str
) -> None:
    """A failure that is none, or of nothing, is refused."""
    functions.bind(ARN, echo)

    with pytest.raises(SandboxError, match=f"^{message}"):
        functions.fail(*arguments)

    assert invoke() == [EVENT, ARN]


@pytest.mark.measured
def test_served_answer_that_is_no_json(
    transport: Transport, functions: Functions
) -> None:
    """Over HTTP an answer that is not JSON fails as it does in Lambda."""
    answers: set[Any] = {1}
    functions.bind(ARN, lambda event, context: answers)

    refused = "the answer is not JSON: Object of type set is not JSON serializable"
    # In process the telephone network gets the object, and says the same.
    in_process = isinstance(transport, InProcess)
    assert invoke() == (answers if in_process else ("error", refused))


def test_callables_are_served_while_they_are_bound(
    transport: Transport, functions: Functions
) -> None:
    """Nothing is served any more after the last one is unbound or replaced."""
    functions.bind(ARN, echo)
    functions.bind(ARN, other)
    functions.bind(f"{ARN}-2", echo)
    served = 0 if isinstance(transport, InProcess) else 2
    assert repr(HOST) == f"<FunctionHost of {served} functions>"

    functions.unbind(f"{ARN}-2")
    functions.bind(ARN, URL)

    assert repr(HOST) == "<FunctionHost of 0 functions>"


def test_closed_client_serves_nothing(functions: Functions) -> None:
    """What a fixture has served it serves no more after its test."""
    functions.bind(ARN, echo)

    functions.close()

    assert repr(HOST) == "<FunctionHost of 0 functions>"
