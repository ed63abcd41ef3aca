"""The server as an application for any WSGI server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import boto3
import pytest
import requests

from kit.transports.clients import CREDENTIALS
from proxymock.server import application


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
