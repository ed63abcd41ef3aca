"""SIP media applications, and the rules that call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from proxymock.state.tables import Indexed, Key, Tagged
from proxymock.state.tags import Tags
from proxymock.state.voice_connectors import Setting


@dataclass(kw_only=True, slots=True, eq=False)
class SipMediaApplication:
    """An application, with its settings."""

    sip_media_application_id: str
    aws_region: str
    name: str
    endpoints: list[Mapping[str, str]]
    created_timestamp: datetime
    updated_timestamp: datetime
    sip_media_application_arn: str
    sequence: int
    # AWS: SM-04. Nothing is logged before the first Put.
    logging: Setting = field(
        default_factory=lambda: {"EnableSipMediaApplicationMessageLogs": False}
    )
    alexa_skill: Setting | None = None


class SipMediaApplications(Tagged[SipMediaApplication]):
    """The applications of a region."""

    def __init__(self, tags: Tags) -> None:
        super().__init__(
            "SipMediaApplication",
            "sip_media_application_id",
            "sip_media_application_arn",
            tags,
        )


@dataclass(kw_only=True, slots=True, eq=False)
class SipRule:
    """A trigger and the applications that it calls, in the order of their priority."""

    sip_rule_id: str
    name: str
    disabled: bool
    trigger_type: str
    trigger_value: str
    target_applications: list[Mapping[str, Any]]
    created_timestamp: datetime
    updated_timestamp: datetime
    sequence: int

    @property
    def keys(self) -> set[Key]:
        """What it is found by: its trigger and each of its targets."""
        targets = self.target_applications
        return {
            # A trigger is a number or a host, and no text is both.
            ("TriggerValue", self.trigger_value),
            *(("SipMediaApplicationId", t["SipMediaApplicationId"]) for t in targets),
        }


class SipRules(Indexed[SipRule]):
    """The rules of a region."""

    def __init__(self) -> None:
        super().__init__("SipRule", "sip_rule_id")
