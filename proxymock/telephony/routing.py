"""Who takes a call or a text. To ask leaves no trace.

The caller and the dialled proxy number identify one counterpart, who sees the proxy
number. Behind other numbers of the account there may be a SIP media application or a
telephone system. The service's own numbers are fictional, so everybody may call from
any number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from proxymock.numbering_plan.fictional_ranges import is_set_aside
from proxymock.service.quotas import breach
from proxymock.state.calls import Target
from proxymock.state.ended_sessions import EndedSession
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.sip import SipRule
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import VoiceConnector

Type = Literal["Call", "Text"]
Outcome = Literal["Connected", "Fallback", "Rejected"]
Located = tuple[Store, VoiceConnector]  # with the region that it is in

ANONYMOUS = "anonymous"  # the caller whose number is hidden, as SIP has it
CAPABILITIES: Mapping[Type, str] = {"Call": "Voice", "Text": "SMS"}

ENDED = "The proxy session has ended"
NO_FALLBACK = "The proxy session has ended and there is no fallback number"
STRANGER = "The caller is in no proxy session behind this number"
HIDDEN = "The caller hides the number that a proxy session would be found by"
UNUSED = "No proxy session uses this number"
NOT_OURS = "The number is no proxy number of this account"
CALLS_ONLY = "The number takes calls only"
RULE_DISABLED = "The SIP rule for this number is disabled"
NO_ROUTE = (
    "No proxy session uses this number and its voice connector has no enabled "
    "origination route"
)
_LAST = math.inf  # the API sets a SIP application's priority no upper limit


class Route(NamedTuple):
    """Where a call or text goes.

    *hosts* are whom a call rings, each after the one before is dead; *targets* the
    applications that it is offered to. *caller_id* is what who is reached is shown.
    """

    outcome: Outcome
    reason: str | None = None
    hosts: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    caller_id: str | None = None
    proxy_session_id: str | None = None
    voice_connector_id: str | None = None

    @property
    def connected_to(self) -> str | None:
        """Who gets a text: a number, None if it reaches nobody."""
        return self.hosts[0] if self.hosts else None


def route(account: Account, type: Type, caller: str, dialled: str) -> Route:
    """Return where a call or text goes. Both numbers are in E.164."""
    # The live before the ended: a number belongs to those who use it now.
    sessions = account.numbering.sessions(caller, dialled)
    if sessions:
        return _masked(type, caller, sessions)
    ended = _last_ended(account, caller, dialled)
    if ended is not None:
        return _after_the_end(type, dialled, *ended)
    if account.numbering.is_in_use(dialled):
        # AWS: SB-07, SB-12
        return Route("Rejected", HIDDEN if caller == ANONYMOUS else STRANGER)
    own = _own(account, type, caller, dialled)
    return own or Route("Rejected", _why_not(account, dialled))


def route_to_host(account: Account, caller: str, host: str) -> Route:
    """Return where a call to a SIP address goes: to the rule for its host."""
    for store in account.stores.values():
        for rule in store.sip_rules.where(("TriggerValue", host)):
            if rule.trigger_type == "RequestUriHostname":
                return _of_rule(account, rule, caller)
    return Route("Rejected", f"No SIP rule has the host {host}")


def hosts_of(account: Account, connector_arn: str) -> Sequence[str]:
    """Return where a voice connector, or a group, sends calls to, first choice first.

    AWS: SB-11.
    """
    found = connectors_of(account, connector_arn)
    return [host for _, connector in found for host in _origination(connector)]


def connectors_of(account: Account, arn: str) -> Iterator[Located]:
    """Yield the voice connector with an ARN, or a group's, first choice first."""
    kind, _, id = arn.rpartition(":")[2].partition("/")
    name = {"vc": "VoiceConnectorId", "vcg": "VoiceConnectorGroupId"}.get(kind, "")
    for store in account.stores.values():
        for connector in _connectors(store, name, id):
            yield store, connector


def connector_with(account: Account, id: str) -> Located | None:
    """Return the voice connector with an id and its region, None if there is none."""
    for store in account.stores.values():
        connector = store.voice_connectors.get(id)
        if connector is not None:
            return store, connector
    return None


def _masked(type: Type, caller: str, sessions: tuple[ProxySession, ...]) -> Route:
    """Put through to the counterpart. AWS: SB-01, SB-02, SB-03."""
    capability = CAPABILITIES[type]
    able = [session for session in sessions if capability in session.capabilities]
    # The newest, if the pair has several behind one number.
    session = (able or sessions)[-1]
    first, second = session.participant_phone_numbers
    masked = Route(
        "Connected",
        hosts=(second if caller == first else first,),
        caller_id=session.proxy_phone_number,
        proxy_session_id=session.proxy_session_id,
        voice_connector_id=session.voice_connector_id,
    )
    if able:
        return masked
    reason = f"The proxy session lacks the capability {capability}"
    return masked._replace(outcome="Rejected", reason=reason, hosts=(), caller_id=None)


