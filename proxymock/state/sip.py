"""SIP media applications, the calls that they make, and the rules that call them."""

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


@dataclass(kw_only=True, slots=True, eq=False)
class SipMediaApplicationCall:
    """A call that an application has made, and with which it ends. AWS: SM-07.

    *arguments* are those of the last update, or of the call itself.
    """

    transaction_id: str
    sip_media_application_id: str
    from_phone_number: str
    to_phone_number: str
    sip_headers: Mapping[str, str]
    arguments: Mapping[str, str]
    sequence: int

    @property
    def keys(self) -> set[Key]:
        """What it is found by: its application."""
        return {("SipMediaApplicationId", self.sip_media_application_id)}


class SipMediaApplicationCalls(Indexed[SipMediaApplicationCall]):
    """The calls of a region."""

    def __init__(self) -> None:
        super().__init__("SipMediaApplicationCall", "transaction_id")


class SipMediaApplications(Tagged[SipMediaApplication]):
    """The applications of a region."""

    def __init__(self, tags: Tags, calls: SipMediaApplicationCalls) -> None:
        super().__init__(
            "SipMediaApplication",
            "sip_media_application_id",
            "sip_media_application_arn",
            tags,
        )
        self._calls = calls

    def leave(self, application: SipMediaApplication) -> None:
        """Remove an application, and its calls. AWS: SM-07."""
        key = ("SipMediaApplicationId", application.sip_media_application_id)
        for call in tuple(self._calls.where(key)):
            self._calls.leave(call)
        super().leave(application)


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
            ("TriggerValue", self.trigger_value),
            *(("SipMediaApplicationId", t["SipMediaApplicationId"]) for t in targets),
        }


class SipRules(Indexed[SipRule]):
    """The rules of a region."""

    def __init__(self) -> None:
        super().__init__("SipRule", "sip_rule_id")
