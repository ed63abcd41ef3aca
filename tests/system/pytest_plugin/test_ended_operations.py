"""``pytest --proxymock-ended``: which tests call what AWS has ended."""

from __future__ import annotations

import pytest

from kit.transports.inner_pytest import run_tests

TESTS = """
import boto3
import pytest
from moto import mock_aws


@mock_aws
def test_masks():
    client = boto3.client("chime-sdk-voice", region_name="us-east-1")
    created = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    id = created["VoiceConnector"]["VoiceConnectorId"]
    with pytest.raises(client.exceptions.BadRequestException):
        client.create_proxy_session(
            VoiceConnectorId=id,
            ParticipantPhoneNumbers=["+14015550101", "+12065550100"],
            Capabilities=["Voice"],
        )


@mock_aws
def test_lists():
    client = boto3.client("chime-sdk-voice", region_name="us-east-1")
    client.list_voice_connectors()


def test_fixture(proxymock):
    proxymock.voice_connector_id


@pytest.mark.parametrize("name", ["a", "b"])
def test_server(proxymock_server, name):
    client = proxymock_server.client
    client.list_proxy_sessions(VoiceConnectorId=proxymock_server.voice_connector_id)
    application = client.create_sip_media_application(
        AwsRegion="us-east-1",
        Name="IVR",
        Endpoints=[{"LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:f"}],
    )["SipMediaApplication"]
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_sip_media_application_alexa_skill_configuration(
            SipMediaApplicationId=application["SipMediaApplicationId"]
        )
"""
ON_SERVER = (
    "GetSipMediaApplicationAlexaSkillConfiguration, "
    "ListProxySessions, PutVoiceConnectorProxy"
)
EXPECTED = [
    "test_it.py::test_fixture: PutVoiceConnectorProxy",
    "test_it.py::test_masks: CreateProxySession",
    f"test_it.py::test_server[[]a]: {ON_SERVER}",
    f"test_it.py::test_server[[]b]: {ON_SERVER}",
    "All: CreateProxySession (2026-04-07), "
    "GetSipMediaApplicationAlexaSkillConfiguration, "
    "ListProxySessions (2026-04-07), PutVoiceConnectorProxy (2026-04-07)",
]


@pytest.mark.parametrize(
    "workers", [pytest.param("0", marks=pytest.mark.measured), "2"]
)
def test_every_test_is_listed(pytester: pytest.Pytester, workers: str) -> None:
    """Each test has a line, whoever ran it, and wherever its calls went to."""
    pytester.makepyfile(test_it=TESTS)

    result = run_tests(pytester, "--proxymock-ended", "-n", workers)

    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines(
        ["*= operations that AWS has ended =*", *EXPECTED], consecutive=True
    )


@pytest.mark.measured
def test_none(pytester: pytest.Pytester) -> None:
    """Without such a call that is said; a project without moto never loads it."""
    pytester.makepyfile(
        test_it="import sys\ndef test_it():\n"
        "    assert not {'moto', 'boto3', 'proxymock.sandbox'} & {*sys.modules}\n"
    )

    result = run_tests(pytester, "--proxymock-ended", nothing_imported=True)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        ["*= operations that AWS has ended =*", "No test has called one."],
        consecutive=True,
    )


def test_nothing_unasked(pytester: pytest.Pytester) -> None:
    """Without the option nothing is listed, and the list is not even loaded."""
    pytester.makepyfile(
        test_it="import sys\ndef test_it():\n"
        "    assert 'proxymock.pytest_ended' not in sys.modules\n"
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*ended*")
