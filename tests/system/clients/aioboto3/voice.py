"""What is expected of aioboto3; run by its own Python, in which only it is installed.

It calls the server at ENDPOINT_URL, whose clock stands at NOW.
"""

from __future__ import annotations

import os
import unittest
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

import aioboto3

PEOPLE = ["+14015550101", "+12065550100"]


class VoiceTest(unittest.IsolatedAsyncioTestCase):
    """Each test has a connector of its own."""

    async def asyncSetUp(self) -> None:
        """Make a client and a connector that makes proxy sessions."""
        stack = AsyncExitStack()
        self.addAsyncCleanup(stack.aclose)
        self.client: Any = await stack.enter_async_context(
            aioboto3.Session().client(
                "chime-sdk-voice", endpoint_url=os.environ["ENDPOINT_URL"]
            )
        )
        answer = await self.client.create_voice_connector(
            Name="Rides", RequireEncryption=True
        )
        self.connector_id = answer["VoiceConnector"]["VoiceConnectorId"]
        await self.client.put_voice_connector_proxy(
            VoiceConnectorId=self.connector_id,
            DefaultSessionExpiryMinutes=60,
            PhoneNumberPoolCountries=["US"],
        )

    async def create_session(self, **members: Any) -> dict[str, Any]:
        """Return a new proxy session."""
        answer = await self.client.create_proxy_session(
            VoiceConnectorId=self.connector_id,
            **{
                "ParticipantPhoneNumbers": PEOPLE,
                "Capabilities": ["Voice", "SMS"],
                **members,
            },
        )
        session: dict[str, Any] = answer["ProxySession"]
        return session

    async def test_session_lives_and_ends(self) -> None:
        """A proxy session is made, read, changed and deleted."""
        made = await self.create_session()
        ids = {
            "VoiceConnectorId": self.connector_id,
            "ProxySessionId": made["ProxySessionId"],
        }

        read = await self.client.get_proxy_session(**ids)
        changed = await self.client.update_proxy_session(
            **ids, Capabilities=["SMS"], ExpiryMinutes=5
        )
        await self.client.delete_proxy_session(**ids)

        self.assertEqual(read["ProxySession"], made)
        self.assertEqual(changed["ProxySession"]["ExpiryMinutes"], 5)
        with self.assertRaises(self.client.exceptions.NotFoundException):
            await self.client.get_proxy_session(**ids)

    async def test_timestamps_are_datetimes(self) -> None:
        """A timestamp is a datetime with a zone, to the millisecond."""
        session = await self.create_session()

        now = datetime.fromisoformat(os.environ["NOW"])
        self.assertEqual(session["CreatedTimestamp"], now)

    async def test_list_has_pages(self) -> None:
        """A list is read page by page."""
        made = [(await self.create_session())["ProxySessionId"] for _ in range(3)]

        found = []
        page: dict[str, Any] = {"NextToken": None}
        while "NextToken" in page:
            token = {"NextToken": page["NextToken"]} if page["NextToken"] else {}
            page = await self.client.list_proxy_sessions(
                VoiceConnectorId=self.connector_id, MaxResults=2, **token
            )
            found.append([each["ProxySessionId"] for each in page["ProxySessions"]])

        self.assertEqual(found, [made[:2], made[2:]])

    async def test_bad_input_is_the_clients_exception(self) -> None:
        """Input that breaks a rule raises the class that the client has for it."""
        with self.assertRaises(self.client.exceptions.BadRequestException) as raised:
            await self.create_session(ParticipantPhoneNumbers=["+12065550100", "Bob"])

        error = raised.exception.response["Error"]
        self.assertEqual(error["Code"], "BadRequestException")
        self.assertIn("ParticipantPhoneNumbers[1]", error["Message"])

    async def test_order_is_polled_to_its_end(self) -> None:
        """An order of a phone number is in progress at first, and then successful."""
        found = await self.client.search_available_phone_numbers(
            AreaCode="206", MaxResults=1
        )
        answer = await self.client.create_phone_number_order(
            ProductType="VoiceConnector", E164PhoneNumbers=found["E164PhoneNumbers"]
        )
        statuses = [answer["PhoneNumberOrder"]["Status"]]
        while statuses[-1] == "Processing":
            answer = await self.client.get_phone_number_order(
                PhoneNumberOrderId=answer["PhoneNumberOrder"]["PhoneNumberOrderId"]
            )
            statuses.append(answer["PhoneNumberOrder"]["Status"])

        self.assertEqual(statuses, ["Processing", "Successful"])


if __name__ == "__main__":
    unittest.main()
