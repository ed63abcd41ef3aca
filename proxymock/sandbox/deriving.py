"""What a state need not say because it follows, and its blocks without a kind.

A region's tasks, orders and what falls due follow from the things that are in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.api import spec
from proxymock.sandbox import SandboxError
from proxymock.sandbox.completion import Members
from proxymock.sandbox.connector_blocks import put_settings
from proxymock.sandbox.decoding import Decoder, an
from proxymock.sandbox.encoding import Encoder
from proxymock.sandbox.kinds import check_block
from proxymock.service.analysis_tasks import ACTIVE, AnalysisTask, forget
from proxymock.service.phone_number_orders import OUTCOMES, PhoneNumberOrder
from proxymock.service.phone_numbers import release
from proxymock.service.store import Store
from proxymock.service.voice_connectors import VoiceConnector
from proxymock.service.voice_profiles import expire

# The shapes of the API that a region's settings have.
_SETTINGS = {
    "GlobalSettings": "VoiceConnectorSettings",
    "PhoneNumberSettings": "GetPhoneNumberSettingsResponse",
}


def check_settings(state: Mapping[str, Any], at: str) -> None:
    """Refuse settings that the API would not answer."""
    for name in _SETTINGS.keys() & state.keys():
        check_block(spec.shape(_SETTINGS[name]), state[name], f"{at}.{name}")


def derive(decoder: Decoder, requests: Any, at: str) -> None:
    """Let what has been read of a region follow its way."""
    store = decoder.store
    for number in store.phone_numbers:
        if number.deletion_timestamp is not None:
            store.deadlines.add(number.deletion_timestamp, number, release)
    for order in store.phone_number_orders:
        if not order.progress.is_final:
            _order(store, order, decoder.things[order.sequence][1])
    _profiles(store, at)
    for profile in store.voice_profiles:
        store.deadlines.add(profile.expiration_timestamp, profile, expire)
    for connector in store.voice_connectors:
        at_connector = decoder.things[connector.sequence][1]
        put_settings(store, connector, f"{at_connector}.Settings")
        for task in connector.analysis_tasks:
            _task(store, connector, task, decoder.things[task.sequence][1])
    _requests(decoder, requests, f"{at}.ClientRequests")


def _order(store: Store, order: PhoneNumberOrder, at: str) -> None:
    """Let an order go on, which its numbers await."""
    for number, outcome in order.outcomes.items():
        if number not in store.phone_numbers or outcome not in OUTCOMES:
            raise SandboxError(f"{at}.Outcomes must not have {number}: {outcome}")
    store.orders_in_progress.add(order)


def _profiles(store: Store, at: str) -> None:
    of_domains = {
        (profile, domain.voice_profile_domain_id)
        for domain in store.voice_profile_domains
        for profile in domain.voice_profiles
    }
    if of_domains != {(p, p.voice_profile_domain_id) for p in store.voice_profiles}:
        raise SandboxError(f"{at}.VoiceProfiles must be those of the domains")


def _task(store: Store, connector: VoiceConnector, task: AnalysisTask, at: str) -> None:
    """Let a task be found, and be forgotten one day."""
    call, own_id = task.call_details, connector.voice_connector_id
    if call.get("VoiceConnectorId") != own_id:
        raise SandboxError(f"{at}.CallDetails.VoiceConnectorId must be '{own_id}'")
    an(str, call.get("TransactionId"), f"{at}.CallDetails.TransactionId")
    if "IsCaller" in call or hasattr(task, "voice_profile_domain_id"):
        an(bool, call.get("IsCaller"), f"{at}.CallDetails.IsCaller")
    if task.task_id in store.analysis_tasks:
        raise SandboxError(f"{at} is a second task '{task.task_id}'")
    store.analysis_tasks[task.task_id] = task
    store.deadlines.add(task.forgotten_at, task, forget)
    if task.status in ACTIVE:
        if task.progress.is_final:
            raise SandboxError(f"{at}.Status must not be {task.status} in the end")
        if task.key in store.active_tasks:
            raise SandboxError(f"{at} is a second active task of its call")
        store.active_tasks[task.key] = task


def requests_of(store: Store, encoder: Encoder) -> list[Members]:
    """Return what was asked for with a token, each with what it has made."""
    return [
        {"Made": encoder.value(made, Any), "Members": encoder.value(members, Any)}
        for members, made in store.client_requests
    ]


def _requests(decoder: Decoder, entries: Any, at: str) -> None:
    """Restore what ``requests_of`` returned."""
    store = decoder.store
    made_here = {*store.analysis_tasks.values(), *store.voice_profile_domains}
    for index, entry in enumerate(an(list, entries, at)):
        here = f"{at}[{index}]"
        if an(dict, entry, here).keys() != {"Made", "Members"}:
            raise SandboxError(f"{here} must have the members Made, Members")
        there = f"{here}.Made"
        made = decoder.referred(an(dict, entry["Made"], there).get("$ref"), Any, there)
        if made not in made_here or made.client_request_token is None:
            raise SandboxError(f"{there} must refer to what has a token, and once")
        made_here.remove(made)
        if store.client_requests.has(made):
            raise SandboxError(f"{there} must have a ClientRequestToken of its own")
        members = decoder.value(entry["Members"], dict[str, Any], f"{here}.Members")
        store.client_requests.add(made, members)
