"""Voice profiles, as a user of boto3 sees them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.analysis_tasks import Tasks, speaker_searches
from kit.oracles.answers import body, pages

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
THREE_YEARS_LATER = datetime(2029, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)


@pytest.fixture
def searches(client: ChimeSDKVoiceClient, connector_id: str, domain_id: str) -> Tasks:
    """The searches in the calls of a connector, for voices to enrol."""
    return speaker_searches(client, connector_id, domain_id)


def enrol(searches: Tasks, call: str = "call-1") -> dict[str, Any]:
    """Make a voice profile of a call and return it."""
    task_id = searches.id(searches.run(call))
    answer = searches.client.create_voice_profile(SpeakerSearchTaskId=task_id)
    return dict(answer["VoiceProfile"])


def test_create_answers_the_profile(searches: Tasks, domain_id: str) -> None:
    """A new profile is in the domain of the search and lasts three years."""
    with time_machine.travel(NOON, tick=False):
        task_id = searches.id(searches.run())
        answer = searches.client.create_voice_profile(SpeakerSearchTaskId=task_id)
    id = answer["VoiceProfile"]["VoiceProfileId"]

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "VoiceProfile": {
            "VoiceProfileId": id,
            "VoiceProfileArn": (
                f"arn:aws:chime:us-east-1:123456789012:voice-profile/{id}"
            ),
            "VoiceProfileDomainId": domain_id,
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
            "ExpirationTimestamp": THREE_YEARS_LATER,
        }
    }


def test_get_answers_what_create_did(
    client: ChimeSDKVoiceClient, searches: Tasks
) -> None:
    """Get answers the profile as Create answered it."""
    profile = enrol(searches)

    answer = client.get_voice_profile(VoiceProfileId=profile["VoiceProfileId"])

    assert body(answer) == {"VoiceProfile": profile}


def test_task_can_enrol_twice(searches: Tasks) -> None:
    """A task that has been enrolled makes another profile."""
    task_id = searches.id(searches.run())

    ids = {
        searches.client.create_voice_profile(SpeakerSearchTaskId=task_id)[
            "VoiceProfile"
        ]["VoiceProfileId"]
        for _ in range(2)
    }

    assert len(ids) == 2


def test_list_pages_in_order_of_creation(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """The pages of a list hold a domain's profiles once, in order of creation."""
    profiles = [enrol(searches, call) for call in ("call-1", "call-2", "call-3")]

    found = pages(
        client.list_voice_profiles,
        "VoiceProfiles",
        VoiceProfileDomainId=domain_id,
        MaxResults=2,
    )

    assert found == [profiles[0:2], profiles[2:3]]


