"""Functions that the notifications of a bucket name: they are told of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import ARN
from kit.builders.receivers import CDRS, records
from kit.builders.rides import RIDER, mask
from kit.transports.clients import Connect
from proxymock.phone import Call
from proxymock.plugin.sandbox_client import Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("still", "bucket")


def notify(connect: Connect, **members: Any) -> None:
    """Have the bucket of the records tell a function of what is created in it."""
    wanted = {"Id": "calls", "LambdaFunctionArn": ARN, **members}
    connect("s3").put_bucket_notification_configuration(
        Bucket="records",
        NotificationConfiguration={
            "LambdaFunctionConfigurations": [
                {"Events": ["s3:ObjectCreated:*"], **wanted}
            ]
        },
    )


def prefix(text: str) -> dict[str, Any]:
    """Return the filter for keys that begin with a text."""
    return {"Key": {"FilterRules": [{"Name": "prefix", "Value": text}]}}


@pytest.fixture
def invoked(functions: Functions) -> list[Any]:
    """What the function is called with."""
    got: list[Any] = []
    functions.bind(ARN, lambda event, context: got.append(event))
    return got


@pytest.fixture
def call(client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone) -> Any:
    """Return what lets a masked call begin and end: two records."""

    def make() -> Call:
        call = phone.call(RIDER, mask(client, proxy_connector_id)[1])
        call.hang_up()
        return call

    return make


def test_bound(connect: Connect, call: Any, invoked: list[Any]) -> None:
    """A bound function gets S3's event for each record, as the record is there."""
    notify(connect)

    made = call()

    keys = list(records(connect, CDRS))
    stored = [connect("s3").head_object(Bucket="records", Key=key) for key in keys]
    assert len(keys) == 2
    assert invoked == [
        {
            "Records": [
                {
                    "eventVersion": "2.1",
                    "eventSource": "aws:s3",
                    "awsRegion": "us-east-1",
                    "eventTime": "2026-11-29T05:06:07.089Z",
                    "eventName": "ObjectCreated:Put",
                    "s3": {
                        "s3SchemaVersion": "1.0",
                        "configurationId": "calls",
                        "bucket": {"name": "records", "arn": "arn:aws:s3:::records"},
                        "object": {
                            "key": key,
                            "size": each["ContentLength"],
                            "eTag": each["ETag"].strip('"'),
                        },
                    },
                }
            ]
        }
        for key, each in zip(keys, stored, strict=True)
    ]
    assert made.warnings == ()


def test_reads_the_record(connect: Connect, call: Any, functions: Functions) -> None:
    """A function finds the record that it is told of, complete."""
    found: list[str] = []

    def read(event: Any, context: Any) -> None:
        key = event["Records"][0]["s3"]["object"]["key"]
        stored = connect("s3").get_object(Bucket="records", Key=key)
        found.append(stored["ContentType"])

    functions.bind(ARN, read)
    notify(connect)

    call()

    assert found == ["application/json"] * 2


def test_unbound(connect: Connect, call: Any) -> None:
    """A function that is not bound is one warning; the records are written."""
    notify(connect)

    made = call()

    hint = f"no function is bound: functions.bind('{ARN}', …)"
    assert made.warnings == (f"s3://records: function {ARN}: {hint}",)
    assert len(records(connect, CDRS)) == 2


def test_that_raises(connect: Connect, call: Any, functions: Functions) -> None:
    """A function that raises is a warning; the records are written."""

    def raises(event: Any, context: Any) -> None:
        raise ValueError("no such ride")

    functions.bind(ARN, raises)
    notify(connect)

    made = call()

    said = "error of the function: ValueError: no such ride"
    # The place in the handler follows in parentheses.
    assert [warning.partition(" (")[0] for warning in made.warnings] == [
        f"s3://records: function {ARN}: {said}"
    ]
    assert len(records(connect, CDRS)) == 2


@pytest.mark.parametrize(
    "members",
    [{"Filter": prefix("other/")}, {"Events": ["s3:ObjectRemoved:*"]}],
)
def test_of_something_else(
    connect: Connect, call: Any, members: dict[str, Any]
) -> None:
    """A notification that is not for the records needs no function."""
    notify(connect, **members)

    assert call().warnings == ()
    assert len(records(connect, CDRS)) == 2
