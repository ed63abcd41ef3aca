"""What moto's Resource Groups Tagging API asks the backends of all services."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from proxymock.api.errors import ResourceLimitExceededException
from proxymock.service import tags as service_tags

if TYPE_CHECKING:
    from proxymock.service.store import Store

try:
    from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource
except ImportError:  # an older moto, whose tagging API knows a fixed list of services
    TaggableResourcesMixin = object  # type: ignore[assignment,misc]


class TaggedResources(TaggableResourcesMixin):
    """The taggable resources of one account in one region."""

    SERVICE_NAMESPACE: ClassVar[str] = "chime"

    @property
    @abstractmethod
    def store(self) -> Store:
        """The state of the region."""

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        """Return the taggable resources, those without tags too."""
        with self.store.account.lock:
            return iter(
                [
                    TaggedResource(arn, dict(tags), _resource_type(arn))
                    for arn, tags in self.store.tags.items()
                ]
            )

    def owns_arn(self, arn: str) -> bool:
        """Tell whether *arn* is a resource; moto reports those that nobody owns."""
        return arn in self.store.tags

    def tag_resource(self, arn: str, tags: dict[str, str]) -> None:
        """Add tags to a resource, as TagResource does."""
        pairs: list[Mapping[str, str]] = [
            {"Key": key, "Value": value} for key, value in tags.items()
        ]
        with self.store.account.lock:
            try:
                service_tags.tag_resource(self.store, resource_arn=arn, tags=pairs)
            except ResourceLimitExceededException as error:
                # The only error that moto reports instead of breaking on it.
                raise NotImplementedError(error.message) from None

    def untag_resource(self, arn: str, tag_keys: list[str]) -> None:
        """Remove tags from a resource, as UntagResource does."""
        with self.store.account.lock:
            service_tags.untag_resource(self.store, resource_arn=arn, tag_keys=tag_keys)


def _resource_type(arn: str) -> str:
    """Return the type by which the tagging API filters: ``chime:vc``."""
    kind, _, _ = arn.split(":")[5].partition("/")
    return f"chime:{kind}"
