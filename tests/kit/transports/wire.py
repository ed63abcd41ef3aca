"""Requests byte by byte: what no SDK would send, and answers as they are sent."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests
from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from moto.core.models import botocore_stubber
from requests.structures import CaseInsensitiveDict

HOST = "voice-chime.us-east-1.amazonaws.com"
# A moto server finds the service by how the request is signed.
SIGNED = {
    "Authorization": (
        "AWS4-HMAC-SHA256 "
        "Credential=AKIAIOSFODNN7EXAMPLE/20260102/us-east-1/chime/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=0"
    )
}
NO_HEADERS: Mapping[str, str] = {}
# http.server, below moto's, answers longer ones with a page of its own.
LONGEST_TARGET = 65_000


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """What the body says."""
        return json.loads(self.body)

    @property
    def error(self) -> tuple[int, str | None]:
        """The status and the error that SDKs see."""
        return self.status, self.headers.get("x-amzn-ErrorType")


class Wire(Protocol):
    """Sends a method, a target as it is, a body, and headers besides the usual."""

    def __call__(
        self,
        method: str,
        target: str,
        body: bytes,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Reply:
        """Return the answer."""
        ...


def via_botocore(
    method: str, target: str, body: bytes, headers: Mapping[str, str] = NO_HEADERS
) -> Reply:
    """Send as boto3 does, in process."""
    sent = HTTPHeaders.from_dict({**SIGNED, **headers})
    request = AWSPreparedRequest(method, f"https://{HOST}{target}", sent, body, False)
    answer: Any = botocore_stubber("before-send.chime-sdk-voice", request)
    return Reply(status=answer.status_code, headers=answer.headers, body=answer.content)


def through_requests(url: str) -> Wire:
    """Return the way of users of the library requests to a host, in process."""

    def send(
        method: str, target: str, body: bytes, headers: Mapping[str, str] = NO_HEADERS
    ) -> Reply:
        sent = {**SIGNED, **headers}
        request = requests.Request(method, url, sent, data=body).prepare()
        request.url = f"{url}{target}"
        with requests.Session() as session:
            answer = session.send(request)
        return Reply(
            status=answer.status_code, headers=answer.headers, body=answer.content
        )

    return send


via_requests = through_requests(f"https://{HOST}")


def host_for(target: str) -> str:
    """Return a host by which a server takes a target: moto's own API has another."""
    return "localhost" if target.startswith("/moto-api") else HOST


def via_server(url: str) -> Wire:
    """Return the way through a socket to the server at *url*."""
    address = urlsplit(url).hostname, urlsplit(url).port

    def send(
        method: str, target: str, body: bytes, headers: Mapping[str, str] = NO_HEADERS
    ) -> Reply:
        head = {
            "Host": host_for(target),
            "Content-Length": str(len(body)),
            **SIGNED,
            **headers,
        }
        lines = [f"{method} {target} HTTP/1.1", *map(": ".join, head.items()), "", ""]
        with socket.create_connection(address, timeout=30) as connection:
            connection.sendall("\r\n".join(lines).encode("latin-1") + body)
            answer = HTTPResponse(connection, method=method)
            answer.begin()
            headers = CaseInsensitiveDict(answer.getheaders())
            return Reply(status=answer.status, headers=headers, body=answer.read())

    return send
