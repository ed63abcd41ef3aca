"""A masked delivery: customer and courier reach each other, and neither learns how.

``python examples/delivery.py`` plays one through: no AWS account, no network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3

from proxymock import clock, mock_aws, phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.type_defs import ProxySessionTypeDef

    from proxymock.phone import Interaction


HOTLINE = "+18005550199"  # where calls go after a delivery


@dataclass(frozen=True)
class Person:
    """Somebody with a phone."""

    name: str
    phone_number: str


class Deliveries:
    """The program of a delivery company: plain boto3 code, without any mock.

    Args:
        voice: boto3's client of Amazon Chime SDK Voice.
    """

    def __init__(self, voice: ChimeSDKVoiceClient) -> None:
        self._voice = voice
        connector = voice.create_voice_connector(
            Name="Deliveries", RequireEncryption=True
        )
        self.connector_id = connector["VoiceConnector"]["VoiceConnectorId"]
        voice.put_voice_connector_proxy(
            VoiceConnectorId=self.connector_id,
            DefaultSessionExpiryMinutes=45,
            PhoneNumberPoolCountries=["US"],
            FallBackPhoneNumber=HOTLINE,
        )

    def begin(self, order: int, customer: Person, courier: Person) -> str:
        """Mask two people to each other and return the id of their session."""
        answer = self._voice.create_proxy_session(
            VoiceConnectorId=self.connector_id,
            ParticipantPhoneNumbers=[customer.phone_number, courier.phone_number],
            Capabilities=["Voice", "SMS"],
            Name=f"Order {order}",
        )
        return answer["ProxySession"]["ProxySessionId"]

    def look_up(self, session_id: str) -> ProxySessionTypeDef:
        """Return a session as it is now."""
        answer = self._voice.get_proxy_session(
            VoiceConnectorId=self.connector_id, ProxySessionId=session_id
        )
        return answer["ProxySession"]

    def number_for(self, person: Person, session_id: str) -> str:
        """Return the number that stands for the other one on a person's phone."""
        participants = self.look_up(session_id)["Participants"]
        numbers = {p["PhoneNumber"]: p["ProxyPhoneNumber"] for p in participants}
        return numbers[person.phone_number]

    def prolong(self, session_id: str, minutes: int) -> None:
        """Let a session last so many minutes from its beginning."""
        self._voice.update_proxy_session(
            VoiceConnectorId=self.connector_id,
            ProxySessionId=session_id,
            Capabilities=["Voice", "SMS"],
            ExpiryMinutes=minutes,
        )

    def finish(self, session_id: str) -> None:
        """Stop putting calls through: the goods have arrived."""
        self._voice.delete_proxy_session(
            VoiceConnectorId=self.connector_id, ProxySessionId=session_id
        )


ANA = Person("Ana", "+12065550101")
BEN = Person("Ben", "+14155550102")
CLEO = Person("Cleo", "+13125550103")


@mock_aws
def play() -> None:
    """Play a delivery through and print what happens."""
    deliveries = Deliveries(boto3.client("chime-sdk-voice", region_name="us-east-1"))

    order = deliveries.begin(1, ANA, BEN)
    print("Ana orders, Ben delivers. They are masked to each other:")
    _show(deliveries, order, ANA, BEN)

    number = deliveries.number_for(ANA, order)
    print("Ana calls that number, and Ben answers with a text:")
    _tell(phone.call(ANA.phone_number, number))
    _tell(phone.text(BEN.phone_number, number, "Two minutes!"))

    other_order = deliveries.begin(2, CLEO, BEN)
    print("Ben delivers to Cleo too. That takes another number:")
    _show(deliveries, other_order, CLEO, BEN)

    other_number = deliveries.number_for(CLEO, other_order)
    deliveries.finish(other_order)
    print("Cleo has her goods. Her number for Ben leads to the company now:")
    _tell(phone.call(CLEO.phone_number, other_number))

    clock.advance(minutes=46)
    print("An hour later Ana's order has expired, and so has the number:")
    _show(deliveries, order, ANA, BEN)
    _tell(phone.call(ANA.phone_number, number))

    print("Ana orders again, and Ben has the number that she knows:")
    _show(deliveries, deliveries.begin(3, ANA, BEN), ANA, BEN)


def _show(deliveries: Deliveries, session_id: str, *people: Person) -> None:
    session = deliveries.look_up(session_id)
    name, status, minutes = session["Name"], session["Status"], session["ExpiryMinutes"]
    print(f"    {name} is {status}, for {minutes} minutes at most")
    for person, other in zip(people, reversed(people), strict=True):
        number = deliveries.number_for(person, session_id)
        print(
            f"    {person.name} ({person.phone_number}) knows {other.name} as {number}"
        )
    print()


def _tell(interaction: Interaction) -> None:
    print(
        f"    {interaction.type} from {interaction.from_number}: "
        f"{interaction.outcome}, {interaction.connected_to} "
        f"sees {interaction.caller_id}\n"
    )


if __name__ == "__main__":
    play()
