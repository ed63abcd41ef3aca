"""Calls in a state: they go on where they were."""

from __future__ import annotations

from typing import Any

from proxymock.sandbox.snapshot.places import Place, wrong
from proxymock.sandbox.snapshot.reader import read_as
from proxymock.sandbox.snapshot.reading import Reading
from proxymock.sandbox.snapshot.schema import an
from proxymock.state.calls import Request, Target
from proxymock.state.outbound_calls import outbound
from proxymock.state.store import Account
from proxymock.telephony.invocations import invoke_again

# Format 1 had the calls that applications made, by region, and no life of them.
EARLIER_CALLS = "SipMediaApplicationCalls"
_TEXTS = (
    "TransactionId",
    "SipMediaApplicationId",
    "FromPhoneNumber",
    "ToPhoneNumber",
)


def restore_calls(account: Account) -> None:
    """Let the calls that have been read be those of the account, and go on."""
    for call in account.calls:
        call.account_id = account.account_id
        invoke_again(call)
        account.calls.note(call)


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
        reading.register(call, [], {}, at)
