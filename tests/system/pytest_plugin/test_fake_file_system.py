"""Tests that make up a file system, as pyfakefs lets them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kit.transports.inner_pytest import WARNINGS_ARE_ERRORS
from proxymock import service

# In a process of its own, where nothing of the service has been called yet. The data of
# a client are botocore's, which reads them when it makes one.
PROGRAM = """
import boto3
from pyfakefs.fake_filesystem_unittest import Patcher

from proxymock import clock, functions, mock_aws, phone, snapshot

with mock_aws():
    credentials = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    voice = boto3.client("chime-sdk-voice", region_name="us-east-1", **credentials)
    with Patcher():
        made = voice.create_voice_connector(Name="Rides", RequireEncryption=True)
        connector_id = {"VoiceConnectorId": made["VoiceConnector"]["VoiceConnectorId"]}
        voice.put_voice_connector_proxy(
            **connector_id,
            DefaultSessionExpiryMinutes=60,
            PhoneNumberPoolCountries=["US"],
        )
        voice.create_proxy_session(
            **connector_id,
            ParticipantPhoneNumbers=["+12065550101", "+14155550102"],
            Capabilities=["Voice"],
        )
        [mask] = phone.masks()
        print(phone.call("+12065550101", mask.proxy_phone_number).outcome)
        clock.advance(hours=2)
        snapshot.load(snapshot.export())
        found = voice.search_available_phone_numbers(State="IL")["E164PhoneNumbers"]
        print(len(found) > 0, phone.masks())
        number, arn = found[0], "arn:aws:lambda:us-east-1:123456789012:function:ivr"
        order = voice.create_phone_number_order(
            ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[number]
        )["PhoneNumberOrder"]
        voice.get_phone_number_order(PhoneNumberOrderId=order["PhoneNumberOrderId"])
        made = voice.create_sip_media_application(
            AwsRegion="us-east-1", Name="IVR", Endpoints=[{"LambdaArn": arn}]
        )["SipMediaApplication"]
        voice.create_sip_rule(
            Name="IVR",
            TriggerType="ToPhoneNumber",
            TriggerValue=number,
            TargetApplications=[
                {
                    "SipMediaApplicationId": made["SipMediaApplicationId"],
                    "Priority": 1,
                    "AwsRegion": "us-east-1",
                }
            ],
        )
        speak = {"Type": "Speak", "Parameters": {"Text": "Hello"}}
        answer = {"SchemaVersion": "1.0", "Actions": [speak, {"Type": "Hangup"}]}
        functions.bind(arn, lambda event, context: answer)
        print(phone.call("+12065550101", number).leg("A").heard)
"""


def test_first_calls_under_a_fake_file_system() -> None:
    """The service needs none of its files once a client has been made."""
    run = subprocess.run(
        [sys.executable, *WARNINGS_ARE_ERRORS, "-c", PROGRAM],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (run.stderr, run.stdout) == ("", "Connected\nTrue []\n('Hello',)\n")


def test_modules_of_the_service_are_all_named() -> None:
    """The list of the modules, which cannot be read from the disk, is the folder's."""
    [folder] = map(Path, service.__path__)

    assert [module.__name__.rpartition(".")[2] for module in service.MODULES] == sorted(
        path.stem for path in folder.glob("*.py") if path.stem != "__init__"
    )
