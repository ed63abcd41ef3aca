"""Functions at a URL are invoked as Lambda's API has it."""

from __future__ import annotations

from socket import create_server
from threading import Event
from threading import enumerate as threads
from typing import Any

import pytest
import requests
from werkzeug.wrappers import Request, Response

from kit.transports.lambdas import ARN, EVENT, endpoint, invoke, said
from proxymock import functions
from proxymock.plugin import direct_http, lambdas
from proxymock.plugin.function_host import FunctionHost


def handler(event: Any, context: Any) -> None:
    """Do nothing."""


def other(event: Any, context: Any) -> None:
    """Do nothing either."""


def test_request() -> None:
    """The event goes to the function's path, with what a moto server needs to know."""
    got: list[Any] = []

    def say(request: Request) -> Response:
        signed = request.headers["Authorization"].split(", ")[0]
        got.append((request.method, request.path, request.get_json(), signed))
        got.append(request.headers["x-moto-account-id"])
        return said({"Actions": []})

    with endpoint(say) as url:
        functions.bind(ARN, f"{url}/base/")
        assert invoke(f"{ARN}:$LATEST") == {"Actions": []}

    path = f"/base/2015-03-31/functions/{ARN}:$LATEST/invocations"
    scope = "Credential=proxymock/20150331/us-east-1/lambda/aws4_request"
    assert got == [
        ("POST", path, EVENT, f"AWS4-HMAC-SHA256 {scope}"),
        "123456789012",
    ]


def test_whole_address() -> None:
    """A URL that ends as invocations do is used as it is: emulators know no ARN."""
    with endpoint(lambda request: said(request.path)) as url:
        functions.bind(ARN, f"{url}/2015-03-31/functions/function/invocations")

        assert invoke() == "/2015-03-31/functions/function/invocations"


def test_empty_answer() -> None:
    """An answer without a body is that of a function that returns nothing."""
    with endpoint(lambda request: Response(b"")) as url:
        functions.bind(ARN, url)

        assert invoke() is None


@pytest.mark.parametrize(
    ("answer", "how", "detail"),
    [
        (said({"Message": "No"}, 403), "denied", "URL answers 403: No"),
        (
            said({"Type": "User", "Message": "Function not found"}, 404),
            "missing",
            "URL answers 404: Function not found",
        ),
        (said({"message": "Slow"}, 429), "throttled", "URL answers 429: Slow"),
        (Response(b"<html>", 502), "error", "URL answers 502: <html>"),
        (Response(b"", 301), "error", "URL answers 301: None"),
        (
            said(
                {"errorType": "KeyError", "errorMessage": "'Order'"},
                headers={"X-Amz-Function-Error": "Unhandled"},
            ),
            "error",
            "KeyError: 'Order'",
        ),
        (Response(b"Hello"), "error", "the answer of URL is not JSON: 'Hello'"),
    ],
    ids=["403", "404", "429", "502", "301", "function error", "no JSON"],
)
def test_failures(answer: Response, how: str, detail: str) -> None:
    """Statuses and the error header say how an invocation failed."""
    with endpoint(lambda request: answer) as url:
        functions.bind(ARN, url)

        assert invoke() == (how, detail.replace("URL", url))


def test_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that does not come in time is a time-out."""
    monkeypatch.setattr(lambdas, "SECONDS", 0.01)
    with create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        functions.bind(ARN, url)

        assert invoke() == ("timeout", f"{url} has not answered for 0.01 seconds")


def test_nobody_is_there() -> None:
    """A URL where nobody listens is an error that names it."""
    with create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    functions.bind(ARN, url)

    how, detail = invoke()

    assert (how, detail.partition(":")[0]) == ("error", "http")
    assert detail.startswith(f"{url} does not answer: ")


def test_host_serves_what_it_was_given() -> None:
    """A function is at its own URL alone, and takes events in JSON alone."""
    host = FunctionHost()
    url = host.serve(lambda event, context: event)
    try:
        path = f"/2015-03-31/functions/{ARN}/invocations"
        addresses = [url + path, f"{url}x{path}", url.rpartition("/")[0] + path, url]
        answers = [requests.post(at, json=EVENT, timeout=10) for at in addresses]
        answers.append(requests.post(url + path, b"{", timeout=10))
        # A length that is none is that of no body, which is no event either.
        bad = direct_http.request("POST", url + path, {"Content-Length": "many"})
    finally:
        host.withdraw_all()

    assert [answer.status_code for answer in answers] == [200, 404, 404, 404, 400]
    assert bad.status == 400
    assert answers[0].json() == EVENT


def test_host_ends_with_its_last_function() -> None:
    """Nobody listens any more when nothing is served, and again when something is."""
    host = FunctionHost()
    first, second = host.serve(print), host.serve(print)
    host.withdraw(first)
    assert (host.served(first), host.served(second)) == (None, print)

    host.withdraw(second)
    host.withdraw(second)

    with pytest.raises(requests.ConnectionError):
        requests.get(second, timeout=10)
    third = host.serve(print)
    assert requests.post(third, timeout=10).status_code == 404
    host.withdraw(third)


def test_what_a_function_was_left_by_goes_with_it() -> None:
    """Only who still serves a function sees what it was left by, once."""

    def leaves(event: Any, context: Any) -> None:
        raise KeyboardInterrupt(event["Sequence"])

    host = FunctionHost()
    first, second = host.serve(leaves), host.serve(leaves)
    try:
        for url, number in ((first, 1), (second, 2)):
            path = f"/2015-03-31/functions/{ARN}/invocations"
            requests.post(url + path, json={"Sequence": number}, timeout=10)
        host.withdraw(first)

        with pytest.raises(KeyboardInterrupt, match=r"^2$"):
            host.raise_left()
        host.raise_left()  # Nothing is left to raise.
    finally:
        host.withdraw_all()


def test_what_the_process_has_is_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function of the server is in every new account, below what tests bind."""
    monkeypatch.setitem(lambdas.of_the_process, ARN, handler)
    account = "222222222222"
    assert functions.list(account_id=account) == {ARN: handler}

    with functions.bound(ARN, other, account_id=account):
        assert functions.list(account_id=account) == {ARN: other}
    assert functions.list(account_id=account) == {ARN: handler}

    functions.bind(ARN, other, account_id=account)
    functions.unbind(ARN, account_id=account)
    assert functions.list(account_id=account) == {ARN: handler}


def test_caller_that_does_not_wait(capfd: pytest.CaptureFixture[str]) -> None:
    """A function whose caller has gone ends quietly: the caller knows why it went."""
    host, invoked, gone = FunctionHost(), Event(), Event()

    def slow(event: Any, context: Any) -> str:
        invoked.set()
        gone.wait(10)
        return "late" * 1_000_000

    url = host.serve(slow)
    before = threads()  # which other servers may have
    path = f"/2015-03-31/functions/{ARN}/invocations"
    with pytest.raises(TimeoutError):
        direct_http.request("POST", url + path, {}, b"{}", timeout=0.01)
    assert invoked.wait(10)
    gone.set()
    for thread in threads():
        if thread not in before:
            thread.join()
    host.withdraw_all()

    assert capfd.readouterr().err == ""
