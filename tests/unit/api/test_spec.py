from __future__ import annotations

import pytest
from botocore import xform_name
from botocore.loaders import Loader

from proxymock.api import spec
from proxymock.api.neighbours import NEIGHBOURS
from proxymock.api.spec import UnknownRoute, match

CONNECTOR = "voice-connectors"
OTHER_SERVICES = (
    "chime",
    "chime-sdk-identity",
    "chime-sdk-media-pipelines",
    "chime-sdk-meetings",
    "chime-sdk-messaging",
)


@pytest.mark.parametrize(
    ("method", "segments", "query", "name", "labels"),
    [
        ("POST", [CONNECTOR], {}, "CreateVoiceConnector", []),
        ("GET", [CONNECTOR], {"max-results": "1"}, "ListVoiceConnectors", []),
        ("GET", [CONNECTOR, "v"], {}, "GetVoiceConnector", ["v"]),
        ("GET", [CONNECTOR, ""], {}, "GetVoiceConnector", [""]),
        ("GET", [CONNECTOR, "proxy-sessions"], {}, "GetVoiceConnector", None),
        (
            "POST",
            [CONNECTOR, "v", "proxy-sessions", "s/1"],
            {},
            "UpdateProxySession",
            ["v", "s/1"],
        ),
        (
            "POST",
            ["phone-numbers"],
            {"operation": "batch-update"},
            "BatchUpdatePhoneNumber",
            [],
        ),
        (
            "POST",
            ["phone-numbers"],
            {"operation": "batch-delete"},
            "BatchDeletePhoneNumber",
            [],
        ),
        (
            "POST",
            ["phone-numbers", "+12065550100"],
            {},
            "UpdatePhoneNumber",
            ["+12065550100"],
        ),
        (
            "GET",
            ["search"],
            {"type": "phone-numbers", "country": "US"},
            "SearchAvailablePhoneNumbers",
            [],
        ),
    ],
)
def test_match_finds_the_operation(
    method: str,
    segments: list[str],
    query: dict[str, str],
    name: str,
    labels: list[str] | None,
) -> None:
    """A request has one operation, by method, path and the query of the route."""
    operation, values = match(method, segments, query)

    assert operation is spec.operation(name)
    assert values == (segments[1:] if labels is None else labels)


@pytest.mark.parametrize(
    ("method", "segments", "query", "message"),
    [
        ("GET", [""], {}, "Amazon Chime SDK Voice has no GET /"),
        ("GET", ["nope"], {}, "Amazon Chime SDK Voice has no GET /nope"),
        (
            "GET",
            [CONNECTOR, "v", "nope"],
            {},
            "Amazon Chime SDK Voice has no GET /voice-connectors/v/nope",
        ),
        (
            "PATCH",
            [CONNECTOR],
            {},
            "Amazon Chime SDK Voice has no PATCH /voice-connectors",
        ),
        (
            "POST",
            ["phone-numbers"],
            {},
            "Amazon Chime SDK Voice has no POST /phone-numbers",
        ),
        (
            "POST",
            [CONNECTOR],
            {"operation": "nope", "max-results": "1"},
            "Amazon Chime SDK Voice has no POST /voice-connectors?operation=nope",
        ),
        (
            "GET",
            ["emergency-calling"],
            {},
            "Amazon Chime SDK Voice has no GET /emergency-calling",
        ),
        (
            "POST",
            ["meetings"],
            {"operation": "create-attendees"},
            "POST /meetings belongs to Amazon Chime SDK Meetings, "
            "which proxymock does not mock",
        ),
        (
            "GET",
            ["app-instances", "arn:x"],
            {},
            "GET /app-instances/arn:x belongs to Amazon Chime SDK Identity, "
            "which proxymock does not mock",
        ),
    ],
)
def test_unknown_route_says_what_was_asked(
    method: str, segments: list[str], query: dict[str, str], message: str
) -> None:
    """A request without an operation is told what there is not, or whose it is."""
    with pytest.raises(UnknownRoute) as error:
        match(method, segments, query)

    assert str(error.value) == message


def beginning(uri: str) -> str:
    """Return the first segment of a route."""
    return uri.partition("?")[0].split("/")[1]


OURS = {beginning(spec.operation(name).uri) for name in spec.operation_names()}


@pytest.mark.parametrize("service", OTHER_SERVICES)
def test_every_path_of_the_family_is_known(service: str) -> None:
    """A path of another Chime service is ours or in the table of neighbours."""
    model = Loader().load_service_model(service, "service-2")
    theirs = {
        beginning(operation["http"]["requestUri"])
        for operation in model["operations"].values()
    }

    assert theirs - OURS - NEIGHBOURS.keys() == set()


def test_neighbours_have_no_path_of_ours() -> None:
    """No path of the service is taken for another one's."""
    assert OURS & NEIGHBOURS.keys() == set()


def test_snake_case_is_botos() -> None:
    """Every operation and member is spelled as boto3 spells it."""
    names = set(spec.operation_names()).union(
        *(shape.get("members", ()) for shape in spec.description()["shapes"].values())
    )

    assert {name: spec.snake_case(name) for name in names} == {
        name: xform_name(name) for name in names
    }


def test_operation_says_where_members_travel() -> None:
    """An operation knows its labels, its query, its body, its arguments, its result."""
    operation = spec.operation("ListProxySessions")

    assert operation.labels == ("VoiceConnectorId",)
    assert {name: member.wire_name for name, member in operation.query.items()} == {
        "Status": "status",
        "NextToken": "next-token",
        "MaxResults": "max-results",
    }
    assert not operation.has_body
    assert operation.arguments == {
        "VoiceConnectorId": "voice_connector_id",
        "Status": "status",
    }
    assert operation.result == "ProxySessions"


@pytest.mark.parametrize(
    ("name", "checked"),
    [
        ("GetProxySession", []),
        ("ListProxySessions", ["Status", "NextToken", "MaxResults"]),
        (
            "CreateSipMediaApplicationCall",
            [
                "FromPhoneNumber",
                "ToPhoneNumber",
                "SipMediaApplicationId",
                "SipHeaders",
                "ArgumentsMap",
            ],
        ),
    ],
)
def test_ids_in_the_path_are_left_to_the_lookup(name: str, checked: list[str]) -> None:
    """A label is validated only where the operation cannot answer NotFound."""
    assert list(spec.operation(name).checked.members) == checked


def test_operation_without_input_or_output() -> None:
    """Operations that take or answer nothing have the empty structure."""
    assert spec.operation("GetGlobalSettings").input is spec.NOTHING
    assert spec.operation("DeleteProxySession").output is spec.NOTHING


def test_pattern_knows_only_ascii_digits() -> None:
    """The digits of a pattern are those of the service's language."""
    pattern = spec.shape("E164PhoneNumber").pattern

    assert pattern is not None
    assert pattern.fullmatch("+12065550100")
    assert not pattern.fullmatch(
        "+1\u0662\u0660\u0666\u0665\u0665\u0665\u0660\u0661\u0660\u0660"
    )


def test_regions_are_the_descriptions() -> None:
    """The regions are those that a connector can be in."""
    assert spec.regions() == spec.shape("VoiceConnectorAwsRegion").enum
    assert len(spec.regions()) == 10
