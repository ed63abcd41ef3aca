"""Calls that SIP media applications make, and the arguments for their functions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from proxymock.api.errors import BadRequestException, NotFoundException
from proxymock.numbering_plan.e164 import with_plus
from proxymock.service.quotas import check_quota
from proxymock.service.sip_media_applications import dial_in_number
from proxymock.state.calls import Call, Request, Target
from proxymock.state.outbound_calls import outbound
from proxymock.state.sip import SipMediaApplication
from proxymock.state.store import Store

# AWS: SM-15. Names and values together.
MAX_SIP_HEADERS_LENGTH = 2048
_SIP_HEADER = re.compile(r"x-(?!amzn).+|user-to-user|diversion", re.ASCII | re.I)


def create_sip_media_application_call(
    store: Store,
    *,
    from_phone_number: str,
    to_phone_number: str,
    sip_media_application_id: str,
    sip_headers: Mapping[str, str] | None = None,
    arguments_map: Mapping[str, str] | None = None,
) -> Call:
    """Have an application call somebody from a number of the account.

    AWS: SM-07. The answer comes before the function is told.
    """
    application = store.sip_media_applications.get_or_bad_request(
        "SipMediaApplicationId", sip_media_application_id
    )
    caller = dial_in_number(store, "FromPhoneNumber", from_phone_number)
    _check_sip_headers(sip_headers or {})
    calls = store.account.calls
    legs = calls.active_legs(store.region) + 1
    check_quota(store, "SipMediaApplicationCall", legs)
    call = outbound(
        transaction_id=store.new_uuid(lambda region: region.account.calls),
        call_id=store.account.new_uuid(),
        account_id=store.account.account_id,
        at=store.now(),
        from_number=caller.e164_phone_number,
        to_number=with_plus(to_phone_number),
        target=Target(
            # The API takes exactly one endpoint.
            function_arn=application.endpoints[0]["LambdaArn"],
            sip_media_application_id=application.sip_media_application_id,
            region=store.region,
        ),
        sip_headers=sip_headers or {},
    )
    call.sequence = store.account.next_sequence()
    # Left to the next who comes in by the door: here the account is locked.
    call.requests.append(Request("Create", arguments_map or {}))
    return calls.enter(call)


def update_sip_media_application_call(
    store: Store,
    *,
    sip_media_application_id: str,
    transaction_id: str,
    arguments: Mapping[str, str],
) -> Call:
    """Send arguments to the function that handles a call."""
    application = store.sip_media_applications[sip_media_application_id]
    call = store.account.calls.get(transaction_id)
    # Another application's call is as unknown as one that never was.
    if call is None or call.ended or not _has(call, store, application):
        raise NotFoundException.of("SipMediaApplicationCall", transaction_id)
    call.requests.append(Request("Update", arguments))
    store.account.calls.note(call)
    return call


def _has(call: Call, store: Store, application: SipMediaApplication) -> bool:
    return call.target is not None and (
        call.target.region,
        call.target.sip_media_application_id,
    ) == (store.region, application.sip_media_application_id)


def _check_sip_headers(headers: Mapping[str, str]) -> None:
    for name in headers:
        if not _SIP_HEADER.fullmatch(name):
            raise BadRequestException(
                "SipHeaders must be User-to-User, Diversion, or begin with x- but not "
                f"with x-amzn, not '{name}'"
            )
    length = sum(len(name) + len(value) for name, value in headers.items())
    if length > MAX_SIP_HEADERS_LENGTH:
        raise BadRequestException(
            f"SipHeaders must have at most {MAX_SIP_HEADERS_LENGTH} characters, "
            f"not {length}"
        )
