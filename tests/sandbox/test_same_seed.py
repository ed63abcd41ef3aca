"""The same seed twice in one account: moto draws the same ids twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from moto.moto_api._internal import mock_random

from analysis import speaker_searches
from proxymock.plugin.sandbox_client import Clock, Snapshot
from sip import create_application, create_rule, host_of, own
from support import ALICE, BOB, Connect, create_proxy_connector, create_session

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

SEED = 42
KEY = {"KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/riders"}


def order(client: Any, number: int) -> str:
    """Return the id of a new order of one number."""
    made = client.create_phone_number_order(
        ProductType="VoiceConnector", E164PhoneNumbers=[f"+1206555012{number}"]
    )
    return str(made["PhoneNumberOrder"]["PhoneNumberOrderId"])


def group(client: Any, number: int) -> str:
    """Return the id of a new group."""
    made = client.create_voice_connector_group(Name="All")
    return str(made["VoiceConnectorGroup"]["VoiceConnectorGroupId"])


def domain(client: Any, number: int) -> str:
    """Return the id of a new domain."""
    made = client.create_voice_profile_domain(
        Name="Riders", ServerSideEncryptionConfiguration=KEY
    )
    return str(made["VoiceProfileDomain"]["VoiceProfileDomainId"])


def sip_call(client: Any, number: int) -> str:
    """Return the id of a new call of an application."""
    dial_in = f"+1206555011{number}"
    own(client, dial_in, "SipMediaApplicationDialIn")
    application_id = create_application(client)
    mock_random.seed(SEED)
    made = client.create_sip_media_application_call(
        FromPhoneNumber=dial_in,
        ToPhoneNumber=ALICE,
        SipMediaApplicationId=application_id,
    )
    return str(made["SipMediaApplicationCall"]["TransactionId"])


def rule(client: Any, number: int) -> str:
    """Return the id of a new rule."""
    host, application_id = host_of(connector(client, 0)), create_application(client)
    mock_random.seed(SEED)
    return str(create_rule(client, host, application_id))


def connector(client: Any, number: int) -> str:
    """Return the id of a new connector."""
    return create_proxy_connector(client)


def session(client: Any, number: int) -> str:
    """Return the id of a new session of a new connector."""
    connector_id = connector(client, 0)
    mock_random.seed(SEED)
    return str(create_session(client, connector_id)["ProxySessionId"])


def profile(client: Any, number: int) -> str:
    """Return the id of a new profile, of a new task."""
    task = speaker_searches(client, connector(client, 0), domain(client, 0)).run()
    mock_random.seed(SEED)
    made = client.create_voice_profile(SpeakerSearchTaskId=task["SpeakerSearchTaskId"])
    return str(made["VoiceProfile"]["VoiceProfileId"])


def task(client: Any, number: int) -> str:
    """Return the id of a new task."""
    connector_id = connector(client, 0)
    mock_random.seed(SEED)
    made = client.start_voice_tone_analysis_task(
        VoiceConnectorId=connector_id, TransactionId="call", LanguageCode="en-US"
    )
    return str(made["VoiceToneAnalysisTask"]["VoiceToneAnalysisTaskId"])


@pytest.fixture(autouse=True)
def unseeded() -> Iterator[None]:
    """Let the tests that come have ids that nobody can foresee."""
    yield
    mock_random.seed(None)


@pytest.mark.parametrize(
    "make", [connector, session, order, group, domain, sip_call, rule, profile, task]
)
def test_ids_are_fresh(
    client: ChimeSDKVoiceClient, snapshot: Snapshot, make: Callable[[Any, int], str]
) -> None:
    """Nothing gets the id of another thing of its kind, and the state can be loaded."""
    made = []

    for number in range(3):
        mock_random.seed(SEED)
        made.append(make(client, number))

    exported = snapshot.export()
    snapshot.load(exported)
    assert len({*made}) == 3
    assert snapshot.export() == exported


def test_ids_are_fresh_in_all_regions(connect: Connect) -> None:
    """A connector of another region has another id, too."""
    made = []

    for region in ("us-east-1", "us-west-2", "eu-west-2"):
        mock_random.seed(SEED)
        made.append(connector(connect(region=region), 0))

    assert len({*made}) == 3


def test_ids_are_fresh_in_a_loaded_state(
    client: ChimeSDKVoiceClient, snapshot: Snapshot
) -> None:
    """A state that was saved has its ids, and what is made from then on has others."""
    mock_random.seed(SEED)
    before = connector(client, 0)
    snapshot.load(snapshot.export())

    mock_random.seed(SEED)
    after = connector(client, 0)

    assert before != after


def test_all_of_them_fall_due(client: ChimeSDKVoiceClient, clock: Clock) -> None:
    """Sessions that were made with one seed end, each once, when their time is over."""
    connector_id = create_proxy_connector(client)
    for other in ("+13035550102", "+16175550103"):
        mock_random.seed(SEED)
        create_session(client, connector_id, ParticipantPhoneNumbers=[BOB, other])

    clock.advance(minutes=60)

    sessions = client.list_proxy_sessions(VoiceConnectorId=connector_id)
    assert [s["Status"] for s in sessions["ProxySessions"]] == ["Closed", "Closed"]
