"""What is set in the environment for other programs."""

from __future__ import annotations

import os

import pytest

from proxymock.plugin import isolation

NOWHERE = os.environ["NOWHERE"]  # a URL at which nobody listens
ENVIRONMENTS = [
    {"AWS_ENDPOINT_URL": NOWHERE},
    {"AWS_ENDPOINT_URL_CHIME_SDK_VOICE": NOWHERE, "AWS_ENDPOINT_URL_STS": NOWHERE},
    {"HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE},
    {"http_proxy": NOWHERE, "https_proxy": NOWHERE},
    {"AWS_CONFIG_FILE": "config"},
    {"AWS_PROFILE": "missing"},
    {"AWS_RETRY_MODE": "nonsense", "AWS_MAX_ATTEMPTS": "0"},
    {"AWS_CA_BUNDLE": "missing.pem", "REQUESTS_CA_BUNDLE": "missing.pem"},
]


@pytest.fixture(autouse=True, params=ENVIRONMENTS)
def surroundings(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set variables, as the first client finds them, whose session the others keep."""
    monkeypatch.setitem(isolation._kept, "session", None)
    for name, value in request.param.items():
        monkeypatch.setenv(name, value)
