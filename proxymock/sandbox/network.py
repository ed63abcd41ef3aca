"""The phone network around one account: calls and texts, and whom they reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from heapq import merge
from ipaddress import IPv4Address

from proxymock.numbering_plan.e164 import NotAPhoneNumberError, parse
from proxymock.sandbox import SandboxError
from proxymock.sandbox.exchange import Deliver, Exchange, Functions
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.progress import Progress
from proxymock.sandbox.views import Interaction, Mask, interaction
from proxymock.service.door import Door
from proxymock.state.calls import Call
from proxymock.state.store import Account
from proxymock.telephony.routing import ANONYMOUS, Type, route, route_to_host
from proxymock.telephony.terminations import route_by

# The user part that a SIP rule takes, as AWS's page on routing calls has it.
_OF_USERS = "A-Z a-z 0-9 & = + $ / % - _ ! ~ * ( ) ."
_SIP_ADDRESS = re.compile(r"sip:([A-Za-z0-9&=+$/%\-_!~*().]{1,36})@([A-Za-z0-9.-]+)")


class Network:
    """The phone network around one account.

    A call that has something to do is *ready*. Whoever comes in by the account's door
    lets the ready calls go on first; nobody is in while a function works.

    Args:
        account: whose numbers.
        door: the way to the account.
        functions: what answers the events of calls.
        deliver: takes what calls leave behind, such as recordings, outside of the door.
    """

    def __init__(
        self, account: Account, door: Door, functions: Functions, deliver: Deliver
    ) -> None:
        self._account = account
        self._exchange = Exchange(account, functions, deliver)
        self.around = self._exchange.around
        self.step = self._exchange.step
        self.texts: dict[int, Interaction] = {}
        # Set from here, since the service knows nothing of telephony.
        door.before = Progress(door, self._exchange, functions).go_on

    def __repr__(self) -> str:
        return f"<Network with {len(self._account.calls)} calls>"

    def party(self, number_or_host: str) -> str:
        """Return a number in E.164, or a host as it is."""
        with suppress(ValueError):  # the digits of an address may look like a number's
            return str(IPv4Address(number_or_host))
        try:
            return parse(number_or_host)
        except NotAPhoneNumberError:
            return number_or_host

    # What parties do, to be called inside of the door.

    def text(self, from_number: str, to_number: str, body: str) -> Interaction:
        """Send a text, and log it. AWS: CE-14."""
        sender, to = _party("Text", from_number), phone_number(to_number, "To")
        way = route(self._account, "Text", sender, to)
        self._exchange.use(way)
        rank = self._account.next_sequence()
        self.texts[rank] = Interaction(
            id=self._account.new_uuid(),
            type="Text",
            from_number=sender,
            to_number=to,
            body=body,
            outcome=way.outcome,
            reason=way.reason,
            connected_to=way.connected_to,
            caller_id=way.caller_id,
            proxy_session_id=way.proxy_session_id,
            voice_connector_id=way.voice_connector_id,
            at=self._account.now(),
        )
        return self.texts[rank]

    def call(
        self,
        from_number: str,
        to_number: str,
        sip_headers: Mapping[str, str] | None = None,
        via: str | None = None,
    ) -> Call:
        """Let a call begin; it goes on when somebody comes in by the door."""
        caller = _party("Call", from_number)
        if to_number.startswith("sip:"):
            if via is not None:
                raise SandboxError("Via must be left out for a SIP address")
            dialled, host = _sip_address(to_number)
            way = route_to_host(self._account, caller, host)
        elif via is not None:
            dialled, way = route_by(self._account, via, caller, to_number)
        else:
            dialled = phone_number(to_number, "To")
            way = route(self._account, "Call", caller, dialled)
        return self._exchange.begin(way, caller, dialled, sip_headers, via)

    # What people look at.

    def log(self) -> Iterator[Interaction]:
        """Yield calls and texts in the order in which they began."""
        calls = ((call.sequence, interaction(call)) for call in self._incoming())
        return (
            each for _, each in merge(calls, self.texts.items(), key=lambda one: one[0])
        )

    def masks(self) -> list[Mask]:
        """Return who is masked to whom, in the order of the sessions' creation."""
        regions = {
            connector.voice_connector_id: store.region
            for store in self._account.stores.values()
            for connector in store.voice_connectors
        }
        return [
            Mask(
                proxy_session_id=session.proxy_session_id,
                voice_connector_id=session.voice_connector_id,
                region=regions[session.voice_connector_id],
                proxy_phone_number=session.proxy_phone_number,
                participants=session.participant_phone_numbers,
                status=session.status,
                expires_at=session.expires_at,
            )
            for session in sorted(
                self._account.numbering.live(), key=lambda session: session.sequence
            )
        ]

    def _incoming(self) -> Iterator[Call]:
        return (c for c in self._account.calls if c.legs[0].direction == "Inbound")


def _party(type: Type, from_number: str) -> str:
    """Return who calls: an E.164 number, or ANONYMOUS. AWS: SB-12."""
    if from_number.lower() != ANONYMOUS:
        return phone_number(from_number, "From")
    if type == "Text":
        raise SandboxError("From must be a phone number: no text hides its sender's")
    return ANONYMOUS


def _sip_address(to_number: str) -> tuple[str, str]:
    """Return the user and the host of a SIP address."""
    address = _SIP_ADDRESS.fullmatch(to_number)
    if address is None:
        raise SandboxError(
            f"To must be sip:USER@HOST, with a user of 1 to 36 of {_OF_USERS}, "
            f"not '{to_number}'"
        )
    user, host = address.groups()
    return user, host.lower()
