"""Clients of any age are mocked while moto mocks AWS.

moto mocks a client only if moto was imported before the client was made. Any other
client would send its request to AWS, signed with the developer's own key. All clients
send through one method of botocore, so this module wraps that method.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn
from urllib.parse import urlsplit

from botocore.endpoint import Endpoint

Fail = Callable[[str], NoReturn]

# The domains of AWS in all partitions.
_AWS = re.compile(
    r"(?:.+\.)?(?:amazonaws\.(?:com(?:\.cn)?|eu)|(?:aws\.)?amazon\.com|api\.aws(?:\..+)?|"
    r"api\.amazonwebservices\.(?:com\.cn|eu)|.+\.(?:gov|adc-e\.uk))"
)
_SIGNED_FOR_US = re.compile(r"/(?:chime|chime-sdk-voice)/aws4_request")
# One entry for each fixture that mocks the service in process. While there is one,
# requests for the service may go only to the mock and to *servers* of other fixtures.
_in_process: list[object] = []
servers: set[str] = set()


def guard(fail: Fail) -> None:
    """Let moto answer every client while a mock is active. A second call does nothing.

    *fail* takes a message and ends a test whose request would still leave for AWS.
    """
    send: Any = Endpoint._send  # type: ignore[attr-defined]
    if send.__module__ == __name__:  # It is wrapped already.
        return

    def guarded(self: Any, request: Any) -> Any:
        answer = _answer(request)
        if answer is not None:
            return answer
        _refuse(self, request, fail)
        return send(self, request)

    Endpoint._send = guarded  # type: ignore[attr-defined]


@contextmanager
def nowhere_else() -> Iterator[None]:
    """Fail requests for the service that bypass the mock of this process."""
    _in_process.append(None)
    try:
        yield
    finally:
        _in_process.pop()


def _answer(request: Any) -> Any:
    """Return moto's answer, None if it has none.

    A client that moto has mocked by itself has its answer before it would send.
    """
    # While another thread is importing moto, the stubber is missing and no mock active.
    stubber = getattr(sys.modules.get("moto.core.models"), "botocore_stubber", None)
    return None if stubber is None else stubber("before-send", request)


def _refuse(endpoint: Any, request: Any, fail: Fail) -> None:
    """Fail the test if *request* would leave although AWS is mocked."""
    url = urlsplit(request.url)
    if _AWS.fullmatch(url.hostname or "") and _is_astray(endpoint, request.url):
        fail(
            f"proxymock: a request for {url.hostname} was about to leave for AWS, "
            "which is mocked. Make the client inside of the mock, or let the URL "
            'through: mock_aws(config={"core": {"passthrough": {"urls": [...]}}})'
        )
    if (
        _in_process
        and _is_ours(request)
        and f"{url.scheme}://{url.netloc}" not in servers
    ):
        fail(
            f"proxymock: a client sends to {url.netloc}, not to the mocked AWS. Make "
            "it inside of the test, or unset the endpoint (AWS_ENDPOINT_URL...) before "
            "the program is imported"
        )


def _is_ours(request: Any) -> bool:
    signature = request.headers.get("Authorization", "")
    text = signature.decode() if isinstance(signature, bytes) else signature
    return _SIGNED_FOR_US.search(text) is not None


def _is_astray(endpoint: Any, url: str) -> bool:
    """Whether a mock is active that should have got the request."""
    models = sys.modules.get("moto.core.models")
    if models is None:
        return False
    if _is_active(models.ProxyModeMockAWS):
        return not _goes_to_motos_proxy(endpoint, url)
    if _is_active(models.ServerModeMockAWS):
        return True
    return models.botocore_stubber.enabled and not _passes(url)


def _is_active(mock: type) -> bool:
    return bool(vars(mock).get("_nested_count"))  # its own, not that of its superclass


def _goes_to_motos_proxy(endpoint: Any, url: str) -> bool:
    from moto import settings

    proxy = endpoint.http_session._proxy_config.proxy_url_for(url)
    return proxy is not None and urlsplit(proxy).port == int(settings.moto_proxy_port())


def _passes(url: str) -> bool:
    """Whether the test has told moto to let requests for *url* through."""
    from moto.backends import get_service_from_url
    from moto.core.config import passthrough_service, passthrough_url

    clean = url.partition("?")[0]
    service = get_service_from_url(clean)
    return passthrough_url(clean) or (
        service is not None and passthrough_service(service)
    )
