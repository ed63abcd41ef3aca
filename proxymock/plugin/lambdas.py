"""How functions outside of this process are invoked, and those of the server found."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any
from urllib.parse import quote

from proxymock.plugin import direct_http
from proxymock.sandbox import SandboxError
from proxymock.sandbox.functions import Target, check
from proxymock.sandbox.lambda_runtime import SECONDS, described
from proxymock.telephony.invocations import InvocationFailed

_WAYS = {403: "denied", 404: "missing", 429: "throttled"}
# What is bound in every account from its beginning, and after a reset.
of_the_process: dict[str, Target] = {}


class UnusableFunctionError(Exception):
    """A function of the command line that cannot be used; the message says why."""


def call_url(url: str, arn: str, event: Mapping[str, Any]) -> Any:
    """Invoke a function at the base of Lambda's Invoke API, or at the whole address.

    Raises InvocationFailed.
    """
    body = json.dumps(event).encode()
    address = _address(url, arn)
    try:
        answer = direct_http.request("POST", address, _headers(arn), body, SECONDS)
    except TimeoutError:
        raise InvocationFailed(
            "timeout", f"{url} has not answered for {SECONDS} seconds"
        ) from None
    except OSError as error:
        raise InvocationFailed("error", f"{url} does not answer: {error}") from None
    return _answer(url, answer)


def _address(url: str, arn: str) -> str:
    """Return where to invoke a function."""
    # Lambda's own emulator knows one function alone, and not by its ARN.
    if url.rstrip("/").endswith("/invocations"):
        return url
    return f"{url.rstrip('/')}/2015-03-31/functions/{quote(arn)}/invocations"


def _headers(arn: str) -> Mapping[str, str]:
    """Return what tells a moto server which service, region and account are meant."""
    _, _, _, region, account_id, *_ = arn.split(":")
    scope = f"proxymock/20150331/{region}/lambda/aws4_request"
    signed = f"Credential={scope}, SignedHeaders=host, Signature=0"
    return {
        "Content-Type": "application/json",
        "Authorization": f"AWS4-HMAC-SHA256 {signed}",
        "x-moto-account-id": account_id,
    }


def _answer(url: str, answer: direct_http.Response) -> Any:
    try:
        said = json.loads(answer.body) if answer.body else None
    except ValueError:
        said = answer.body.decode(errors="replace")
        if answer.status < 300:
            wrong = f"the answer of {url} is not JSON: {said[:200]!r}"
            raise InvocationFailed("error", wrong) from None
    if answer.status >= 300:
        how = _WAYS.get(answer.status, "error")
        told = f"{url} answers {answer.status}: {_told(said)}"
        raise InvocationFailed(how, told)
    headers = {name.lower() for name in answer.headers}
    if "x-amz-function-error" in headers:
        raise InvocationFailed("error", _told(said))
    return said


def _told(said: Any) -> str:
    """Return the message of an error of Lambda, or of a function."""
    if not isinstance(said, dict):
        return str(said)[:200]
    names = ("errorType", "errorMessage", "Message", "message")
    return ": ".join(str(said[name]) for name in names if said.get(name))


def bind_at_start(functions: Iterable[str]) -> None:
    """Bind what the command line says, as ``ARN=TARGET``, in every account.

    Raises UnusableFunctionError.
    """
    for text in functions:
        arn, _, target = text.partition("=")
        try:
            found: Target = target if "://" in target else _imported(target)
            check(arn, found)
        except (SandboxError, UnusableFunctionError) as error:
            raise UnusableFunctionError(f"--function {text}: {error}") from None
        of_the_process[arn] = found


def _imported(target: str) -> Target:
    module, _, name = target.partition(":")
    if not (module and name):
        raise UnusableFunctionError("TARGET must be a URL, or MODULE:NAME")
    here = os.getcwd()
    if here not in sys.path:  # the script is started from another folder
        sys.path.insert(0, here)
    try:
        found: Any = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    # The user's module, which may raise anything as it is imported.
    except (Exception, SystemExit) as error:
        raise UnusableFunctionError(
            f"{target} cannot be imported: {described(error)}"
        ) from error
    if not callable(found):
        raise UnusableFunctionError(f"{target} is no function")
    target_found: Target = found
    return target_found
