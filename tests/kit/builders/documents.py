"""What a person writes who wants a state."""

from __future__ import annotations

from typing import Any

CONNECTOR_ID = "abcdef1ghij2klmno3pqr4"
PROXY_NUMBER = "+12015550150"


def seed(**connector: Any) -> dict[str, Any]:
    """Return what a person writes who wants a connector and nothing else."""
    written = {
        "VoiceConnectorId": CONNECTOR_ID,
        "Name": "Rides",
        "Settings": {
            "Proxy": {
                "DefaultSessionExpiryMinutes": 60,
                "PhoneNumberCountries": ["US"],
            }
        },
        **connector,
    }
    return {
        "FormatVersion": 1,
        "Regions": {"us-east-1": {"VoiceConnectors": [written]}},
    }
