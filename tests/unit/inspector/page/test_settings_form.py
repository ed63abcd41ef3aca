"""The form of the settings, in the view Controls."""

from __future__ import annotations

import json

import pytest

from .conftest import Look

NUMBER = "+12015550150"
SINKS = {"arn:aws:a": ["arn:aws:sqs:us-east-1:123456789012:calls"]}


@pytest.mark.settings(
    proxy_numbers=[NUMBER], enforce_quotas=True, voice_analytics_sinks=SINKS
)
def test_settings_in_force(look: Look) -> None:
    """The form of the settings shows those in force."""
    main = look("Controls").main

    inputs = (each.attributes for each in main.all("input"))
    values = {each.get("name"): each.get("value") for each in inputs}
    chosen = {
        each.attributes["name"]: option.inside[0]
        for each in main.all("select")
        for option in each.all("option")
        if "selected" in option.attributes
    }
    assert values["ProxyNumbers"] == NUMBER
    assert values["MaxSessionMinutes"] == "720"
    assert json.loads(values["VoiceAnalyticsSinks"] or "") == SINKS
    assert chosen == {
        "Operation": "CreateProxySession",
        "DeletedSessions": "gone",
        "ProxySessions": "available",
        "EnforceQuotas": "yes",
        "Participants": "leg of the event first",
        "HangUpDuringAction": "fails the action",
        "Streaming": "works",
        "AllStartedEvent": "no",
    }
