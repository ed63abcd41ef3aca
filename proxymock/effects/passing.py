"""Which voice connectors a call passes, found out when it comes to them.

A connector, its settings, a rule, a route and a number may all be changed or deleted
while a call lasts: what it leaves behind goes by what was there. AWS: CE-22.
"""

from __future__ import annotations

from collections.abc import Sequence

from proxymock.state.calls import Call, Effect, Leg, Target
from proxymock.state.passed_connectors import PassedConnector
from proxymock.state.store import Account
from proxymock.state.voice_connectors import VoiceConnector
from proxymock.telephony.routing import Located, connector_with, connectors_of

# The settings that make calls leave anything behind, and what else is needed then.
SWITCHES = frozenset({"LoggingConfiguration", "StreamingConfiguration"})
# What happens to the hosts of a leg.
OF_HOSTS = frozenset({"Dialled", "Unreached"})
NEEDED = ("LoggingConfiguration", "StreamingConfiguration", "Origination")


def note_connectors(account: Account, call: Call) -> None:
    """Let a call that begins know the connectors that it passes. AWS: CE-20."""
    target = call.target
    if target is not None and target.trigger_type == "RequestUriHostname":
        call.legs[0].voice_connector_id = _called(account, target)
    for id in (call.via, call.voice_connector_id, call.legs[0].voice_connector_id):
        if id is not None and (located := connector_with(account, id)) is not None:
            _note(call, located)


def note_host(account: Account, call: Call, effect: Effect) -> None:
    """Let a call know by which connector a host is rung, or has failed. AWS: CE-36."""
    if effect.kind == "Dialled" and call.target is not None:
        note_bridge(account, call, call.leg_with(effect.details["CallId"]))
    if effect.kind == "Unreached":
        leg = call.leg_with(effect.details["CallId"])
        id = leg.voice_connector_id or call.voice_connector_id
        if id in call.connectors:
            call.connectors[id].failures.append(effect.at)


def note_bridge(account: Account, call: Call, leg: Leg) -> None:
    """Let a leg that rings a host for an application know the connector of that."""
    found = connectors_of(account, leg.endpoint_arn) if leg.kind == "AWS" else ()
    # The first, as two of a group may have a route to one host.
    for located in [each for each in found if _routes_to(each[1], leg.hosts[:1])][:1]:
        leg.voice_connector_id = _note(call, located)


def forget_settings(call: Call) -> None:
    """Keep of a call that is over only where it went, for the metrics."""
    for passed in call.connectors.values():
        passed.settings = {}


def _called(account: Account, target: Target) -> str | None:
    """Return the id of the connector whose host is called, if its rule is there."""
    # A rule may have targets of other regions than its own.
    for store in account.stores.values():
        rule = store.sip_rules.get(target.sip_rule_id or "")
        if rule is not None:
            return rule.trigger_value.partition(".")[0]
    return None


def _routes_to(connector: VoiceConnector, hosts: Sequence[str]) -> bool:
    routes = connector.settings.get("Origination", {}).get("Routes", ())
    return any(route["Host"] in hosts for route in routes)


def _note(call: Call, located: Located) -> str:
    """Let a call know a connector as it is now; return the connector's id."""
    store, connector = located
    id, given = connector.voice_connector_id, connector.settings
    if id not in call.connectors:
        passed = PassedConnector(
            region=store.region, encrypted=connector.require_encryption
        )
        if not SWITCHES.isdisjoint(given):
            passed.settings = {name: given[name] for name in NEEDED if name in given}
        call.connectors[id] = passed
    return id
