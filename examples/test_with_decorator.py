"""Under pytest, moto's own decorator is enough."""

import boto3
from moto import mock_aws

from delivery import ANA, BEN, Deliveries


@mock_aws
def test_both_know_one_number() -> None:
    """Customer and courier know each other by the same number, which is neither's."""
    deliveries = Deliveries(boto3.client("chime-sdk-voice", region_name="us-east-1"))

    session_id = deliveries.begin(1, ANA, BEN)

    number = deliveries.number_for(ANA, session_id)
    assert deliveries.number_for(BEN, session_id) == number
    assert number not in {ANA.phone_number, BEN.phone_number}
