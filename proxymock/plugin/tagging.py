"""What moto's Resource Groups Tagging API asks the backends of all services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from proxymock.api.errors import ResourceLimitExceededException
from proxymock.sandbox.simulation import Simulation
from proxymock.service import tags as service_tags
from proxymock.state.store import Store

try:
    from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource
except ImportError:  # an older moto, whose tagging API knows a fixed list of services
    TaggableResourcesMixin = object  # type: ignore[assignment,misc]


class TaggedResources(TaggableResourcesMixin):
    """The taggable resources of one account in one region."""

    SERVICE_NAMESPACE: ClassVar[str] = "chime"
    region_name: str
    simulation: Simulation

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        """Return the taggable resources, those without tags too."""
        with self._store() as store:
            return iter(
                [
                    TaggedResource(arn, dict(tags), _resource_type(arn))
                    for arn, tags in store.tags.items()
                ]
            )

    def owns_arn(self, arn: str) -> bool:
        """Tell whether *arn* is a resource; moto reports those that nobody owns."""
        with self._store() as store:
            return arn in store.tags

    def tag_resource(self, arn: str, tags: dict[str, str]) -> None:
        """Add tags to a resource, as TagResource does."""
        pairs: list[Mapping[str, str]] = [
            {"Key": key, "Value": value} for key, value in tags.items()
        ]
        with self._store() as store:
            try:
                service_tags.tag_resource(store, resource_arn=arn, tags=pairs)
            except ResourceLimitExceededException as error:
                # The only error that moto reports instead of breaking on it.
                raise NotImplementedError(error.message) from None

    def untag_resource(self, arn: str, tag_keys: list[str]) -> None:
        """Remove tags from a resource, as UntagResource does."""
        with self._store() as store:
            service_tags.untag_resource(store, resource_arn=arn, tag_keys=tag_keys)

    @contextmanager
    def _store(self) -> Iterator[Store]:
        with self.simulation.door as account:
            yield account.store(self.region_name)


def _resource_type(arn: str) -> str:
    """Return the type by which the tagging API filters: ``chime:vc``."""
    kind, _, _ = arn.split(":")[5].partition("/")
    return f"chime:{kind}"
