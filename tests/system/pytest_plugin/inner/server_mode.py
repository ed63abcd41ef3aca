"""With moto's server mode the modules and the fixture talk to that server."""

from __future__ import annotations

import boto3
import pytest
import requests
from moto import mock_aws, settings

from proxymock import Sandbox, clock, faults, phone, snapshot

URL = settings.test_server_mode_endpoint() + "/moto-api/proxymock/"


@mock_aws
def test_modules() -> None:
    """What a module does is on the server."""
    client = boto3.client("chime-sdk-voice", "us-east-1")
    client.create_voice_connector(Name="Rides", RequireEncryption=True)
    assert snapshot.export() == requests.get(URL + "state").json()
    assert len(snapshot.export()["Regions"]["us-east-1"]["VoiceConnectors"]) == 1
    clock.advance(days=1)
    assert requests.get(URL + "clock").json()["Now"][:10] == str(clock.now())[:10]
    phone.text("+12065550100", "+14015550101", "Hello")
    assert len(requests.get(URL + "interactions").json()["Interactions"]) == 1
    faults.inject("GetProxySession", "NotFoundException")
    assert len(requests.get(URL + "faults").json()["Faults"]) == 1
    snapshot.load({"FormatVersion": 2}, account_id="111111111111")
    with pytest.raises(ValueError, match="forwards only"):
        clock.advance(days=-1)


def test_fixture(proxymock: Sandbox) -> None:
    """The fixture has an account of its own there, and the modules are its."""
    assert proxymock.client.meta.endpoint_url == settings.test_server_mode_endpoint()
    assert proxymock.snapshot.export() == {"FormatVersion": 2}
    id = proxymock.voice_connector_id
    theirs = boto3.client("chime-sdk-voice", "us-east-1")
    connectors = theirs.list_voice_connectors()["VoiceConnectors"]
    assert [connector["VoiceConnectorId"] for connector in connectors] == [id]
    assert snapshot.export() == proxymock.snapshot.export()
    query = {"AccountId": proxymock.account_id}
    assert requests.get(URL + "state", query).json() == snapshot.export()
    assert requests.get(URL + "state").json() == {"FormatVersion": 2}


def test_next(proxymock: Sandbox) -> None:
    """The next fixture is fresh."""
    assert proxymock.client.list_voice_connectors()["VoiceConnectors"] == []
