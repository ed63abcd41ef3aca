"""The settings of one account, and the service that has been retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from kit.builders.proxy_sessions import create_session
from proxymock.api import spec
from proxymock.plugin.sandbox_client import Phone
from proxymock.plugin.transports import Transport
from proxymock.sandbox.options import PROXY_OPERATIONS, AccountOptions
from proxymock.state.options import Options, OptionsError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

QUEUE = "arn:aws:sqs:us-east-1:123456789012:events"
DEFAULTS: dict[str, Any] = {
    "ProxyNumbers": None,
    "MaxSessionMinutes": 720,
    "DeletedSessions": "gone",
    "ProxySessions": "available",
    "EnforceQuotas": False,
    "Participants": "leg of the event first",
    "HangUpDuringAction": "fails the action",
    "Streaming": "works",
    "AllStartedEvent": False,
    "VoiceAnalyticsSinks": {},
}


def put(transport: Transport, account_id: str | None = None, **own: Any) -> Any:
    """Put the settings of an account."""
    return transport.perform("PUT", "settings", account_id, own)


def get(transport: Transport, account_id: str | None = None) -> Any:
    """Return the settings of an account."""
    return transport.perform("GET", "settings", account_id, {})


class TestAccountOptions:
    """The overlay, with plain values."""

    def test_process_decides_what_the_account_leaves_open(self) -> None:
        """An own setting comes before the process's, now and after a change."""
        process = Options(max_session_minutes=10)
        settings = AccountOptions(lambda: process)
        settings.override({"deleted_sessions": "closed"})

        before = settings()
        process = Options(max_session_minutes=20, deleted_sessions="gone")

        assert before == Options(max_session_minutes=10, deleted_sessions="closed")
        assert settings() == Options(max_session_minutes=20, deleted_sessions="closed")

    def test_refused_override_changes_nothing(self) -> None:
        """Wrong settings are an error, and the old ones stay."""
        settings = AccountOptions(Options)
        settings.override({"max_session_minutes": 5})

        with pytest.raises(OptionsError):
            settings.override({"max_session_minutes": 0})

        assert settings() == Options(max_session_minutes=5)


class TestOverHTTP:
    """Options by PUT."""

    def test_get_answers_the_defaults(self, transport: Transport) -> None:
        """Without a word all settings have their defaults."""
        assert get(transport) == DEFAULTS

    @pytest.mark.settings(max_session_minutes=5)
    def test_get_answers_those_of_the_process(self, transport: Transport) -> None:
        """The settings in force are those of moto's configuration."""
        assert get(transport) == {**DEFAULTS, "MaxSessionMinutes": 5}

    @pytest.mark.settings(max_sessions=5)
    def test_wrong_ones_of_the_process_are_no_secret(
        self, transport: Transport
    ) -> None:
        """Whatever of the sandbox is used first says that a setting is unknown."""
        with pytest.raises(ValueError, match="has no setting 'max_sessions'"):
            Phone(transport=transport).masks()

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("ProxyNumbers", None),
            ("ProxyNumbers", ["+12065550150", "+12065550151"]),
            ("ProxyNumbers", "connector"),
            ("MaxSessionMinutes", 1),
            ("MaxSessionMinutes", 100_000),
            ("DeletedSessions", "gone"),
            ("DeletedSessions", "closed"),
            ("ProxySessions", "available"),
            ("ProxySessions", "retired"),
            ("EnforceQuotas", False),
            ("EnforceQuotas", True),
            ("Participants", "LEG-A first"),
            ("HangUpDuringAction", "HANGUP only"),
            ("Streaming", "fails"),
            ("AllStartedEvent", True),
            ("VoiceAnalyticsSinks", {"arn:aws:chime::1:calls": [QUEUE]}),
        ],
    )
    def test_every_value_can_be_put(
        self, transport: Transport, name: str, value: Any
    ) -> None:
        """Put answers the settings in force, and Get does afterwards."""
        answer = put(transport, **{name: value})

        assert answer == get(transport) == {**DEFAULTS, name: value}

    @pytest.mark.parametrize(
        ("own", "message"),
        [
            ({"ProxyNumbers": "pool"}, "ProxyNumbers must be"),
            ({"ProxyNumbers": ["911"]}, "ProxyNumbers must be E.164"),
            ({"ProxyNumbers": 5}, "ProxyNumbers must be"),
            ({"MaxSessionMinutes": 0}, "MaxSessionMinutes must be a positive"),
            ({"MaxSessionMinutes": "5"}, "MaxSessionMinutes must be a positive"),
            ({"MaxSessionMinutes": True}, "MaxSessionMinutes must be a positive"),
            ({"DeletedSessions": "kept"}, "DeletedSessions must be 'gone' or 'cl"),
            ({"ProxySessions": None}, "ProxySessions must be 'available' or 'ret"),
            ({"EnforceQuotas": 1}, "EnforceQuotas must be False or True"),
            ({"Participants": "B"}, "Participants must be 'leg of the event first'"),
            ({"HangUpDuringAction": 1}, "HangUpDuringAction must be 'fails the"),
            ({"Streaming": "on"}, "Streaming must be 'works' or 'fails', not 'on'"),
            ({"AllStartedEvent": 1}, "AllStartedEvent must be False or True, not 1"),
            ({"VoiceAnalyticsSinks": [QUEUE]}, "VoiceAnalyticsSinks must be a mapping"),
            (
                {"VoiceAnalyticsSinks": {"calls": []}},
                "must have ARNs of media insights",
            ),
            ({"VoiceAnalyticsSinks": {"arn:1": QUEUE}}, "must have a list for arn:1"),
            ({"VoiceAnalyticsSinks": {"arn:1": ["q"]}}, "Kinesis, not 'q'"),
            ({"Retired": True}, "no member Retired; it takes ProxyNumbers"),
        ],
    )
    def test_wrong_settings_are_refused(
        self, transport: Transport, own: dict[str, Any], message: str
    ) -> None:
        """Unknown names and values are errors, and nothing changes."""
        put(transport, MaxSessionMinutes=5)

        with pytest.raises(ValueError, match=message):
            put(transport, **own)

        assert get(transport) == {**DEFAULTS, "MaxSessionMinutes": 5}

    @pytest.mark.settings(max_session_minutes=5)
    def test_put_replaces_what_the_account_had(self, transport: Transport) -> None:
        """What is left out is the process's again."""
        put(transport, MaxSessionMinutes=9, DeletedSessions="closed")

        assert put(transport) == {**DEFAULTS, "MaxSessionMinutes": 5}

    def test_settings_are_of_one_account(self, transport: Transport) -> None:
        """Another account's settings stay."""
        put(transport, "111111111111", MaxSessionMinutes=5)

        assert get(transport) == DEFAULTS

    def test_settings_are_in_force(
        self,
        client: ChimeSDKVoiceClient,
        transport: Transport,
        proxy_connector_id: str,
    ) -> None:
        """The service goes by them at once."""
        put(transport, ProxyNumbers=["+12065550150"], MaxSessionMinutes=60)

        session = create_session(client, proxy_connector_id)

        assert session["Participants"][0]["ProxyPhoneNumber"] == "+12065550150"
        with pytest.raises(client.exceptions.BadRequestException):
            create_session(client, proxy_connector_id, ExpiryMinutes=61)


