"""A running server against its OpenAPI document: what it says is what is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from kit.transports.servers import running
from proxymock.sandbox.openapi import PATH, document
from proxymock.server import application

schemathesis: Any = pytest.importorskip(
    "schemathesis", reason="it is installed by: tox run -e openapi"
)
EXAMPLES = 25  # of each operation, good and bad ones


described = schemathesis.openapi.from_dict(document())


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server in a thread."""
    with running(application) as (url, _):
        yield f"{url}{PATH}"


@described.parametrize()  # type: ignore[untyped-decorator]
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_described(case: Any, url: str) -> None:
    """Whatever is asked, status and body are as described, and bad input is refused."""
    # What a schema allows may still be refused: it cannot say that a call exists.
    unknown = schemathesis.checks.positive_data_acceptance
    case.call_and_validate(base_url=url, excluded_checks=[unknown])
