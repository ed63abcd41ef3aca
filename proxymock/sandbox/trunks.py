"""Calls to a number of the account: to an application or a telephone system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import VoiceConnector

CALLS_ONLY = "The number takes calls only"
RULE_DISABLED = "The SIP rule for this number is disabled"
NO_ROUTE = (
    "No proxy session uses this number and its voice connector has no enabled "
    "origination route"
)
_LAST = 101  # A thing without a priority comes after routes and connectors with one.


class Answer(NamedTuple):
    """An application or a host that answers, or the reason why none does."""

    answered_by: str | None
    reason: str | None
    voice_connector_id: str | None = None


def answer_of(account: Account, type: str, dialled: str) -> Answer | None:
    """Return what answers a number; None if neither a rule nor a connector has it."""
    for store in account.stores.values():
        if dialled in store.phone_numbers:
            number = store.phone_numbers[dialled]
            answer = _of_rule(store, number) or _of_connectors(store, number)
            if answer is not None:
                return answer if type == "Call" else Answer(None, CALLS_ONLY)
    return None


def _of_rule(store: Store, number: PhoneNumber) -> Answer | None:
    """Call the first target of the number's SIP rule. AWS: SB-10."""
    for rule in store.sip_rules.where(("TriggerValue", number.e164_phone_number)):
        if rule.disabled:
            return Answer(None, RULE_DISABLED)
        id = _by_priority(rule.target_applications)[0]["SipMediaApplicationId"]
        return Answer(id, f"SipRule '{rule.sip_rule_id}' calls this application")
    return None


def _of_connectors(store: Store, number: PhoneNumber) -> Answer | None:
    """Call the first route of the number's first connector with any. AWS: SB-11."""
    connectors = [
        connector
        for made in number.associations
        for connector in _connectors(store, made["Name"], made["Value"])
    ]
    for connector in connectors:
        origination = connector.settings.get("Origination", {"Disabled": True})
        if not origination["Disabled"] and "Routes" in origination:
            id = connector.voice_connector_id
            host = _by_priority(origination["Routes"])[0]["Host"]
            return Answer(host, f"VoiceConnector '{id}' routes to this host", id)
    return Answer(None, NO_ROUTE) if number.associations else None


def _connectors(store: Store, name: str, value: str) -> list[VoiceConnector]:
    if name == "VoiceConnectorId":
        return [store.voice_connectors[value]]
    if name != "VoiceConnectorGroupId":
        return []
    items = store.voice_connector_groups[value].voice_connector_items
    return [
        store.voice_connectors[item["VoiceConnectorId"]] for item in _by_priority(items)
    ]


def _by_priority(items: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return *items* with the best priority first, and the greater weight of equals."""
    return sorted(
        items, key=lambda item: (item.get("Priority", _LAST), -item.get("Weight", 0))
    )
