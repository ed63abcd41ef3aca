"""What comes before moto's front: whose a request is, and what moto breaks on."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any, NoReturn

import pytest
from werkzeug.test import create_environ
from werkzeug.wrappers import Response

from kit.transports.front import send
from kit.transports.wire import SIGNED
from proxymock.plugin import wsgi


@pytest.mark.parametrize(
    ("method", "query", "status", "error", "message"),
    [
        (
            "TRACE",
            "",
            404,
            "UnknownOperationException",
            "Amazon Chime SDK Voice has no TRACE /voice-connectors",
        ),
        (
            "PROPFIND",
            "",
            404,
            "UnknownOperationException",
            "Amazon Chime SDK Voice has no PROPFIND /voice-connectors",
        ),
        ("GET", "x=\xff", 400, "BadRequestException", "The query string is not UTF-8"),
    ],
)
def test_our_requests_that_moto_has_no_answer_for(
    method: str, query: str, status: int, error: str, message: str
) -> None:
    """A method or query that moto's server cannot take is told so in JSON."""
    body, got, headers = send(method, "/voice-connectors", query)

    assert int(got.split()[0]) == status
    assert headers["Content-Type"] == "application/json"
    assert headers["x-amzn-ErrorType"] == error
    assert json.loads(b"".join(body))["Message"] == message


def test_query_of_raw_unicode_is_read() -> None:
    """UTF-8 that a client has not percent-encoded is what it looks like."""
    body, status, _ = send("GET", "/voice-connectors", "next-token=\xc3\xa9")

    assert status == "400 BAD REQUEST"
    assert json.loads(b"".join(body))["Message"].startswith("NextToken must be the tok")


@pytest.mark.parametrize("region", ["", "us.east"])
def test_region_that_is_none(region: str) -> None:
    """A signature for what cannot be a region is told so in JSON."""
    scope = SIGNED["Authorization"].replace("/us-east-1/", f"/{region}/")

    body, status, _ = send("GET", "/voice-connectors", "", HTTP_AUTHORIZATION=scope)

    assert status == "400 BAD REQUEST"
    assert json.loads(b"".join(body))["Message"].startswith(
        f"Amazon Chime SDK Voice has no endpoint in '{region}', only in us-east-1,"
    )


HOW_TO_SIGN = (
    "sign it with AWS Signature Version 4, for this service with "
    "Credential=KEY/DATE/REGION/chime/aws4_request"
)
SAYS_NOTHING = [
    " ",
    "Bearer",
    ",",
    ", ,",
    "Bearer, a/b",
    "x a/b/c/d/e",
    "AWS4-HMAC-SHA256 Credential=a/b/c/nothing/aws4_request",
    "AWS4-HMAC-SHA256 Credential=A/20260102/us-east-1/dynamodb/aws4_request",
]


@pytest.mark.parametrize("header", SAYS_NOTHING)
def test_front_of_moto_breaks(header: str, caplog: pytest.LogCaptureFixture) -> None:
    """What moto's front breaks on is a 400 in JSON that says what to send."""
    body, status, headers = send("GET", "/any", "", HTTP_AUTHORIZATION=header)

    assert (status, headers["Content-Type"]) == ("400 BAD REQUEST", "application/json")
    assert json.loads(b"".join(body)) == {
        "Code": "BadRequest",
        "Message": f"No service is known for GET /any; {HOW_TO_SIGN}",
    }
    assert [record.exc_info for record in caplog.records] == [None]


@pytest.mark.parametrize(
    "header", ["", *SAYS_NOTHING[:5], "AWS4-HMAC-SHA256 Credential=", "Basic YTpi"]
)
def test_unsigned_request_of_ours(header: str) -> None:
    """Without a signature it is what is asked for that tells, as in process."""
    body, status, _ = send("GET", "/voice-connectors", "", HTTP_AUTHORIZATION=header)

    assert status == "200 OK"
    assert json.loads(b"".join(body)) == {"VoiceConnectors": [], "NextToken": None}


@pytest.mark.parametrize("service", ["chime", "CHIME"])
def test_signature_in_the_query(service: str) -> None:
    """A signed URL is of the service and in the region that it was signed for."""
    query = (
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0&"
        f"X-Amz-Credential=A%2F20260102%2Fmars-1%2F{service}%2Faws4_request"
    )

    body, status, _ = send("GET", "/nothing", query, HTTP_AUTHORIZATION="")
    assert (status, json.loads(b"".join(body))["Code"]) == (
        "404 NOT FOUND",
        "UnknownOperation",
    )

    body, status, _ = send("GET", "/voice-connectors", query, HTTP_AUTHORIZATION="")
    assert status == "400 BAD REQUEST"
    assert json.loads(b"".join(body))["Message"].startswith(
        "Amazon Chime SDK Voice has no endpoint in 'mars-1'"
    )


