"""On a unittest class, each test begins with an empty AWS."""

import unittest

import boto3

from delivery import ANA, BEN, Deliveries
from proxymock import mock_aws


@mock_aws
class TestDeliveries(unittest.TestCase):
    """A delivery from its beginning to its end."""

    def setUp(self) -> None:
        """Make a delivery company with one order on its way."""
        self.voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
        self.deliveries = Deliveries(self.voice)
        self.session_id = self.deliveries.begin(1, ANA, BEN)

    def test_open_while_under_way(self) -> None:
        """A session is open for as long as the company's rule says."""
        session = self.deliveries.look_up(self.session_id)

        self.assertEqual("Open", session["Status"])
        self.assertEqual(45, session["ExpiryMinutes"])

    def test_prolonged(self) -> None:
        """A late courier gets more time."""
        self.deliveries.prolong(self.session_id, 90)

        session = self.deliveries.look_up(self.session_id)
        self.assertEqual(90, session["ExpiryMinutes"])

    def test_gone_when_delivered(self) -> None:
        """Nothing is left of a session that has been finished."""
        self.deliveries.finish(self.session_id)

        with self.assertRaises(self.voice.exceptions.NotFoundException):
            self.deliveries.look_up(self.session_id)