def test_list_is_of_one_domain(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """A list leaves out the profiles of other domains."""
    enrol(searches)
    other = client.create_voice_profile_domain(
        Name="Drivers",
        ServerSideEncryptionConfiguration={
            "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/drivers"
        },
    )["VoiceProfileDomain"]["VoiceProfileDomainId"]

    answer = client.list_voice_profiles(VoiceProfileDomainId=other)

    assert body(answer) == {"VoiceProfiles": []}


def test_update_renews_the_profile(
    client: ChimeSDKVoiceClient, searches: Tasks
) -> None:
    """Update keeps a profile for another three years from now."""
    with time_machine.travel(NOON, tick=False) as clock:
        before = enrol(searches)
        clock.shift(timedelta(minutes=1))
        task_id = searches.id(searches.run("call-2"))
        answer = client.update_voice_profile(
            VoiceProfileId=before["VoiceProfileId"], SpeakerSearchTaskId=task_id
        )

    assert body(answer) == {
        "VoiceProfile": {
            **before,
            "UpdatedTimestamp": NOON + timedelta(minutes=1),
            "ExpirationTimestamp": THREE_YEARS_LATER + timedelta(minutes=1),
        }
    }


def test_update_changes_the_voice(client: ChimeSDKVoiceClient, searches: Tasks) -> None:
    """A search finds the voice that was enrolled last."""
    profile = enrol(searches, "call-1")["VoiceProfileId"]
    client.update_voice_profile(
        VoiceProfileId=profile,
        SpeakerSearchTaskId=searches.id(searches.run("call-2")),
    )

    found = [
        searches.run(call)["SpeakerSearchDetails"]["Results"]
        for call in ("call-1", "call-2")
    ]

    assert found == [[], [{"VoiceProfileId": profile, "ConfidenceScore": 1.0}]]


def test_update_with_a_search_in_another_domain(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """A profile cannot move to another domain."""
    profile = enrol(searches)
    other = client.create_voice_profile_domain(
        Name="Drivers",
        ServerSideEncryptionConfiguration={
            "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/drivers"
        },
    )["VoiceProfileDomain"]["VoiceProfileDomainId"]
    task = searches.run("call-2", VoiceProfileDomainId=other)

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.update_voice_profile(
            VoiceProfileId=profile["VoiceProfileId"],
            SpeakerSearchTaskId=searches.id(task),
        )

    assert error.value.response["Error"]["Message"] == (
        f"SpeakerSearchTaskId must be of a search in VoiceProfileDomain '{domain_id}', "
        f"not in '{other}'"
    )


def test_deleted_profile_is_gone(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """A deleted profile is neither found nor listed, and Delete answers 204."""
    id = enrol(searches)["VoiceProfileId"]

    answer = client.delete_voice_profile(VoiceProfileId=id)

    listed = client.list_voice_profiles(VoiceProfileDomainId=domain_id)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert listed["VoiceProfiles"] == []
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.get_voice_profile(VoiceProfileId=id)
    assert error.value.response["Error"] == {
        "Code": "NotFoundException",
        "Message": f"Could not find VoiceProfile with Id '{id}'",
    }


def test_profiles_go_with_their_domain(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """The deletion of a domain deletes its profiles."""
    profiles = [enrol(searches, call) for call in ("call-1", "call-2")]

    client.delete_voice_profile_domain(VoiceProfileDomainId=domain_id)

    for profile in profiles:
        with pytest.raises(client.exceptions.NotFoundException):
            client.get_voice_profile(VoiceProfileId=profile["VoiceProfileId"])


def test_updated_profile_outlives_its_first_expiration(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """A profile that was renewed expires three years after that, and not before."""
    with time_machine.travel(NOON, tick=False) as clock:
        id = enrol(searches)["VoiceProfileId"]
        clock.shift(timedelta(days=1))
        client.update_voice_profile(
            VoiceProfileId=id, SpeakerSearchTaskId=searches.id(searches.run("call-2"))
        )
        clock.move_to(THREE_YEARS_LATER)
        profile = client.get_voice_profile(VoiceProfileId=id)["VoiceProfile"]
        clock.move_to(profile["ExpirationTimestamp"])
        left = client.list_voice_profiles(VoiceProfileDomainId=domain_id)

    assert profile["ExpirationTimestamp"] == THREE_YEARS_LATER + timedelta(days=1)
    assert left["VoiceProfiles"] == []


def test_profile_expires(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """A profile is gone from the instant of its expiration on."""
    with time_machine.travel(NOON, tick=False) as clock:
        id = enrol(searches)["VoiceProfileId"]
        clock.move_to(THREE_YEARS_LATER - timedelta(milliseconds=1))
        client.get_voice_profile(VoiceProfileId=id)
        clock.shift(timedelta(milliseconds=1))
        listed = client.list_voice_profiles(VoiceProfileDomainId=domain_id)
        with pytest.raises(client.exceptions.NotFoundException):
            client.get_voice_profile(VoiceProfileId=id)

    assert listed["VoiceProfiles"] == []


def test_deadlines_go_with_the_profile(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """Profiles that are deleted, alone or with their domain, do not expire."""
    with time_machine.travel(NOON, tick=False) as clock:
        alone, _ = enrol(searches, "call-1"), enrol(searches, "call-2")
        client.delete_voice_profile(VoiceProfileId=alone["VoiceProfileId"])
        client.delete_voice_profile_domain(VoiceProfileDomainId=domain_id)
        clock.move_to(THREE_YEARS_LATER)
        answer = client.list_voice_profile_domains()

    assert answer["VoiceProfileDomains"] == []


def test_expiration_of_a_leap_day(searches: Tasks) -> None:
    """A profile of a 29 February expires on a 28."""
    with time_machine.travel(
        datetime(2028, 2, 29, 12, tzinfo=timezone.utc), tick=False
    ):
        profile = enrol(searches)

    assert profile["ExpirationTimestamp"] == datetime(
        2031, 2, 28, 12, tzinfo=timezone.utc
    )