def _last_ended(
    account: Account, caller: str, dialled: str
) -> tuple[VoiceConnector, EndedSession] | None:
    found = [
        (connector, ended)
        for store in account.stores.values()
        for connector in store.voice_connectors
        if (ended := connector.proxy_sessions.ended.find(caller, dialled))
        and not _is_of_another(account, dialled, connector)
    ]
    return max(found, key=lambda each: each[1], default=None)


def _is_of_another(account: Account, number: str, connector: VoiceConnector) -> bool:
    """Tell whether a number has been given to anything else. AWS: SB-04."""
    holders = [
        made["Value"]
        for store in account.stores.values()
        if number in store.phone_numbers
        for made in store.phone_numbers[number].associations
    ]
    return bool(holders) and connector.voice_connector_id not in holders


def _after_the_end(
    type: Type, dialled: str, connector: VoiceConnector, ended: EndedSession
) -> Route:
    """Send a call to the fallback number. AWS: SB-04, SB-05, SB-06."""
    over = Route(
        "Rejected",
        ENDED,
        proxy_session_id=ended.proxy_session_id,
        voice_connector_id=connector.voice_connector_id,
    )
    fallback = connector.settings.get("Proxy", {}).get("FallBackPhoneNumber")
    if type == "Text":
        return over
    if fallback is None:
        return over._replace(reason=NO_FALLBACK)
    return over._replace(outcome="Fallback", hosts=(fallback,), caller_id=dialled)


def _own(account: Account, type: Type, caller: str, dialled: str) -> Route | None:
    """Return who answers a number of the account, None if nothing has it."""
    for store in account.stores.values():
        number = store.phone_numbers.get(dialled)
        if number is None:
            continue
        # A rule comes before the connectors that the number is associated with.
        for rule in store.sip_rules.where(("TriggerValue", dialled)):
            found: Route | None = _of_rule(account, rule, caller)
            break
        else:
            found = _of_connectors(store, number, caller)
        if found is not None:
            return found if type == "Call" else Route("Rejected", CALLS_ONLY)
    return None


def _of_rule(account: Account, rule: SipRule, caller: str) -> Route:
    """Offer a call to the targets of a rule, by priority. AWS: SB-10."""
    if rule.disabled:
        return Route("Rejected", RULE_DISABLED)
    targets = tuple(_targets(account, rule))
    for target in targets[:1]:
        legs = account.calls.active_legs(target.region) + 1
        busy = breach(account.options(), "SipMediaApplicationCall", legs)
        if busy is not None:
            return Route("Rejected", busy)
    reason = f"SipRule '{rule.sip_rule_id}' calls this application"
    return Route("Connected", reason, targets=targets, caller_id=caller)


def _targets(account: Account, rule: SipRule) -> Iterator[Target]:
    for item in _by_priority(rule.target_applications):
        id = item["SipMediaApplicationId"]
        for store in account.stores.values():
            application = store.sip_media_applications.get(id)
            if application is not None:
                arn = application.endpoints[0]["LambdaArn"]
                yield Target(arn, id, store.region, rule.sip_rule_id, rule.trigger_type)


def _of_connectors(store: Store, number: PhoneNumber, caller: str) -> Route | None:
    """Call the routes of the number's first connector with any. AWS: SB-11."""
    first: str | None = None
    for made in number.associations:
        for connector in _connectors(store, made["Name"], made["Value"]):
            id = connector.voice_connector_id
            if hosts := _origination(connector):
                return Route(
                    "Connected",
                    f"VoiceConnector '{id}' routes to this host",
                    hosts=hosts,
                    caller_id=caller,
                    voice_connector_id=id,
                )
            first = first or id
    rejected = Route("Rejected", NO_ROUTE, voice_connector_id=first)
    return rejected if number.associations else None


def _origination(connector: VoiceConnector) -> tuple[str, ...]:
    """Return the hosts that a connector sends calls to, none if it is disabled."""
    origination = connector.settings.get("Origination", {"Disabled": True})
    if origination["Disabled"]:
        return ()
    return tuple(each["Host"] for each in _by_priority(origination.get("Routes", ())))


def _connectors(store: Store, name: str, value: str) -> list[VoiceConnector]:
    if name == "VoiceConnectorId":
        connector = store.voice_connectors.get(value)
        return [] if connector is None else [connector]
    group = store.voice_connector_groups.get(value)
    if name != "VoiceConnectorGroupId" or group is None:
        return []
    return [
        store.voice_connectors[item["VoiceConnectorId"]]
        for item in _by_priority(group.voice_connector_items)
    ]


def _by_priority(items: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return *items* with the best priority first, and the greater weight of equals."""
    return sorted(
        items, key=lambda item: (item.get("Priority", _LAST), -item.get("Weight", 0))
    )


def _why_not(account: Account, dialled: str) -> str:
    """Say why nobody can be reached. AWS: SB-07."""
    return UNUSED if _may_be_proxy(account, dialled) else NOT_OURS


def _may_be_proxy(account: Account, number: str) -> bool:
    source = account.options().proxy_numbers
    if source is None:
        return is_set_aside(number)
    # The numbers of connectors have been asked for already.
    return source != "connector" and number in source
