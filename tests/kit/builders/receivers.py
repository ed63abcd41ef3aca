"""Whoever reads what calls leave behind: as a consumer does, through boto3."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from kit.builders.numbers import acquire
from kit.builders.sip import NUMBER
from kit.transports.clients import Connect
from proxymock.phone import Call
from proxymock.plugin.sandbox_client import Clock

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

ACCOUNT = "123456789012"
STREAMING = {"DataRetentionInHours": 1, "Disabled": False}
HOST = "pbx.example.com"
START = datetime(2026, 11, 29, 5, 6, 7, 89_000, tzinfo=timezone.utc)
# The folders of records.
CDRS = "Amazon-Chime-Voice-Connector-CDRs"
SDRS = "Amazon-Chime-Voice-Connector-SDRs"
SMADRS = "Amazon-Chime-SMADRs"
# The statuses of the events of a call, the called party's first.
STARTED = [("STARTED", False), ("STARTED", True)]
ENDED = [("ENDED", False), ("ENDED", True)]
JSON = dict[str, Any]


def stream(
    client: ChimeSDKVoiceClient, connector_id: str, *targets: str, **members: Any
) -> None:
    """Have a connector stream its calls, and tell these targets."""
    told = [{"NotificationTarget": target} for target in targets]
    setting: Any = {**STREAMING, **members}
    if told:
        setting["StreamingNotificationTargets"] = told
    client.put_voice_connector_streaming_configuration(
        VoiceConnectorId=connector_id, StreamingConfiguration=setting
    )


def attach_telephones(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Let a connector have NUMBER, and send its calls to HOST."""
    acquire(client, NUMBER)
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[NUMBER]
    )
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={"Routes": [{"Host": HOST, "Protocol": "TCP"}], "Disabled": False},
    )


def route_to_host(client: ChimeSDKVoiceClient, connector_id: str, *hosts: str) -> None:
    """Let a connector's calls go to the first of hosts that is alive, or to HOST."""
    routes: Any = [
        {"Host": host, "Protocol": "TCP", "Priority": rank}
        for rank, host in enumerate(hosts or (HOST,), 1)
    ]
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id, Origination={"Routes": routes}
    )


def terminate(client: ChimeSDKVoiceClient, connector_id: str, *countries: str) -> None:
    """Let a connector call the US and other countries."""
    client.put_voice_connector_termination(
        VoiceConnectorId=connector_id,
        Termination={
            "CallingRegions": ["US", *countries],
            "CidrAllowedList": ["192.0.2.32/27"],
        },
    )


def rule(connect: Connect, *targets: JSON, name: str = "calls", **members: Any) -> None:
    """Put a rule for all events of the service, with these targets."""
    members = {"EventPattern": {"source": ["aws.chime"]}, **members}
    region = members.pop("region", "us-east-1")
    members["EventPattern"] = json.dumps(members["EventPattern"])
    events = connect("events", region)
    events.put_rule(Name=name, **members)
    numbered = [{"Id": str(i), **target} for i, target in enumerate(targets)]
    events.put_targets(Rule=name, Targets=numbered, **_of_bus(members))


def _of_bus(members: JSON) -> JSON:
    name = "EventBusName"
    return {name: members[name]} if name in members else {}


def queue(connect: Connect, name: str = "events", region: str = "us-east-1") -> JSON:
    """Make a queue, and return the target that it is."""
    connect("sqs", region).create_queue(QueueName=name)
    return {"Arn": f"arn:aws:sqs:{region}:{ACCOUNT}:{name}"}


def bodies(
    connect: Connect, name: str = "events", region: str = "us-east-1"
) -> list[str]:
    """Take all messages from a queue, in order."""
    sqs, texts = connect("sqs", region), []
    url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    while got := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get(
        "Messages"
    ):
        for message in got:
            texts.append(message["Body"])
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return texts


def received(
    connect: Connect, name: str = "events", region: str = "us-east-1"
) -> list[JSON]:
    """Take all messages from a queue, as JSON."""
    return [json.loads(body) for body in bodies(connect, name, region)]


def keep_records(
    client: ChimeSDKVoiceClient,
    connect: Connect,
    region: str = "us-east-1",
    bucket: str = "records",
) -> None:
    """Have the calls of a region recorded in a bucket."""
    s3 = connect("s3", region)
    elsewhere: Any = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3.create_bucket(Bucket=bucket, **({} if region == "us-east-1" else elsewhere))
    client.update_global_settings(VoiceConnector={"CdrBucket": bucket})


def records(connect: Connect, folder: str, bucket: str = "records") -> JSON:
    """Return the records in a folder by their keys, which are in order."""
    s3 = connect("s3")
    found = s3.list_objects_v2(Bucket=bucket, Prefix=f"{folder}/").get("Contents", [])
    keys = [each["Key"] for each in found]
    bodies = [s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys]
    return {key: json.loads(body) for key, body in zip(keys, bodies, strict=True)}


def talk(clock: Clock, call: Call, seconds: float, ringing: float = 0) -> None:
    """Let a call ring, be answered, and last; times are in seconds."""
    clock.advance(seconds=ringing)
    if call.status == "Ringing":
        call.answer()
    clock.advance(seconds=seconds)
    call.hang_up()


def members(found: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    """Return some members of records, in the order of their keys."""
    return [tuple(record[name] for name in names) for record in found.values()]


def statuses(events: list[JSON]) -> list[tuple[str, bool | None]]:
    """Return the statuses of streaming events, and whether they are of the caller."""
    return [
        (event["detail"]["streamingStatus"], event["detail"].get("isCaller"))
        for event in events
    ]
