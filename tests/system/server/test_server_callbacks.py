"""A function in a process of its own that uses the server while it answers it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import boto3
import pytest

from kit.builders.desk import ARN, CALLER, open_desk, told
from kit.builders.sip import NUMBER
from kit.transports.servers import Start, url_in
from proxymock.plugin.sandbox_client import Functions, Phone
from proxymock.plugin.transports import OverHTTP

# What Lambda's runtime would be: it asks the service who may be called, then answers.
PROGRAM = """
import json, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
import boto3

voice = boto3.client(
    "chime-sdk-voice", "us-east-1", endpoint_url=sys.argv[1],
    aws_access_key_id="a", aws_secret_access_key="b",
)

def handle(event):
    if event["InvocationEventType"] != "NEW_INBOUND_CALL":
        return {"SchemaVersion": "1.0", "Actions": []}
    call = event["CallDetails"]
    voice.update_sip_media_application_call(
        SipMediaApplicationId=call["SipMediaApplicationId"],
        TransactionId=call["TransactionId"], Arguments={"by": "itself"},
    )
    [number] = voice.list_phone_numbers()["PhoneNumbers"]
    speak = {"Type": "Speak", "Parameters": {"Text": number["E164PhoneNumber"]}}
    return {"SchemaVersion": "1.0", "Actions": [speak]}

class Invocations(BaseHTTPRequestHandler):
    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = json.dumps(handle(event)).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass

server = HTTPServer(("127.0.0.1", 0), Invocations)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
"""


@pytest.fixture
def motos_server_url(start: Start) -> str:
    """A server in a process of its own."""
    _, line = start()
    return url_in(line)


@pytest.fixture
def function_url(motos_server_url: str) -> Iterator[str]:
    """The function, in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, motos_server_url],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


def test_function_calls_back(motos_server_url: str, function_url: str) -> None:
    """The server answers its function while it waits for the function's answer."""
    client = boto3.client(
        "chime-sdk-voice",
        region_name="us-east-1",
        endpoint_url=motos_server_url,
        aws_access_key_id="a",
        aws_secret_access_key="b",
    )
    open_desk(client)
    transport = OverHTTP(motos_server_url)
    Functions(transport=transport).bind(ARN, function_url)

    with Phone(transport=transport).call(CALLER, NUMBER) as call:
        assert (call.warnings, call.leg("A").heard) == ((), (NUMBER,))

    assert told(call.events) == [
        "1 NEW_INBOUND_CALL",
        "2 ACTION_SUCCESSFUL Speak",
        "3 CALL_UPDATE_REQUESTED",
        "4 HANGUP LEG-A 0",
    ]
