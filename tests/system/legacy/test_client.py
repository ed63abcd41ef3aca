"""Code for boto3's client ``chime``, in process and against the server.

The client is botocore's own up to 1.37.1. In later versions we restore what is missing.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
import requests
from botocore.exceptions import ClientError

from kit.builders.numbers import SEATTLE, acquire
from kit.builders.people import ALICE
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.oracles.answers import pages
from kit.transports.clients import Connect
from proxymock.api import legacy
from system.clients.programs import run, snippet
from system.legacy.chime import MODEL

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    # It has the same methods as far as the older namespace has them.
    ChimeClient = ChimeSDKVoiceClient

OTHERS = sorted(MODEL["operations"].keys() - legacy.differences()["operations"])
HOSTS = (
    "https://chime.us-east-1.amazonaws.com",
    "https://service.chime.amazonaws.com",
    "https://service-fips.chime.amazonaws.com",
    "https://service.chime.aws.amazon.com",
)
in_process = pytest.mark.parametrize("endpoint_url", ["in process"], indirect=True)
at_the_server = pytest.mark.parametrize("endpoint_url", ["server"], indirect=True)


@pytest.fixture
def chime(connect: Connect) -> ChimeClient:
    """A client of the older namespace."""
    chime: ChimeClient = connect("chime")
    return chime


def test_proxy_session_lives_and_ends(chime: ChimeClient) -> None:
    """A proxy session is made, read, changed and deleted as before."""
    connector_id = create_proxy_connector(chime)
    ids: Any = {"VoiceConnectorId": connector_id}
    made = create_session(chime, connector_id)
    ids["ProxySessionId"] = made["ProxySessionId"]

    read = chime.get_proxy_session(**ids)["ProxySession"]
    changed = chime.update_proxy_session(**ids, Capabilities=["Voice"], ExpiryMinutes=5)
    chime.delete_proxy_session(**ids)

    assert read == made
    assert changed["ProxySession"]["Capabilities"] == ["Voice"]
    assert changed["ProxySession"]["ExpiryMinutes"] == 5
    with pytest.raises(chime.exceptions.NotFoundException):
        chime.get_proxy_session(**ids)


def test_namespaces_share_the_connectors(chime: ChimeClient, connect: Connect) -> None:
    """What one namespace makes, the other finds, in us-east-1."""
    connector_id = create_proxy_connector(chime)
    session = create_session(connect("chime-sdk-voice"), connector_id)

    listed = chime.list_proxy_sessions(VoiceConnectorId=connector_id)["ProxySessions"]
    elsewhere = connect("chime-sdk-voice", "us-west-2").list_voice_connectors()

    assert listed == [session]
    assert elsewhere["VoiceConnectors"] == []


def test_lists_have_pages(chime: ChimeClient) -> None:
    """A list is read page by page."""
    ids = [create_proxy_connector(chime) for _ in range(3)]

    found = pages(chime.list_voice_connectors, "VoiceConnectors", MaxResults=2)

    assert [[c["VoiceConnectorId"] for c in page] for page in found] == [
        ids[:2],
        ids[2:],
    ]


def test_phone_number_is_ordered_and_associated(chime: ChimeClient) -> None:
    """A number is ordered, and belongs to a connector."""
    connector_id = create_proxy_connector(chime)
    acquire(chime, SEATTLE[0])

    refused = chime.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[0]]
    )["PhoneNumberErrors"]
    numbers = chime.list_phone_numbers(
        FilterName="VoiceConnectorId", FilterValue=connector_id
    )["PhoneNumbers"]

    assert refused == []
    assert [number["E164PhoneNumber"] for number in numbers] == [SEATTLE[0]]


def test_errors_are_the_clients_classes(chime: ChimeClient) -> None:
    """An error has its class in the client, and the members of the older namespace."""
    connector_id = create_proxy_connector(chime)

    with pytest.raises(chime.exceptions.BadRequestException) as error:
        create_session(chime, connector_id, ParticipantPhoneNumbers=[ALICE, "Bob"])

    response: Any = error.value.response
    message = response["Error"]["Message"]
    assert message.startswith("ParticipantPhoneNumbers[1] ")
    assert {k: v for k, v in response.items() if k != "ResponseMetadata"} == {
        "Error": {"Code": "BadRequestException", "Message": message},
        "Code": "BadRequest",
        "Message": message,
    }


@in_process
def test_older_limits_hold(chime: ChimeClient) -> None:
    """A page has at most 99 items, and a connector is in one of two regions."""
    with pytest.raises(chime.exceptions.BadRequestException) as page:
        chime.list_voice_connectors(MaxResults=100)
    with pytest.raises(chime.exceptions.BadRequestException) as region:
        chime.create_voice_connector(
            Name="Rides", RequireEncryption=True, AwsRegion="eu-west-1"
        )

    assert page.value.response["Error"]["Message"] == (
        "MaxResults must be at most 99, not 100"
    )
    assert region.value.response["Error"]["Message"] == (
        'AwsRegion must be one of us-east-1, us-west-2, not "eu-west-1"'
    )


@in_process
def test_older_freedom_holds(chime: ChimeClient) -> None:
    """A name has any characters, and streaming need not say whether it is disabled."""
    connector = chime.create_voice_connector(Name="Fahrten/Ü!", RequireEncryption=True)
    id = connector["VoiceConnector"]["VoiceConnectorId"]
    streaming: Any = {"DataRetentionInHours": 24}

    answer = chime.put_voice_connector_streaming_configuration(
        VoiceConnectorId=id, StreamingConfiguration=streaming
    )

    assert connector["VoiceConnector"]["Name"] == "Fahrten/Ü!"
    assert answer["StreamingConfiguration"] == streaming


@in_process
def test_numbers_of_business_calling(chime: ChimeClient) -> None:
    """A number can be ordered for Amazon Chime itself, of which nobody has any."""
    product: Any = "BusinessCalling"
    account: Any = "AccountId"
    acquire(chime, SEATTLE[0], product_type=product)

    bought = chime.list_phone_numbers(ProductType=product)["PhoneNumbers"]
    used = chime.list_phone_numbers(FilterName=account, FilterValue="123456789012")

    assert [number["E164PhoneNumber"] for number in bought] == [SEATTLE[0]]
    assert used["PhoneNumbers"] == []


@in_process
def test_business_calling_is_for_the_united_states(chime: ChimeClient) -> None:
    """Numbers of other countries can be ordered for SIP media applications alone."""
    product: Any = "BusinessCalling"

    with pytest.raises(chime.exceptions.BadRequestException, match="numbers of US"):
        chime.create_phone_number_order(
            ProductType=product, E164PhoneNumbers=["+442079460000"]
        )


@pytest.mark.measured
@at_the_server
def test_server_cannot_tell_the_namespaces_apart(chime: ChimeClient) -> None:
    """At a server the limits are those of either namespace."""
    assert chime.list_voice_connectors(MaxResults=100)["VoiceConnectors"] == []

    made = chime.create_voice_connector(Name="Fahrten/Ü!", RequireEncryption=True)

    assert made["VoiceConnector"]["Name"] == "Fahrten/Ü!"


def test_snippet_of_the_documents() -> None:
    """The code in ``docs/clients.md`` runs when pasted."""
    run(sys.executable, "-c", snippet("python", '"chime"', ""))


@in_process
def test_any_region_is_the_one_endpoint(connect: Connect) -> None:
    """The namespace has one endpoint, in us-east-1, wherever the client is."""
    connector_id = create_proxy_connector(connect("chime", "eu-west-1"))

    found = connect("chime-sdk-voice").get_voice_connector(
        VoiceConnectorId=connector_id
    )

    arn = found["VoiceConnector"]["VoiceConnectorArn"]
    assert arn.startswith("arn:aws:chime:us-east-1:123456789012:vc/")


def test_other_services_of_the_namespace_are_named(connect: Connect) -> None:
    """A call of another Chime service is told whose it is, and tried only once."""
    with pytest.raises(ClientError) as error:
        connect("chime").list_accounts()

    assert error.value.response["Error"] == {
        "Code": "UnknownOperationException",
        "Message": "GET /accounts belongs to Amazon Chime, "
        "which proxymock does not mock",
    }
    assert error.value.response["ResponseMetadata"]["RetryAttempts"] == 0


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_operation_of_the_namespace_is_answered(name: str) -> None:
    """What the namespace has besides is 404, even if the service has one like it."""
    http = MODEL["operations"][name]["http"]
    path = re.sub(r"{[^}]*}", "x", http["requestUri"])

    answer = requests.request(http["method"], HOSTS[0] + path, timeout=10)

    assert answer.headers["x-amzn-ErrorType"] == "UnknownOperationException"
    assert answer.status_code == 404


@pytest.mark.parametrize("host", HOSTS)
def test_host_is_what_tells(host: str) -> None:
    """On each host of the older namespace its limits hold."""
    answer = requests.get(f"{host}/voice-connectors?max-results=100", timeout=10)

    assert (answer.status_code, answer.json()) == (
        400,
        {"Code": "BadRequest", "Message": "MaxResults must be at most 99, not 100"},
    )
