"""Requests byte by byte: what no SDK would send, and answers as they are sent."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any
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


# Sends a method, a target as it is, and a body.
Wire = Callable[[str, str, bytes], Reply]


def via_botocore(method: str, target: str, body: bytes) -> Reply:
    """Send as boto3 does, in process."""
    request = AWSPreparedRequest(
        method, f"https://{HOST}{target}", HTTPHeaders.from_dict(SIGNED), body, False
    )
    answer: Any = botocore_stubber("before-send.chime-sdk-voice", request)
    return Reply(status=answer.status_code, headers=answer.headers, body=answer.content)


def via_requests(method: str, target: str, body: bytes) -> Reply:
    """Send as users of the library requests do, in process."""
    request = requests.Request(method, f"https://{HOST}", SIGNED, data=body).prepare()
    request.url = f"https://{HOST}{target}"
    with requests.Session() as session:
        answer = session.send(request)
    return Reply(status=answer.status_code, headers=answer.headers, body=answer.content)


def via_server(url: str) -> Wire:
    """Return the way through a socket to the server at *url*."""
    address = urlsplit(url).hostname, urlsplit(url).port

    def send(method: str, target: str, body: bytes) -> Reply:
        head = {"Host": HOST, "Content-Length": str(len(body)), **SIGNED}
        lines = [f"{method} {target} HTTP/1.1", *map(": ".join, head.items()), "", ""]
        with socket.create_connection(address) as connection:
            connection.sendall("\r\n".join(lines).encode("latin-1") + body)
            answer = HTTPResponse(connection, method=method)
            answer.begin()
            headers = CaseInsensitiveDict(answer.getheaders())
            return Reply(status=answer.status, headers=headers, body=answer.read())

    return send
