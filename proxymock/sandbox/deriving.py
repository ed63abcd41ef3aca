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
from proxymock.state.analysis_tasks import ACTIVE, AnalysisTask
from proxymock.state.phone_numbers import OUTCOMES, PhoneNumberOrder
from proxymock.state.store import Store
from proxymock.state.voice_connectors import VoiceConnector

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
    for order in store.phone_number_orders.in_progress:
        _order(store, order, decoder.things[order.sequence][1])
    _profiles(decoder, at)
    for connector in store.voice_connectors:
        at_connector = decoder.things[connector.sequence][1]
        put_settings(store, connector, f"{at_connector}.Settings")
        for thing in decoder.inside[connector.sequence]:
            if isinstance(thing, AnalysisTask):
                _task(decoder, connector, thing, decoder.things[thing.sequence][1])
    _requests(decoder, requests, f"{at}.ClientRequests")


def _order(store: Store, order: PhoneNumberOrder, at: str) -> None:
    """Refuse an order in progress unless all its numbers await it."""
    for number, outcome in order.outcomes.items():
        if number not in store.phone_numbers or outcome not in OUTCOMES:
            raise SandboxError(f"{at}.Outcomes must not have {number}: {outcome}")


def _profiles(decoder: Decoder, at: str) -> None:
    for domain in decoder.store.voice_profile_domains:
        if {*decoder.inside[domain.sequence]} != {*domain.voice_profiles}:
            raise SandboxError(f"{at}.VoiceProfiles must be those of the domains")


def _task(
    decoder: Decoder, connector: VoiceConnector, task: AnalysisTask, at: str
) -> None:
    """Let a task enter, and be forgotten one day."""
    tasks, own_id = decoder.store.analysis_tasks, connector.voice_connector_id
    call = task.call_details
    if call.get("VoiceConnectorId") != own_id:
        raise SandboxError(f"{at}.CallDetails.VoiceConnectorId must be '{own_id}'")
    an(str, call.get("TransactionId"), f"{at}.CallDetails.TransactionId")
    if "IsCaller" in call or hasattr(task, "voice_profile_domain_id"):
        an(bool, call.get("IsCaller"), f"{at}.CallDetails.IsCaller")
    if task.status in ACTIVE:
        if task.progress.is_final:
            raise SandboxError(f"{at}.Status must not be {task.status} in the end")
        if task.key in tasks.active:
            raise SandboxError(f"{at} is a second active task of its call")
    decoder.enter(tasks.enter, task, at)


def requests_of(store: Store, encoder: Encoder) -> list[Members]:
    """Return what was asked for with a token, each with what it has made."""
    return [
        {"Made": encoder.value(made, Any), "Members": encoder.value(members, Any)}
        for members, made in store.client_requests
    ]


def _requests(decoder: Decoder, entries: Any, at: str) -> None:
    """Restore what ``requests_of`` returned."""
    store = decoder.store
    made_here = {*store.analysis_tasks, *store.voice_profile_domains}
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
