"""What all settings of a voice connector share: when they are there, and how long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.transports.clients import Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

# The path of a setting, its name in answers, two of its values as Get answers them.
Setting = tuple[str, str, dict[str, Any], dict[str, Any]]

ORIGINATION: Setting = (
    "origination",
    "Origination",
    {
        "Routes": [
            {
                "Host": "198.51.100.7",
                "Port": 5061,
                "Protocol": "TCP",
                "Priority": 1,
                "Weight": 5,
            }
        ],
        "Disabled": False,
    },
    {"Routes": None, "Disabled": True},
)
TERMINATION: Setting = (
    "termination",
    "Termination",
    {
        "CpsLimit": 2,
        "DefaultPhoneNumber": "+12065550100",
        "CallingRegions": ["US", "CA"],
        "CidrAllowedList": ["192.0.2.0/27"],
        "Disabled": False,
    },
    {
        "CpsLimit": 1,
        "DefaultPhoneNumber": None,
        "CallingRegions": None,
        "CidrAllowedList": None,
        "Disabled": True,
    },
)
STREAMING: Setting = (
    "streaming-configuration",
    "StreamingConfiguration",
    {
        "DataRetentionInHours": 5,
        "Disabled": False,
        "StreamingNotificationTargets": [{"NotificationTarget": "SQS"}],
        "MediaInsightsConfiguration": {
            "Disabled": False,
            "ConfigurationArn": "arn:aws:chime:us-east-1:123456789012:"
            "media-insights-pipeline-configuration/calls",
        },
    },
    {
        "DataRetentionInHours": 0,
        "Disabled": True,
        "StreamingNotificationTargets": None,
        "MediaInsightsConfiguration": None,
    },
)
EMERGENCY_CALLING: Setting = (
    "emergency-calling-configuration",
    "EmergencyCallingConfiguration",
    {
        "DNIS": [
            {
                "EmergencyPhoneNumber": "+12065550101",
                "TestPhoneNumber": "+12065550102",
                "CallingCountry": "US",
            }
        ]
    },
    {"DNIS": []},
)
LOGGING: Setting = (
    "logging-configuration",
    "LoggingConfiguration",
    {"EnableSIPLogs": True, "EnableMediaMetricLogs": True},
    {"EnableSIPLogs": False, "EnableMediaMetricLogs": False},
)
DELETABLE = [ORIGINATION, TERMINATION, STREAMING, EMERGENCY_CALLING]
ALL = [*DELETABLE, LOGGING]

EXTERNAL_SYSTEMS = "external-systems-configuration"

deletable = pytest.mark.parametrize("setting", DELETABLE, ids=lambda s: s[0])
every_setting = pytest.mark.parametrize("setting", ALL, ids=lambda s: s[0])


def path_of(connector_id: str, setting: Setting) -> str:
    """Return the path of a connector's setting."""
    return f"/voice-connectors/{connector_id}/{setting[0]}"


def missing(connector_id: str, name: str) -> dict[str, str]:
    """Return the answer that a connector lacks a setting."""
    return {
        "Code": "NotFound",
        "Message": f"VoiceConnector '{connector_id}' has no {name}",
    }


@every_setting
def test_get_answers_what_put_took(
    send: Send, connector_id: str, setting: Setting
) -> None:
    """Put answers the setting, and so does Get from then on."""
    path, (_, name, first, _) = path_of(connector_id, setting), setting

    put = send("PUT", path, json.dumps({name: first}))
    got = send("GET", path)

    assert (put.status_code, put.json()) == (200, {name: first})
    assert (got.status_code, got.json()) == (200, {name: first})


@every_setting
def test_put_replaces_the_whole(
    send: Send, connector_id: str, setting: Setting
) -> None:
    """A second Put leaves nothing of the first."""
    path, (_, name, first, second) = path_of(connector_id, setting), setting
    send("PUT", path, json.dumps({name: first}))

    put = send("PUT", path, json.dumps({name: second}))

    assert (put.status_code, put.json()) == (200, {name: second})
    assert send("GET", path).json() == {name: second}


