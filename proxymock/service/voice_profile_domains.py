"""Voice profile domains: sets of voice profiles under one encryption key."""

from __future__ import annotations

import re
from collections.abc import Mapping

from proxymock.api.errors import BadRequestException
from proxymock.api.paging import View
from proxymock.service.quotas import check_quota
from proxymock.state.store import Store
from proxymock.state.tags import tags_of
from proxymock.state.voice_analytics import VoiceProfileDomain

# The API's own pattern takes the ARN of anything.
_KMS_KEY = re.compile(r"arn:[^:]+:kms:[^:]+:[^:]+:key/.+")


def create_voice_profile_domain(
    store: Store,
    *,
    name: str,
    server_side_encryption_configuration: Mapping[str, str],
    description: str | None = None,
    client_request_token: str | None = None,
    tags: list[Mapping[str, str]] | None = None,
) -> VoiceProfileDomain:
    """Make a domain without profiles. AWS: VA-13, VA-14."""
    _check_key(server_side_encryption_configuration["KmsKeyArn"])
    members = {
        "Name": name,
        "Description": description,
        "ServerSideEncryptionConfiguration": server_side_encryption_configuration,
        "Tags": tags,
    }
    made = store.client_requests.made(VoiceProfileDomain, client_request_token, members)
    if made is not None:
        return made
    # Not before: a repeated request makes nothing that a quota could forbid.
    check_quota(store, "VoiceProfileDomain", len(store.voice_profile_domains) + 1)
    id = store.new_uuid(lambda region: region.voice_profile_domains, "vpd-")
    now = store.now()
    domain = VoiceProfileDomain(
        voice_profile_domain_id=id,
        voice_profile_domain_arn=store.arn("voice-profile-domain", id),
        name=name,
        description=description,
        server_side_encryption_configuration=server_side_encryption_configuration,
        created_timestamp=now,
        updated_timestamp=now,
        client_request_token=client_request_token,
        sequence=store.account.next_sequence(),
    )
    store.voice_profile_domains.enter(domain, tags_of(tags))
    store.client_requests.add(domain, members)
    return domain


def get_voice_profile_domain(
    store: Store, *, voice_profile_domain_id: str
) -> VoiceProfileDomain:
    """Return a domain."""
    return store.voice_profile_domains[voice_profile_domain_id]


def list_voice_profile_domains(store: Store) -> View[VoiceProfileDomain]:
    """Return the domains in the order of their creation."""
    return store.voice_profile_domains


def update_voice_profile_domain(
    store: Store,
    *,
    voice_profile_domain_id: str,
    name: str | None = None,
    description: str | None = None,
) -> VoiceProfileDomain:
    """Give a domain a name and a description; what is not given stays.

    AWS: API-11.
    """
    domain = store.voice_profile_domains[voice_profile_domain_id]
    if name is not None:
        domain.name = name
    if description is not None:
        domain.description = description
    domain.updated_timestamp = store.now()
    return domain


def delete_voice_profile_domain(store: Store, *, voice_profile_domain_id: str) -> None:
    """Remove a domain with its profiles and tags. AWS: VA-15."""
    domain = store.voice_profile_domains[voice_profile_domain_id]
    # A copy: leaving changes what is walked.
    for profile in list(domain.voice_profiles):
        store.voice_profiles.leave(profile)
    store.voice_profile_domains.leave(domain)


def _check_key(arn: str) -> None:
    if not _KMS_KEY.fullmatch(arn):
        raise BadRequestException(
            "ServerSideEncryptionConfiguration.KmsKeyArn must be the ARN of a KMS key, "
            f"not '{arn}'"
        )
