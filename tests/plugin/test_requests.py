"""Which account and which region a request is for."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from importlib import import_module
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from threading import Event
from typing import TYPE_CHECKING, Any

import boto3
import moto.iam.models
import pytest

from controls import Control
from proxymock.plugin.requests import IncomingRequest, scope_of
from support import Connect, Login, Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

OTHER_ACCOUNT = "111122223333"
SCOPE = ("A", "eu-west-1", "chime")


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


class HalfImported(Loader):
    """A finder and loader of moto's IAM whose import stops half way."""

    def __init__(self) -> None:
        self.begun, self.goes_on = Event(), Event()

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        """Return the module's specification, if it is IAM's."""
        return ModuleSpec(name, self) if name == "moto.iam.models" else None

    def exec_module(self, module: Any) -> None:
        """Define what the module has, but stop before."""
        self.begun.set()
        assert self.goes_on.wait(60)
        module.iam_backends = {}
        module.get_account_id_from = lambda access_key: OTHER_ACCOUNT


class TestImportOfIAM:
    """IAM is imported by whoever needs it first, perhaps in another thread."""

    def test_half_an_import_is_waited_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A call while another thread imports IAM waits until it can be used."""
        half = HalfImported()
        monkeypatch.setattr(moto.iam, "models", moto.iam.models)  # the import sets it
        monkeypatch.delitem(sys.modules, "moto.iam.models")
        monkeypatch.setattr(sys, "meta_path", [half, *sys.meta_path])
        received = IncomingRequest("GET", "http://127.0.0.1/", "/", "", {}, lambda: b"")

        with ThreadPoolExecutor(2) as threads:
            imported = threads.submit(import_module, "moto.iam.models")
            try:
                assert half.begun.wait(60)
                account = threads.submit(lambda: received.account_id)
                # Without the wait it would be done at once, with an AttributeError.
                early, _ = wait([account], timeout=0.1)
            finally:
                half.goes_on.set()

        assert early == set()
        assert imported.exception() is None
        assert account.result() == OTHER_ACCOUNT

    def test_nobody_has_used_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """To find out an account does not import IAM."""
        monkeypatch.delitem(sys.modules, "moto.iam.models")
        received = IncomingRequest("GET", "http://127.0.0.1/", "/", "", {}, lambda: b"")

        assert received.account_id == "123456789012"
        assert "moto.iam.models" not in sys.modules


@pytest.mark.parametrize(
    ("header", "query", "scope"),
    [
        ("", "", None),
        ("Bearer a/b/c/d", "", None),
        ("AWS4 Credential=", "", None),
        ("AWS4 Credential=A/1/eu-west-1/chime/x, Signature=0", "", SCOPE),
        ("", "a=b&X-Amz-Credential=A%2F1%2Feu-west-1%2Fchime%2Fx&c=d", SCOPE),
        ("", "X-Amz-Credential=A/1/eu-west-1/chime/x", SCOPE),
        ("AWS4 Credential=/1/r/s/x", "X-Amz-Credential=A/1/r/s/x", ("", "r", "s")),
        ("AWS4 Credential=Credential=a,Credential=A/1/r/s/x", "", None),
    ],
)
def test_scope_of_a_signature(
    header: str, query: str, scope: tuple[str, str, str] | None
) -> None:
    """The first credential tells key, region and service; the header goes first."""
    assert scope_of(header, query) == scope


def test_one_account_for_api_and_control_interface(
    send: Send, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With variable and header both there, phone and client see the same account."""
    monkeypatch.setenv("MOTO_ACCOUNT_ID", OTHER_ACCOUNT)
    header = {"x-moto-account-id": "444455556666"}
    connector = json.dumps({"Name": "Rides", "RequireEncryption": True})

    send("POST", "/voice-connectors", connector, header)

    def connectors(**options: Any) -> int:
        state = control("GET", "state", **options).json()
        return len(state["Regions"]["us-east-1"]["VoiceConnectors"])

    assert connectors(headers=header) == 1


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
        received = IncomingRequest(
            "GET", "http://127.0.0.1:5000/tags", "/tags", "", {}, lambda: b""
        )

        assert (received.region, received.access_key) == ("us-east-1", "")
