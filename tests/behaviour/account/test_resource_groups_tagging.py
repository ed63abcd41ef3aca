"""Tagged resources, as AWS's Resource Groups Tagging API sees them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.taggable import KINDS, create
from kit.oracles.doors import is_free
from kit.transports.clients import Connect
from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.service.door import Door

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.skipif(
    find_spec("moto.core.resource_tagging") is None,
    reason="this moto's tagging API knows a fixed list of services",
)


@pytest.fixture
def tagging(connect: Connect) -> Any:
    """A client of the tagging API."""
    return connect("resourcegroupstaggingapi")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """What an ARN calls the resource's kind."""
    return str(request.param)


@pytest.fixture
def arn(client: ChimeSDKVoiceClient, kind: str) -> str:
    """The ARN of a resource with tags, beside one of each kind without."""
    for each in KINDS:
        create(client, each)
    return create(client, kind, team="rides", stage="live")


def tags_of(client: ChimeSDKVoiceClient, arn: str) -> dict[str, str]:
    """Return the tags of a resource as the service itself lists them."""
    tags = client.list_tags_for_resource(ResourceARN=arn)["Tags"]
    return {tag["Key"]: tag["Value"] for tag in tags}


def test_tagged_resources_are_found(tagging: Any, arn: str, kind: str) -> None:
    """A resource with tags is found, by its tags and its type too."""
    filters: list[dict[str, Any]] = [
        {},
        {"TagFilters": [{"Key": "team", "Values": ["rides"]}]},
        {"ResourceTypeFilters": ["chime"]},
        {"ResourceTypeFilters": [f"chime:{kind}"]},
    ]

    found = [tagging.get_resources(**filter) for filter in filters]

    tags = [{"Key": "team", "Value": "rides"}, {"Key": "stage", "Value": "live"}]
    assert [answer["ResourceTagMappingList"] for answer in found] == [
        [{"ResourceARN": arn, "Tags": tags}]
    ] * len(filters)


def test_other_types_do_not_match(tagging: Any, arn: str, kind: str) -> None:
    """A filter by the other types does not find a resource."""
    others = [f"chime:{other}" for other in KINDS if other != kind]

    answer = tagging.get_resources(ResourceTypeFilters=others)

    assert answer["ResourceTagMappingList"] == []


def test_keys_and_values_are_known(tagging: Any, arn: str) -> None:
    """The tagging API knows the keys in use, and the values of each."""
    keys = tagging.get_tag_keys()
    values = [tagging.get_tag_values(Key=key) for key in ("team", "stage", "cost")]

    assert keys["TagKeys"] == ["team", "stage"]
    assert [answer["TagValues"] for answer in values] == [["rides"], ["live"], []]


def test_tagging_tags_the_resource(
    client: ChimeSDKVoiceClient, tagging: Any, arn: str
) -> None:
    """Tags that the tagging API sets are the resource's."""
    answer = tagging.tag_resources(
        ResourceARNList=[arn], Tags={"stage": "test", "cost": "1"}
    )

    assert answer["FailedResourcesMap"] == {}
    assert tags_of(client, arn) == {"team": "rides", "stage": "test", "cost": "1"}


def test_untagging_untags_the_resource(
    client: ChimeSDKVoiceClient, tagging: Any, arn: str
) -> None:
    """Tags that the tagging API removes are the resource's no more."""
    answer = tagging.untag_resources(ResourceARNList=[arn], TagKeys=["team"])

    assert answer["FailedResourcesMap"] == {}
    assert tags_of(client, arn) == {"stage": "live"}


@pytest.mark.parametrize(
    ("operation", "tags"),
    [
        ("tag_resources", {"Tags": {"stage": "test"}}),
        ("untag_resources", {"TagKeys": ["stage"]}),
    ],
    ids=["tag", "untag"],
)
def test_an_unknown_resource_cannot_be_tagged(
    tagging: Any, arn: str, operation: str, tags: dict[str, Any]
) -> None:
    """A resource that does not exist is reported as failed."""
    unknown = f"{arn}x"

    answer = getattr(tagging, operation)(ResourceARNList=[unknown], **tags)

    assert list(answer["FailedResourcesMap"]) == [unknown]


def test_a_resource_with_too_many_tags_is_reported(
    client: ChimeSDKVoiceClient, tagging: Any, arn: str
) -> None:
    """A 51st tag is reported as failed, and changes nothing."""
    tags = {f"key{n}": "value" for n in range(50)}

    answer = tagging.tag_resources(ResourceARNList=[arn], Tags=tags)

    assert list(answer["FailedResourcesMap"]) == [arn]
    assert tags_of(client, arn) == {"team": "rides", "stage": "live"}


class Watched(dict[str, dict[str, str]]):
    """The tags of a region, which note if the *door* is free when they are used."""

    def __init__(self, tags: dict[str, dict[str, str]], door: Door) -> None:
        super().__init__(tags)
        self.door = door
        self.free: list[bool] = []

    def __contains__(self, arn: object) -> bool:
        self.free.append(is_free(self.door))
        return super().__contains__(arn)

    def __getitem__(self, arn: str) -> dict[str, str]:
        self.free.append(is_free(self.door))
        return super().__getitem__(arn)

    def items(self) -> Any:
        """Return the ARNs with their tags."""
        self.free.append(is_free(self.door))
        return super().items()


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("get_resources", {}),
        ("tag_resources", {"Tags": {"cost": "1"}}),
        ("untag_resources", {"TagKeys": ["team"]}),
    ],
    ids=["get", "tag", "untag"],
)
def test_nobody_else_is_in_meanwhile(
    client: ChimeSDKVoiceClient,
    tagging: Any,
    operation: str,
    arguments: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The tagging API uses tags behind the account's door, as everybody does."""
    arn = create(client, "vc", team="rides")
    backend = chimesdkvoice_backends["123456789012"]["us-east-1"]
    watched = Watched(backend.store.tags, backend.simulation.door)
    monkeypatch.setattr(backend.store, "tags", watched)
    of = {} if operation == "get_resources" else {"ResourceARNList": [arn]}

    getattr(tagging, operation)(**of, **arguments)

    assert set(watched.free) == {False}
