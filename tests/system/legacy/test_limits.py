"""Where the limits of the older namespace differ from those of the service."""

from __future__ import annotations

import inspect
import runpy
from pathlib import Path

import pytest

from proxymock.api import legacy, spec
from proxymock.service import OPERATIONS
from system.legacy.chime import MODEL, needs_chime

GENERATOR = Path(__file__).parents[3] / "scripts" / "extract_service.py"
NAMES = legacy.differences()["operations"]


@needs_chime
def test_extract_is_the_installed_botocores() -> None:
    """The extract is what the generator makes of a botocore with the namespace."""
    generator = runpy.run_path(str(GENERATOR))

    extract = generator["extract_legacy"](
        generator["extract"](MODEL), spec.description()
    )

    assert legacy.differences() == extract


def test_limits_are_the_older_ones() -> None:
    """A constraint that differs is the older one, wherever it is found."""
    connectors = legacy.operation("ListVoiceConnectors")
    connector = legacy.operation("CreateVoiceConnector").checked.members
    group = legacy.operation("CreateVoiceConnectorGroup").checked.members

    assert connectors.query["MaxResults"].shape.max == 99
    assert connector["AwsRegion"].shape.enum == ("us-east-1", "us-west-2")
    assert connector["Name"].shape.pattern is None
    assert connector["Name"].shape.max == 256
    item = group["VoiceConnectorItems"].shape.member
    assert item is not None
    assert item.required == ("VoiceConnectorId", "Priority")


def test_limit_of_a_member_is_its_own() -> None:
    """Where the namespaces have different shapes, only that member is another."""
    phone_numbers = legacy.operation("ListPhoneNumbers").query
    orders = legacy.operation("ListPhoneNumberOrders").query

    assert "AcquireFailed" in phone_numbers["Status"].shape.enum
    assert phone_numbers["FilterValue"].shape is not phone_numbers["Status"].shape
    assert phone_numbers["FilterValue"].shape.enum == ()
    assert orders["NextToken"].shape.max is None
    assert phone_numbers["NextToken"].shape.max is None


def test_service_keeps_its_own_limits() -> None:
    """The older limits are the older namespace's alone."""
    shape = spec.operation("ListVoiceConnectors").query["MaxResults"].shape

    assert shape.max == 100


@pytest.mark.parametrize("name", NAMES)
def test_operation_differs_in_its_limits_alone(name: str) -> None:
    """An operation is called and answered as the service's of the same name."""
    older, current = legacy.operation(name), spec.operation(name)
    _, *parameters = inspect.signature(OPERATIONS[name]).parameters.values()

    assert (older.labels, older.arguments, older.has_body, older.output) == (
        current.labels,
        current.arguments,
        current.has_body,
        current.output,
    )
    assert list(older.input.members) == list(current.input.members)
    assert list(older.checked.members) == list(current.checked.members)
    assert {p.name for p in parameters if p.default is p.empty} == {
        older.arguments[member] for member in older.input.required
    }


def test_operation_is_made_once() -> None:
    """The older form of an operation is compiled at its first use."""
    assert legacy.operation("GetProxySession") is legacy.operation("GetProxySession")


@pytest.mark.parametrize("name", ["TagResource", "GetVoiceProfile"])
def test_operation_that_the_namespace_lacks(name: str) -> None:
    """Tags are those of meetings there, and what came later is not there at all."""
    with pytest.raises(spec.UnknownRoute, match=rf"^{name} .* older namespace chime"):
        legacy.operation(name)
