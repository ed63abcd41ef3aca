"""Tags, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping

Tags = dict[str, dict[str, str]]  # of each ARN


def tags_of(tags: list[Mapping[str, str]] | None) -> dict[str, str]:
    """Return a list of tags as the API takes it as a mapping. AWS: TG-02."""
    return {tag["Key"]: tag["Value"] for tag in tags or ()}
