"""The resources that calls go through, as nodes and edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.numbers import SEATTLE, acquire
from kit.builders.sip import (
    NUMBER,
    create_application,
    create_rule,
    function,
    host_of,
    own,
)
from proxymock.plugin.sandbox_client import Functions
from proxymock.sandbox.reads.resources import (
    COLUMNS,
    ResourceEdge,
    ResourceNode,
    Resources,
    resources,
)

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read

ARN = function()["LambdaArn"]
OTHER_ARN = function("us-west-2")["LambdaArn"]


def node(
    kind: str, id: str, name: str | None = None, detail: str | None = None, **more: Any
) -> ResourceNode:
    """Return a node of us-east-1, by default."""
    column = COLUMNS.index(kind)
    where = {"region": "us-east-1", **more}
    return ResourceNode(
        id=id, kind=kind, column=column, name=name, detail=detail, **where
    )


def edge(source: str, target: str, label: str | None = None) -> ResourceEdge:
    """Return an edge."""
    return ResourceEdge(source=source, target=target, label=label)


def test_empty(read: Read) -> None:
    """An account without resources has the columns and nothing in them."""
    assert read(resources) == Resources(
        columns=COLUMNS, nodes=(), edges=(), total=0, next_token=None
    )


def test_an_application_behind_a_number(
    client: ChimeSDKVoiceClient, functions: Functions, read: Read
) -> None:
    """A number leads to its rule, the rule to its applications, these to functions."""
    own(client)
    first = create_application(client)
    second = create_application(client, "us-west-2", "Second")
    rule = create_rule(client, NUMBER, first, second)
    functions.bind(ARN, lambda event, context: None)

    assert read(resources) == Resources(
        columns=COLUMNS,
        nodes=(
            node("SipRule", rule, "Rule", NUMBER),
            node("SipMediaApplication", second, "Second"),
            node("SipMediaApplication", first, "IVR"),
            node("PhoneNumber", NUMBER, None, "Assigned"),
            node("Function", OTHER_ARN, None, "not bound", region="us-west-2"),
            node("Function", ARN, None, "bound"),
        ),
        edges=(
            edge(rule, first, "priority 1"),
            edge(rule, second, "priority 2"),
            edge(second, OTHER_ARN),
            edge(first, ARN),
            edge(NUMBER, rule),
        ),
        total=4,
        next_token=None,
    )


def test_a_group_of_connectors(
    client: ChimeSDKVoiceClient, connector_id: str, read: Read
) -> None:
    """A number leads to its group, the group to connectors, these to hosts."""
    routes: Any = [
        {
            "Host": "pbx.example.com",
            "Port": 5060,
            "Protocol": "TCP",
            "Priority": 2,
            "Weight": 1,
        }
    ]
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id, Origination={"Routes": routes, "Disabled": False}
    )
    group = client.create_voice_connector_group(
        Name="Both",
        VoiceConnectorItems=[{"VoiceConnectorId": connector_id, "Priority": 1}],
    )["VoiceConnectorGroup"]["VoiceConnectorGroupId"]
    number = SEATTLE[0]
    acquire(client, number)
    client.associate_phone_numbers_with_voice_connector_group(
        VoiceConnectorGroupId=group, E164PhoneNumbers=[number]
    )
    application = create_application(client)
    rule = create_rule(client, host_of(connector_id), application, Disabled=True)

    shown = read(resources)

    assert shown.nodes == (
        node("SipRule", rule, "Rule", "disabled"),
        node("SipMediaApplication", application, "IVR"),
        node("PhoneNumber", number, None, "Assigned"),
        node("VoiceConnectorGroup", group, "Both", "PriorityWeightedDistribution"),
        node("VoiceConnector", connector_id, "Rides", host_of(connector_id)),
        node("Function", ARN, None, "not bound"),
        node("Host", "pbx.example.com", region=None),
    )
    assert shown.edges == (
        edge(rule, application, "priority 1"),
        edge(application, ARN),
        edge(number, group),
        edge(group, connector_id, "priority 1"),
        edge(connector_id, rule),
        edge(connector_id, "pbx.example.com", "priority 2"),
    )


def test_every_edge_leads_to_the_right(read: Read) -> None:
    """In an account with everything, calls go from each column to a later one."""
    from kit.builders.full_account import create_everything

    create_everything()
    shown = read(resources, max_results=100)

    columns = {each.id: each.column for each in shown.nodes}
    wrong = [
        each for each in shown.edges if columns[each.source] >= columns[each.target]
    ]
    assert wrong == []
    assert {each.column for each in shown.nodes} == {*range(len(COLUMNS))}


class TestPages:
    """Many resources, a few at a time."""

    @pytest.fixture(autouse=True)
    def applications(self, client: ChimeSDKVoiceClient) -> None:
        """Three applications of one function, and a rule for the last two."""
        for name in ("One", "Two", "Three"):
            create_application(client, name=name)

    def names(self, shown: Resources) -> list[str | None]:
        """Return the names of what has one."""
        return [each.name for each in shown.nodes if each.kind != "Function"]

    def test_newest_first(self, read: Read) -> None:
        """Functions come with what leads to them, and are not counted."""
        first = read(resources, max_results=2)
        second = read(resources, max_results=2, next_token=str(first.next_token))

        pages = [*map(self.names, (first, second))]
        assert pages == [["Three", "Two"], ["One"]]
        assert (first.total, second.total, second.next_token) == (3, 3, None)
        assert [each.id for each in second.nodes if each.kind == "Function"] == [ARN]

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ({"filter": "TWO"}, ["Two"]),
            ({"filter": ARN}, ["Three", "Two", "One"]),
            ({"kind": "SipMediaApplication", "filter": "o"}, ["Two", "One"]),
            ({"kind": "SipRule"}, []),
            ({"region": "us-west-2"}, []),
        ],
    )
    def test_filters(
        self, read: Read, filters: dict[str, str], found: list[str]
    ) -> None:
        """Several filters hold together; the total counts what fits."""
        shown = read(resources, **filters)

        assert (self.names(shown), shown.total) == (found, len(found))