MEMBERS: dict[str, dict[str, Any]] = {
    "PutVoiceConnectorProxy": {
        "DefaultSessionExpiryMinutes": 5,
        "PhoneNumberPoolCountries": ["US"],
    },
    "CreateProxySession": {
        "ParticipantPhoneNumbers": ["+12065550100", "+14015550101"],
        "Capabilities": ["Voice"],
    },
    "GetProxySession": {"ProxySessionId": "any"},
    "UpdateProxySession": {"ProxySessionId": "any", "Capabilities": ["Voice"]},
    "DeleteProxySession": {"ProxySessionId": "any"},
}


class TestRetired:
    """``proxy_sessions="retired"``: as after the end of the service."""

    def test_the_eight_operations(self) -> None:
        """These eight have been retired, and all of them declare the error."""
        assert sorted(PROXY_OPERATIONS) == [
            "CreateProxySession",
            "DeleteProxySession",
            "DeleteVoiceConnectorProxy",
            "GetProxySession",
            "GetVoiceConnectorProxy",
            "ListProxySessions",
            "PutVoiceConnectorProxy",
            "UpdateProxySession",
        ]
        for name in PROXY_OPERATIONS:
            assert "ForbiddenException" in spec.operation(name).errors

    @pytest.mark.settings(proxy_sessions="retired")
    @pytest.mark.parametrize("name", sorted(PROXY_OPERATIONS))
    def test_retired_operation_is_forbidden(
        self, client: ChimeSDKVoiceClient, connector_id: str, name: str
    ) -> None:
        """Each answers 403 at the first attempt."""
        with pytest.raises(ClientError) as error:
            getattr(client, spec.snake_case(name))(
                VoiceConnectorId=connector_id, **MEMBERS.get(name, {})
            )

        assert type(error.value) is client.exceptions.ForbiddenException
        assert error.value.response["Error"] == {
            "Code": "ForbiddenException",
            "Message": "Amazon Chime SDK proxy sessions have been retired",
        }
        metadata = error.value.response["ResponseMetadata"]
        assert (metadata["HTTPStatusCode"], metadata["RetryAttempts"]) == (403, 0)

    @pytest.mark.settings(proxy_sessions="retired")
    def test_everything_else_works(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """Voice connectors and the phone are still there."""
        answer = client.get_voice_connector(VoiceConnectorId=connector_id)

        assert answer["VoiceConnector"]["VoiceConnectorId"] == connector_id
        assert phone.masks() == []