@deletable
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_setting_is_missing_until_it_is_put(
    send: Send, connector_id: str, setting: Setting, method: str
) -> None:
    """Before any Put, Get and Delete do not find the setting."""
    answer = send(method, path_of(connector_id, setting))

    assert answer.status_code == 404
    assert answer.json() == missing(connector_id, setting[1])


@deletable
def test_a_deleted_setting_is_missing(
    send: Send, connector_id: str, setting: Setting
) -> None:
    """Delete answers 204 without a body, and then the setting is not found."""
    path, (_, name, first, _) = path_of(connector_id, setting), setting
    send("PUT", path, json.dumps({name: first}))

    deleted = send("DELETE", path)

    assert (deleted.status_code, deleted.content) == (204, b"")
    assert send("GET", path).json() == missing(connector_id, name)
    assert send("DELETE", path).json() == missing(connector_id, name)


@every_setting
def test_settings_do_not_outlive_their_connector(
    client: ChimeSDKVoiceClient, send: Send, connector_id: str, setting: Setting
) -> None:
    """Settings block no deletion of their connector, and are gone with it."""
    path, (_, name, first, _) = path_of(connector_id, setting), setting
    send("PUT", path, json.dumps({name: first}))

    client.delete_voice_connector(VoiceConnectorId=connector_id)

    for method, body in (("GET", ""), ("PUT", json.dumps({name: first}))):
        answer = send(method, path, body)
        assert answer.status_code == 404
        assert answer.json() == {
            "Code": "NotFound",
            "Message": f"Could not find VoiceConnector with Id '{connector_id}'",
        }


def test_nothing_is_logged_at_first(send: Send, connector_id: str) -> None:
    """The logging configuration is there from the start, with all logs off."""
    answer = send("GET", path_of(connector_id, LOGGING))

    assert (answer.status_code, answer.json()) == (
        200,
        {"LoggingConfiguration": LOGGING[3]},
    )


def test_logs_that_are_left_out_are_off(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """Put turns off the kind of log that it does not name."""
    client.put_voice_connector_logging_configuration(
        VoiceConnectorId=connector_id,
        LoggingConfiguration={"EnableMediaMetricLogs": True},
    )

    answer = client.put_voice_connector_logging_configuration(
        VoiceConnectorId=connector_id, LoggingConfiguration={"EnableSIPLogs": True}
    )

    assert answer["LoggingConfiguration"] == {
        "EnableSIPLogs": True,
        "EnableMediaMetricLogs": False,
    }


def test_external_systems_have_both_lists(send: Send, connector_id: str) -> None:
    """A list that Put leaves out is empty, whatever it was before."""
    path = f"/voice-connectors/{connector_id}/{EXTERNAL_SYSTEMS}"
    send("PUT", path, '{"ContactCenterSystemTypes": ["AVAYA_AURA_CONTACT_CENTER"]}')

    put = send("PUT", path, '{"SessionBorderControllerTypes": ["RIBBON_SBC"]}')

    configuration = {
        "ExternalSystemsConfiguration": {
            "SessionBorderControllerTypes": ["RIBBON_SBC"],
            "ContactCenterSystemTypes": [],
        }
    }
    assert (put.status_code, put.json()) == (200, configuration)
    assert send("GET", path).json() == configuration


def test_external_systems_are_missing_unless_put(send: Send, connector_id: str) -> None:
    """Get and Delete find external systems only between Put and Delete."""
    path = f"/voice-connectors/{connector_id}/{EXTERNAL_SYSTEMS}"
    not_found = missing(connector_id, "ExternalSystemsConfiguration")

    before = [send(method, path).json() for method in ("GET", "DELETE")]
    send("PUT", path, "{}")
    deleted = send("DELETE", path)
    after = [send(method, path).json() for method in ("GET", "DELETE")]

    assert before == [not_found, not_found]
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert after == [not_found, not_found]
