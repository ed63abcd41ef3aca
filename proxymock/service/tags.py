"""Tags of the resources that can have tags."""

from __future__ import annotations

import re
from collections.abc import Mapping

from proxymock.api.errors import (
    BadRequestException,
    NotFoundException,
    ResourceLimitExceededException,
)
from proxymock.state.store import Store
from proxymock.state.tags import tags_of

MAX_TAGS = 50  # per resource, DOCUMENTED
_TAGGABLE = re.compile(
    r"arn:aws:chime:[^:]+:[^:]+:(?:vc|sma|voice-profile-domain)/.+", re.ASCII
)


def tag_resource(
    store: Store, *, resource_arn: str, tags: list[Mapping[str, str]]
) -> None:
    """Add tags to a resource; a key that it has gets the new value. AWS: TG-02."""
    present = _tags(store, resource_arn)
    # Counted before anything changes: replacing a value adds no tag.
    together = present | tags_of(tags)
    if len(together) > MAX_TAGS:
        raise ResourceLimitExceededException(
            f"A resource has at most {MAX_TAGS} tags, not {len(together)}"
        )
    present.update(together)


def untag_resource(store: Store, *, resource_arn: str, tag_keys: list[str]) -> None:
    """Remove tags from a resource; keys that it lacks are ignored."""
    present = _tags(store, resource_arn)
    for key in tag_keys:
        present.pop(key, None)


def list_tags_for_resource(
    store: Store, *, resource_arn: str
) -> list[Mapping[str, str]]:
    """Return the tags of a resource."""
    tags = _tags(store, resource_arn)
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def is_taggable(arn: str) -> bool:
    """Tell whether *arn* is of a kind that has tags."""
    return _TAGGABLE.fullmatch(arn) is not None


def _tags(store: Store, arn: str) -> dict[str, str]:
    # AWS: TG-01
    if not is_taggable(arn):
        raise BadRequestException("Invalid resource")
    if arn not in store.tags:
        raise NotFoundException.of("resource", arn)
    return store.tags[arn]
