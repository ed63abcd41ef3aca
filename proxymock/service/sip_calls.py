"""Calls that SIP media applications make, and the arguments for their functions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from proxymock.api.errors import BadRequestException, NotFoundException
from proxymock.numbering_plan.e164 import with_plus
from proxymock.service.quotas import check_quota
from proxymock.service.sip_media_applications import dial_in_number
from proxymock.state.sip import SipMediaApplicationCall
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
) -> SipMediaApplicationCall:
    """Have an application call somebody from a number of the account."""
    application = store.sip_media_applications.get_or_bad_request(
        "SipMediaApplicationId", sip_media_application_id
    )
    caller = dial_in_number(store, "FromPhoneNumber", from_phone_number)
    _check_sip_headers(sip_headers or {})
    calls = store.sip_media_application_calls
    check_quota(store, "SipMediaApplicationCall", len(calls) + 1)
    id = store.new_uuid(lambda region: region.sip_media_application_calls)
    return calls.enter(
        SipMediaApplicationCall(
            transaction_id=id,
            sip_media_application_id=application.sip_media_application_id,
            from_phone_number=caller.e164_phone_number,
            to_phone_number=with_plus(to_phone_number),
            sip_headers=sip_headers or {},
            arguments=arguments_map or {},
            sequence=store.account.next_sequence(),
        ),
    )


def update_sip_media_application_call(
    store: Store,
    *,
    sip_media_application_id: str,
    transaction_id: str,
    arguments: Mapping[str, str],
) -> SipMediaApplicationCall:
    """Send arguments to the function that handles a call."""
    application = store.sip_media_applications[sip_media_application_id]
    call = store.sip_media_application_calls[transaction_id]
    if call.sip_media_application_id != application.sip_media_application_id:
        raise NotFoundException.of("SipMediaApplicationCall", transaction_id)
    call.arguments = arguments
    return call


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
