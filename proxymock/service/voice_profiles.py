"""Voice profiles: voices that a speaker search recognizes."""

from __future__ import annotations

from datetime import datetime

from proxymock.api.errors import BadRequestException
from proxymock.api.paging import View
from proxymock.service.quotas import check_quota
from proxymock.service.speaker_search_tasks import with_voiceprint
from proxymock.state.store import Store
from proxymock.state.voice_analytics import VoiceProfile

KEPT_YEARS = 3


def create_voice_profile(store: Store, *, speaker_search_task_id: str) -> VoiceProfile:
    """Enrol the voice that a task has heard, in the task's domain. AWS: VA-16."""
    task = with_voiceprint(store, speaker_search_task_id)
    # The domain may be gone since the search: that is NotFound.
    domain = store.voice_profile_domains[task.voice_profile_domain_id]
    check_quota(store, "VoiceProfile", len(domain.voice_profiles) + 1)
    id = store.new_uuid(lambda region: region.voice_profiles, "vp-")
    now = store.now()
    profile = VoiceProfile(
        voice_profile_id=id,
        voice_profile_arn=store.arn("voice-profile", id),
        voice_profile_domain_id=domain.voice_profile_domain_id,
        created_timestamp=now,
        updated_timestamp=now,
        expiration_timestamp=_expiration(now),
        voice=task.voice,
        sequence=store.account.next_sequence(),
    )
    return store.voice_profiles.enter(profile)


def get_voice_profile(store: Store, *, voice_profile_id: str) -> VoiceProfile:
    """Return a profile."""
    return store.voice_profiles[voice_profile_id]


def list_voice_profiles(
    store: Store, *, voice_profile_domain_id: str
) -> View[VoiceProfile]:
    """Return the profiles of a domain in the order of their creation. AWS: VA-19."""
    return store.voice_profile_domains[voice_profile_domain_id].voice_profiles


def update_voice_profile(
    store: Store, *, voice_profile_id: str, speaker_search_task_id: str
) -> VoiceProfile:
    """Enrol a voice anew, which keeps the profile for another three years.

    AWS: VA-17.
    """
    profile = store.voice_profiles[voice_profile_id]
    task = with_voiceprint(store, speaker_search_task_id)
    if task.voice_profile_domain_id != profile.voice_profile_domain_id:
        raise BadRequestException(
            "SpeakerSearchTaskId must be of a search in VoiceProfileDomain "
            f"'{profile.voice_profile_domain_id}', "
            f"not in '{task.voice_profile_domain_id}'"
        )
    # Searches find profiles by domain and voice.
    with store.voice_profiles.reindexed(profile):
        profile.voice = task.voice
    profile.updated_timestamp = store.now()
    store.voice_profiles.prolong(profile, _expiration(profile.updated_timestamp))
    return profile


def delete_voice_profile(store: Store, *, voice_profile_id: str) -> None:
    """Remove a profile."""
    store.voice_profiles.leave(store.voice_profiles[voice_profile_id])


def _expiration(since: datetime) -> datetime:
    # AWS: VA-18. 29 February does not exist three years later.
    day = 28 if (since.month, since.day) == (2, 29) else since.day
    return since.replace(year=since.year + KEPT_YEARS, day=day)
