"""Samples of the commands that read: good ones, and ones to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.builders.documents import CONNECTOR_ID
from kit.builders.people import ALICE, BOB, CAROL
from proxymock.sandbox import openapi
from proxymock.sandbox.command_table import Command
from proxymock.sandbox.reads import (
    accounts,
    conversations,
    interactions,
    number_choice,
    operations,
    overview,
    people,
    pools,
    requests,
    resources,
    sessions,
)

SESSION_ID = "00000000-0000-4000-8000-000000000001"
PAIR = {
    "voice_connector_id": CONNECTOR_ID,
    "participant_phone_numbers": [ALICE, CAROL],
}
GOOD_READS: list[tuple[Command[..., Any], Mapping[str, Any]]] = [
    (overview.overview, {}),
    (accounts.accounts, {"max_results": 1}),
    (sessions.sessions, {}),
    (sessions.sessions, {"status": "Live", "number": BOB, "max_results": 1}),
    (sessions.session, {"proxy_session_id": SESSION_ID}),
    (people.person, {"number": BOB}),
    (people.person, {"number": "(206) 555-0199", "counterpart": ALICE}),
    (interactions.log, {}),
    (conversations.conversation, {"id": "the call that talks"}),
    (interactions.log, {"type": "Call", "status": "Ringing", "number": BOB}),
    (interactions.log, {"filter": BOB[2:5]}),
    (pools.pools, {}),
    (pools.pools, {"participant": BOB, "max_results": 1}),
    (pools.pools, {"filter": "(206)"}),
    (number_choice.choice, PAIR),
    (number_choice.choice, {**PAIR, "country": "US", "area_code": "206"}),
    (resources.resources, {"kind": "VoiceConnector", "filter": "VC"}),
    (requests.requests, {"ended": True, "outcome": "failed"}),
    (requests.requests, {"filter": "session"}),
    (operations.operations, {"ended": False, "called": True}),
    (openapi.openapi, {}),
]
BAD_READS: list[tuple[Command[..., Any], Mapping[str, Any]]] = [
    (accounts.accounts, {"next_token": "111111111112"}),
    (sessions.sessions, {"status": "Gone"}),
    (sessions.sessions, {"number": "Bob"}),
    (sessions.sessions, {"max_results": 101}),
    (sessions.sessions, {"next_token": "٣"}),
    (sessions.session, {"proxy_session_id": "other"}),
    (people.person, {}),
    (people.person, {"number": "Bob"}),
    (conversations.conversation, {"id": "other"}),
    (interactions.log, {"type": "Fax"}),
    (interactions.log, {"status": "Open"}),
    (interactions.log, {"outcome": "Lost"}),
    (interactions.log, {"counterpart": "Bob"}),
    (pools.pools, {"participant": "Bob"}),
    (number_choice.choice, {**PAIR, "participant_phone_numbers": [ALICE]}),
    (number_choice.choice, {**PAIR, "geo_match_level": "City"}),
    (number_choice.choice, {**PAIR, "country": "US"}),
    (number_choice.choice, {**PAIR, "voice_connector_id": "a" * 22}),
    (resources.resources, {"kind": "Host"}),
    (requests.requests, {"operation": "create_proxy_session"}),
    (requests.requests, {"outcome": "lost"}),
    (requests.requests, {"ended": "maybe"}),
]
