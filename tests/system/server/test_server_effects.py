"""What calls leave behind on a server in a process of its own, without any mock."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from kit.builders.desk import ARN
from kit.builders.proxy_sessions import create_proxy_connector
from kit.builders.receivers import (
    keep_records,
    members,
    queue,
    received,
    records,
    rule,
    statuses,
    stream,
)
from kit.builders.rides import RIDER, mask
from kit.transports.clients import CREDENTIALS, REGION, Connect
from kit.transports.servers import Start, url_in
from proxymock.plugin.sandbox_client import Functions, Phone
from proxymock.plugin.transports import OverHTTP

OTHER_ACCOUNT = "111122223333"
CALL = [("STARTED", False), ("STARTED", True), ("ENDED", False), ("ENDED", True)]


@pytest.fixture
def motos_server_url(start: Start) -> str:
    """The address of a server in another process."""
    _, line = start()
    return url_in(line)


@pytest.fixture
def connect(motos_server_url: str) -> Connect:
    """Return a client of a service of the default account."""
    return connect_with(motos_server_url, **CREDENTIALS)


def connect_with(url: str, **credentials: str) -> Connect:
    """Return a maker of clients with these credentials."""

    def connect(service: str = "chime-sdk-voice", region: str = REGION) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            region_name=region,
            endpoint_url=url,
            **credentials,
        )

    return connect


def another_account(connect: Connect, url: str) -> Connect:
    """Return a maker of clients of another account."""
    role = f"arn:aws:iam::{OTHER_ACCOUNT}:role/rides"
    answer = connect("sts").assume_role(RoleArn=role, RoleSessionName="test")
    given = answer["Credentials"]
    return connect_with(
        url,
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )


def test_call(motos_server_url: str, connect: Connect) -> None:
    """Events and records are in the account of the call, and in its region, alone."""
    client = connect()
    there = another_account(connect, motos_server_url)
    got: list[Any] = []
    functions = Functions(transport=OverHTTP(motos_server_url))
    functions.bind(ARN, lambda event, context: got.append(event))
    keep_records(client, connect)
    rule(connect, {"Arn": ARN}, queue(connect))
    rule(there, queue(there))
    rule(connect, queue(connect, region="eu-west-1"), region="eu-west-1")
    connector_id = create_proxy_connector(client)
    stream(client, connector_id)
    _, number = mask(client, connector_id)

    with Phone(transport=OverHTTP(motos_server_url)).call(RIDER, number) as call:
        pass
    functions.close()

    events = received(connect)
    assert (statuses(events), got) == (CALL, events)
    assert received(there) == received(connect, region="eu-west-1") == []
    found = records(connect, "Amazon-Chime-Voice-Connector-CDRs")
    assert members(found, "Direction") == [("Inbound",), ("Outbound",)]
    assert call.warnings == ()
