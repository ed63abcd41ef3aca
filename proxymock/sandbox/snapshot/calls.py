"""Calls in a state: they go on where they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from proxymock.api import spec
from proxymock.effects.formats import can_come_later
from proxymock.sandbox import SandboxError
from proxymock.sandbox.snapshot.places import Place, wrong
from proxymock.sandbox.snapshot.reader import read_as
from proxymock.sandbox.snapshot.reading import Reading
from proxymock.sandbox.snapshot.schema import an
from proxymock.state.calls import Call, Request, Target
from proxymock.state.outbound_calls import outbound
from proxymock.state.store import Account
from proxymock.telephony.invocations import invoke_again
from proxymock.telephony.network import can_fall_due

# Format 1 had the calls that applications made, by region, and no life of them.
EARLIER_CALLS = "SipMediaApplicationCalls"
MOST_MINUTES = 500_000_000  # a thousand years, so that no date goes beyond the last
_FRAGMENT = re.compile(r"\d{47}", re.ASCII)
_TEXTS = (
    "TransactionId",
    "SipMediaApplicationId",
    "FromPhoneNumber",
    "ToPhoneNumber",
)


def restore_calls(account: Account, has_region: Callable[[str], bool]) -> None:
    """Let the calls that have been read be those of the account, and go on.

    Raises SandboxError for one that could not go on.
    """
    for call in account.calls:
        _check(call, has_region)
        call.account_id = account.account_id
        invoke_again(call)
        account.calls.note(call)


def _check(call: Call, has_region: Callable[[str], bool]) -> None:
    """Refuse what no call has. It would fail when the call ends, in somebody's way."""
    at = f"Account.Calls has '{call.transaction_id}', of which"
    regions = [each.region for each in (call.target, *call.candidates) if each]
    regions += [streaming.region for streaming in call.streaming]
    for region in regions:
        if not has_region(region):
            raise SandboxError(f"{at} a Region is none: {region!r}")
    for due in call.due:
        comes = can_come_later(due.what) if not due.call_id else can_fall_due(call, due)
        if not comes:
            raise SandboxError(f"{at} nothing can be due as {due.what!r}")
    for leg in call.legs:
        if not 0 <= leg.logged_minutes <= MOST_MINUTES:
            raise SandboxError(f"{at} LoggedMinutes are not 0 to {MOST_MINUTES}")
    _check_streaming(call, at)


def _check_streaming(call: Call, at: str) -> None:
    kinds = spec.shape("NotificationTarget").enum
    for streaming in call.streaming:
        if not set(kinds).issuperset(streaming.targets):
            raise SandboxError(f"{at} Targets must be among {', '.join(kinds)}")
        for stream in streaming.streams:
            if not _FRAGMENT.fullmatch(stream.start_fragment_number):
                raise SandboxError(f"{at} a StartFragmentNumber is not 47 digits")


def restore_earlier_calls(reading: Reading, entries: Any, above: Place) -> None:
    """Let the calls of a document of format 1 begin."""
    store, here = reading.store, Place(above, EARLIER_CALLS)
    for index, entry in enumerate(an(list, entries, above, EARLIER_CALLS)):
        at = Place(here, index)
        given = an(dict, entry, here, index)
        texts = {name: an(str, given.get(name), at, name) for name in _TEXTS}
        maps = {
            name: read_as(dict[str, str])(reading, given.get(name, {}), at, name)
            for name in ("SipHeaders", "Arguments")
        }
        application = store.sip_media_applications.get(texts["SipMediaApplicationId"])
        if application is None:
            raise wrong(at, "SipMediaApplicationId", "must be one of the region")
        call = outbound(
            transaction_id=texts["TransactionId"],
            call_id=store.account.new_uuid(),
            account_id=store.account.account_id,
            at=store.now(),
            from_number=texts["FromPhoneNumber"],
            to_number=texts["ToPhoneNumber"],
            target=Target(
                application.endpoints[0]["LambdaArn"],
                application.sip_media_application_id,
                store.region,
            ),
            sip_headers=maps["SipHeaders"],
        )
        call.sequence = reading.next_sequence()
        call.requests.append(Request("Create", maps["Arguments"]))
        reading.enter(store.account.calls.enter, call, at)
        # No reader has made it, so nothing else notes its rank.
        reading.register(call, [], {}, at)
