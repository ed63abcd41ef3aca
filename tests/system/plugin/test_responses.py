"""The ways in which a request can reach us, each as the object that it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from moto.moto_api._internal import mock_random
from werkzeug.wrappers import Request

import proxymock
from kit.transports.wire import HOST, Reply
from proxymock.api import exchange, spec
from proxymock.plugin.models import simulation_of
from proxymock.plugin.responses import answer

ORIGIN = f"https://{HOST}"


def from_wsgi(**environ: Any) -> Reply:
    """Answer a GET request with this WSGI environment."""
    request = Request({"REQUEST_METHOD": "GET", "QUERY_STRING": "", **environ})
    status, headers, body = answer(request, ORIGIN, request.headers)
    return Reply(status=status, headers=headers, body=body)


def from_botocore(
    path: str, *, method: str = "GET", body: Any = None, host: str = HOST
) -> Reply:
    """Answer a request as botocore has it."""
    url = f"https://{host}{path}"
    request = AWSPreparedRequest(method, url, HTTPHeaders(), body, False)
    status, headers, answered = answer(request, url, request.headers)
    return Reply(status=status, headers=headers, body=answered)


def not_found(id: str) -> dict[str, str]:
    """Return what is answered for a connector that is not there."""
    return {
        "Code": "NotFound",
        "Message": f"Could not find VoiceConnector with Id '{id}'",
    }


@pytest.mark.parametrize(
    ("environ", "id"),
    [
        ({"RAW_URI": "/voice-connectors/a%2Fb"}, "a/b"),
        ({"RAW_URI": "/voice-connectors/a?b=/c"}, "a"),
        ({"RAW_URI": "/voice-connectors/a:b@c"}, "a:b@c"),
        ({"RAW_URI": "/voice-connectors/https://d"}, None),
        ({"RAW_URI": f"{ORIGIN}/voice-connectors/a%2Fb?c=d"}, "a/b"),
        ({"RAW_URI": "HTTP://[::1]:80/voice-connectors/a"}, "a"),
        ({"RAW_URI": "/voice-connectors/\xc3\xa9"}, "é"),
        ({"RAW_URI": "", "REQUEST_URI": "/voice-connectors/a%2Fb"}, "a/b"),
        ({"REQUEST_URI": f"{ORIGIN}/voice-connectors/%2B1"}, "+1"),
        ({"PATH_INFO": "/voice-connectors/+1"}, "+1"),
        ({"PATH_INFO": "/voice-connectors/100%25"}, "100%25"),
        ({"PATH_INFO": "/voice-connectors/a?b"}, "a?b"),
        ({"PATH_INFO": "/voice-connectors/\xc3\xa9"}, "é"),
        ({"PATH_INFO": "/nope", "RAW_URI": "/voice-connectors/a"}, "a"),
    ],
)
def test_path_as_wsgi_servers_tell_it(environ: dict[str, str], id: str | None) -> None:
    """The path is the one that was sent, or else the decoded one, not decoded twice."""
    reply = from_wsgi(**environ)

    assert reply.status == 404
    if id is None:
        assert reply.json["Code"] == "UnknownOperation"
    else:
        assert reply.json == not_found(id)


@pytest.mark.parametrize("environ", [{}, {"RAW_URI": "*"}, {"RAW_URI": ORIGIN}])
def test_no_path_is_the_root(environ: dict[str, str]) -> None:
    """A request that names no path is at the root, where nothing is."""
    assert from_wsgi(**environ).json == {
        "Code": "UnknownOperation",
        "Message": "Amazon Chime SDK Voice has no GET /",
    }


@pytest.mark.parametrize("key", ["RAW_URI", "REQUEST_URI", "PATH_INFO"])
def test_path_of_other_bytes_is_refused(key: str) -> None:
    """Bytes that are no UTF-8 are no path, however they come."""
    reply = from_wsgi(**{key: "/voice-connectors/\xff"})

    assert reply.json == {"Code": "BadRequest", "Message": "The path is not UTF-8"}


def test_query_of_wsgi() -> None:
    """The query is apart from the path; WSGI holds its bytes as Latin-1."""
    reply = from_wsgi(
        RAW_URI="/voice-connectors?ignored", QUERY_STRING="next-token=\xc3\xa9"
    )

    assert reply.json["Message"].startswith("NextToken must be the token")


def test_body_of_wsgi() -> None:
    """The body is what the WSGI server has to read."""
    body = b'{"Name":"Rides","RequireEncryption":true}'
    reply = from_wsgi(
        **{
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/voice-connectors",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
    )

    assert (reply.status, reply.json["VoiceConnector"]["Name"]) == (201, "Rides")


@pytest.mark.parametrize(
    ("path", "id"),
    [
        ("/voice-connectors/a%2Fb", "a/b"),
        ("/voice-connectors/a?b=%2Fc", "a"),
        ("/voice-connectors/é", "é"),
        ("/voice-connectors/日", "日"),
    ],
)
def test_path_of_botocore(path: str, id: str) -> None:
    """The path is cut out of the URL."""
    assert from_botocore(path).json == not_found(id)


@pytest.mark.parametrize(
    "body",
    [
        '{"Name":"Rides","RequireEncryption":true}',
        b'{"Name":"Rides","RequireEncryption":true}',
        bytearray(b'{"Name":"Rides","RequireEncryption":true}'),
    ],
    ids=type,
)
def test_body_of_botocore(body: Any) -> None:
    """The body is text or bytes."""
    reply = from_botocore("/voice-connectors", method="POST", body=body)

    assert (reply.status, reply.json["VoiceConnector"]["Name"]) == (201, "Rides")


@pytest.mark.parametrize("body", [None, "", b""], ids=repr)
def test_no_body_of_botocore(body: Any) -> None:
    """No body is an empty one."""
    reply = from_botocore("/voice-connectors", method="POST", body=body)

    assert reply.json == {
        "Code": "BadRequest",
        "Message": "Name is required; RequireEncryption is required",
    }


def test_every_answer_has_a_request_id() -> None:
    """Good and bad answers are JSON with an id of their own, which seeding repeats."""
    ids = []
    for _ in range(2):
        mock_random.seed(7)
        good = from_botocore("/voice-connector-regions")
        bad = from_botocore("/nope")
        assert good.headers.keys() == {"Content-Type", "x-amzn-RequestId"}
        assert bad.headers.keys() == good.headers.keys() | {"x-amzn-ErrorType"}
        assert good.headers["Content-Type"] == bad.headers["Content-Type"]
        assert good.headers["Content-Type"] == "application/json"
        ids.append([UUID(reply.headers["x-amzn-RequestId"]) for reply in (good, bad)])

    assert ids[0] == ids[1]
    assert ids[0][0] != ids[0][1]


def test_region_without_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """A region that AWS lacks is refused as moto refuses it, with the way around."""
    host = "voice-chime.sa-east-1.amazonaws.com"
    refused = from_botocore("/voice-connectors", host=host)
    monkeypatch.setenv("MOTO_ALLOW_NONEXISTENT_REGION", "true")
    allowed = from_botocore("/voice-connectors", host=host)

    assert refused.error == (400, "BadRequestException")
    assert refused.json["Message"] == (
        "Amazon Chime SDK Voice has no endpoint in 'sa-east-1', only in "
        f"{', '.join(spec.regions())}; for moto to accept any region, set "
        "MOTO_ALLOW_NONEXISTENT_REGION=true"
    )
    assert allowed.json == {"NextToken": None, "VoiceConnectors": []}


def test_settings_that_there_are_not() -> None:
    """A setting that is misspelled fails the first call."""
    config: Any = {"proxymock": {"deleted_session": "gone"}}
    with proxymock.mock_aws(config=config):
        reply = from_botocore("/voice-connectors")

    assert reply.error == (400, "InvalidSettings")
    assert reply.json["Message"].startswith(
        "proxymock has no setting 'deleted_session'; it has proxy_numbers, "
    )


def test_answer_is_written_inside_of_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else is in while the live thing is turned into the body of its answer."""
    door = simulation_of("123456789012").door
    write, taken = exchange.respond, []

    def watched(*arguments: Any) -> bytes:
        with ThreadPoolExecutor(1) as another:
            taken.append(another.submit(door._lock.acquire, blocking=False).result())
        return write(*arguments)

    monkeypatch.setattr(exchange, "respond", watched)

    reply = from_botocore("/voice-connectors")

    assert (reply.status, taken) == (200, [False])
