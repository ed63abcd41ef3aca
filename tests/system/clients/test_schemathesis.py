"""A running server against its OpenAPI document: what it says is what is answered."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from proxymock.sandbox.openapi import PATH, document

if "PROXYMOCK_CLIENTS" not in os.environ:
    pytest.skip(
        "schemathesis is installed by: tox run -e clients", allow_module_level=True
    )
schemathesis: Any = import_module("schemathesis")
EXAMPLES = 25  # of each operation, good and bad ones


described = schemathesis.openapi.from_dict(document())


@described.parametrize()  # type: ignore[untyped-decorator]
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_described(case: Any, server_url: str) -> None:
    """Whatever is asked, status and body are as described, and bad input is refused."""
    # What a schema allows may still be refused: it cannot say that a call exists.
    unknown = schemathesis.checks.positive_data_acceptance
    case.call_and_validate(base_url=f"{server_url}{PATH}", excluded_checks=[unknown])