def test_host_of_ours() -> None:
    """Without a signature a host of the service tells, too."""
    host = "voice-chime.us-east-1.amazonaws.com"

    body, status, _ = send("GET", "/nothing", "", HTTP_AUTHORIZATION="", HTTP_HOST=host)

    assert (status, json.loads(b"".join(body))["Code"]) == (
        "404 NOT FOUND",
        "UnknownOperation",
    )


def test_unsigned_page_of_moto_becomes_json() -> None:
    """An error page for what nobody has signed is an answer in JSON instead."""
    body, status, headers = send("TRACE", "/any", "", HTTP_AUTHORIZATION="")

    assert (status, headers["Content-Type"]) == (
        "405 METHOD NOT ALLOWED",
        "application/json",
    )
    assert json.loads(b"".join(body))["Message"] == (
        f"No service is known for TRACE /any; {HOW_TO_SIGN}"
    )


def test_dashboard_stays_a_page() -> None:
    """Pages that moto is asked for are pages."""
    _, status, headers = send("GET", "/moto-api/", "", HTTP_AUTHORIZATION="")

    assert status == "200 OK"
    assert headers["Content-Type"].startswith("text/html")


def test_control_interface_where_moto_would_answer_a_page() -> None:
    """A method or query that moto's server cannot take is told so in JSON here, too."""
    answers = [
        send("PROPFIND", "/moto-api/proxymock/clock", ""),
        send("GET", "/moto-api/proxymock/clock", "x=\xff"),
    ]

    assert [
        (status, json.loads(b"".join(body))["Code"]) for body, status, _ in answers
    ] == [
        ("405 METHOD NOT ALLOWED", "MethodNotAllowed"),
        ("400 BAD REQUEST", "BadRequest"),
    ]


def test_error_page_for_another_service_becomes_json() -> None:
    """What moto has no route for in another service is told so without a page."""
    scope = SIGNED["Authorization"].replace("/chime/", "/sns/")
    body, status, headers = send("TRACE", "/", "", HTTP_AUTHORIZATION=scope)

    assert (status, headers["Content-Type"]) == (
        "405 METHOD NOT ALLOWED",
        "application/json",
    )
    assert json.loads(b"".join(body)) == {
        "Code": "UnknownOperation",
        "Message": "moto has no TRACE / for this service",
    }


def test_requests_of_others_are_left_to_moto() -> None:
    """What another service answers, errors included, stays as moto has it."""
    scope = SIGNED["Authorization"].replace("/chime/", "/s3/")
    body, status, _ = send("GET", "/none", "", HTTP_AUTHORIZATION=scope)

    assert status == "404 NOT FOUND"
    assert b"<Code>NoSuchBucket</Code>" in b"".join(body)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PATCH", "/bucket/key", b"x"), ("POST", "/bucket", b"\xff")],
)
def test_moto_breaks_on_a_request_of_another(
    method: str, path: str, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """What moto breaks on in another service is a 400 in JSON that tells how."""
    scope = SIGNED["Authorization"].replace("/chime/", "/s3/")
    send("PUT", "/bucket", "", HTTP_AUTHORIZATION=scope)

    sent: dict[str, Any] = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": "1"}
    answer, status, headers = send(method, path, "", HTTP_AUTHORIZATION=scope, **sent)

    assert (status, headers["Content-Type"]) == ("400 BAD REQUEST", "application/json")
    logged = caplog.records[-1]
    cause = logged.getMessage().removeprefix("moto has no answer: ")
    assert json.loads(b"".join(answer)) == {
        "Code": "BadRequest",
        "Message": f"moto breaks on {method} {path}: {cause}",
    }
    assert logged.exc_info is None


def test_of_several_credentials_moto_takes_another() -> None:
    """What moto takes for ours is ours, whatever else the header names."""
    header = SIGNED["Authorization"].replace("AWS4-", "Credential=a/b/c/nothing/e-")

    body, status, _ = send("TRACE", "/tags", "", HTTP_AUTHORIZATION=header)

    assert status == "404 NOT FOUND"
    assert json.loads(b"".join(body))["Code"] == "UnknownOperation"


def fails(environ: object, start_response: object) -> NoReturn:
    """Break as an application of moto may."""
    raise KeyError("Version")


@pytest.mark.parametrize("broken", [fails, Response(b"<html>", 503)])
def test_application_of_moto_breaks(broken: Any) -> None:
    """What moto breaks on behind its front is a 400 in JSON as well."""
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/any"}

    answer = wsgi._of_nobody(broken, create_environ(environ_overrides=environ))

    assert (answer.status_code, answer.json) == (
        400,
        {
            "Code": "BadRequest",
            "Message": f"No service is known for GET /any; {HOW_TO_SIGN}",
        },
    )
