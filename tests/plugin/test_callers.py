"""Which account and which region a request is for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import boto3
import pytest

from proxymock.plugin.callers import Received
from support import Connect, Login, Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

OTHER_ACCOUNT = "111122223333"


def account_of(client: ChimeSDKVoiceClient) -> str:
    """Return the account that a new connector of *client* is in."""
    answer = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    return answer["VoiceConnector"]["VoiceConnectorArn"].split(":")[4]


class TestAccount:
    """The account is the one that moto sees."""

    def test_default(self, client: ChimeSDKVoiceClient) -> None:
        """Unknown access keys are of moto's default account."""
        assert account_of(client) == "123456789012"

    def test_assumed_role(
        self, client: ChimeSDKVoiceClient, connect: Connect, login: Login
    ) -> None:
        """With the credentials of a role one is in the account of the role."""
        role = connect("sts").assume_role(
            RoleArn=f"arn:aws:iam::{OTHER_ACCOUNT}:role/rides", RoleSessionName="test"
        )

        assert account_of(login(**role["Credentials"])) == OTHER_ACCOUNT
        assert client.list_voice_connectors()["VoiceConnectors"] == []

    def test_environment(
        self, client: ChimeSDKVoiceClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The variable MOTO_ACCOUNT_ID names the account of everybody."""
        monkeypatch.setenv("MOTO_ACCOUNT_ID", OTHER_ACCOUNT)

        assert account_of(client) == OTHER_ACCOUNT

    def test_header(self, send: Send, client: ChimeSDKVoiceClient) -> None:
        """The header x-moto-account-id names the account of a request."""
        answer = send(
            "POST",
            "/voice-connectors",
            json.dumps({"Name": "Rides", "RequireEncryption": True}),
            {"x-moto-account-id": OTHER_ACCOUNT},
        )

        arn = answer.json()["VoiceConnector"]["VoiceConnectorArn"]
        assert arn.split(":")[4] == OTHER_ACCOUNT
        assert client.list_voice_connectors()["VoiceConnectors"] == []


class TestRegion:
    """The region is that of the endpoint."""

    def test_unknown_region(self, connect: Connect) -> None:
        """Where AWS has no endpoint, a 400 says so and how to go on."""
        client = connect(region="eu-west-3")

        with pytest.raises(client.exceptions.BadRequestException) as error:
            client.list_voice_connectors()

        assert error.value.response["Error"]["Message"] == (
            "Amazon Chime SDK Voice has no endpoint in 'eu-west-3', only in us-east-1, "
            "us-west-2, ca-central-1, eu-central-1, eu-west-1, eu-west-2, "
            "ap-northeast-2, ap-northeast-1, ap-southeast-1, ap-southeast-2; for moto "
            "to accept any region, set MOTO_ALLOW_NONEXISTENT_REGION=true"
        )

    def test_unknown_region_can_be_allowed(
        self, connect: Connect, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With moto's variable any region will do."""
        monkeypatch.setenv("MOTO_ALLOW_NONEXISTENT_REGION", "true")
        client = connect(region="eu-west-3")

        connector = client.create_voice_connector(Name="Rides", RequireEncryption=True)

        arn = connector["VoiceConnector"]["VoiceConnectorArn"]
        assert arn.split(":")[3] == "eu-west-3"

    def test_old_hosts_are_in_us_east_1(self) -> None:
        """The hosts of the old namespace see what us-east-1 has."""
        old = boto3.client(
            "chime-sdk-voice",
            region_name="us-west-2",
            endpoint_url="https://service.chime.aws.amazon.com",
        )
        new = boto3.client("chime-sdk-voice", region_name="us-east-1")

        made = old.create_voice_connector(Name="Rides", RequireEncryption=True)

        found = new.list_voice_connectors()["VoiceConnectors"]
        assert found == [made["VoiceConnector"]]

    def test_no_region_at_all(self) -> None:
        """A request to a server that names no region is of us-east-1."""
        received = Received(
            "GET", "http://127.0.0.1:5000/tags", "/tags", "", {}, lambda: b""
        )

        assert (received.region, received.access_key) == ("us-east-1", "")
