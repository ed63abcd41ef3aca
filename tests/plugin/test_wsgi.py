"""The server as an application for any WSGI server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import boto3
import pytest
import requests
from werkzeug.test import Client

from conftest import CREDENTIALS
from proxymock.server import application
from wire import SIGNED


class Quiet(WSGIRequestHandler):
    """A handler that logs nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Do nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    """Where Python's own WSGI server runs the application."""
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_application_runs_under_any_wsgi_server(url: str) -> None:
    """boto3 gets its answers from the application in Python's own WSGI server."""
    keys: Any = CREDENTIALS
    client = boto3.client(
        "chime-sdk-voice", region_name="eu-west-2", endpoint_url=url, **keys
    )

    created = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    got = client.get_voice_connector(
        VoiceConnectorId=created["VoiceConnector"]["VoiceConnectorId"]
    )

    assert got["VoiceConnector"] == created["VoiceConnector"]
    assert ":chime:eu-west-2:" in got["VoiceConnector"]["VoiceConnectorArn"]


def test_application_has_motos_services(url: str) -> None:
    """The application has moto's services and its API next to ours."""
    keys: Any = CREDENTIALS
    topics = boto3.client("sns", region_name="us-east-1", endpoint_url=url, **keys)
    topics.create_topic(Name="rides")

    assert len(topics.list_topics()["Topics"]) == 1
    assert requests.get(f"{url}/moto-api/proxymock/masks").json() == {"Masks": []}


def test_import_makes_no_application() -> None:
    """Importing the module imports neither moto nor a web framework."""
    code = (
        "import sys, proxymock.server; "
        "print(sorted({'moto', 'flask', 'werkzeug'} & sys.modules.keys()))"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert run.stdout == "[]\n"


def send(method: str, path: str, query: str, **headers: str) -> Any:
    """Send a request to the application, without a server."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1:5000",
        "HTTP_AUTHORIZATION": SIGNED["Authorization"],
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "5000",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **headers,
    }
    return Client(application).run_wsgi_app(environ)


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


@pytest.mark.parametrize("header", ["", " ", "Bearer", ",", "Bearer, a/b"])
def test_authorization_without_credentials(header: str) -> None:
    """A header without credentials is none, and the request is anybody's."""
    _, status, _ = send("GET", "/any", "", HTTP_AUTHORIZATION=header)

    assert status == "404 NOT FOUND"


def test_requests_of_others_are_left_to_moto() -> None:
    """What another service makes of a strange method stays as moto has it."""
    scope = SIGNED["Authorization"].replace("/chime/", "/sns/")
    _, status, headers = send("TRACE", "/", "", HTTP_AUTHORIZATION=scope)

    assert status.startswith("405")
    assert headers["Content-Type"].startswith("text/html")
