"""As a context manager, here with settings of the mock in a fixture."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ClientError

from delivery import ANA, BEN, CLEO, Deliveries
from proxymock import mock_aws


@pytest.fixture
def deliveries() -> Iterator[Deliveries]:
    """A delivery company for which AWS has one proxy number left."""
    with mock_aws(config={"proxymock": {"proxy_numbers": ["+12065550199"]}}):
        yield Deliveries(boto3.client("chime-sdk-voice", region_name="us-east-1"))


def test_courier_is_masked_to_one_customer_per_number(deliveries: Deliveries) -> None:
    """With one number, a courier can have one customer at a time."""
    first = deliveries.begin(1, ANA, BEN)

    with pytest.raises(ClientError, match="No proxy phone number is free"):
        deliveries.begin(2, CLEO, BEN)

    deliveries.finish(first)
    second = deliveries.begin(2, CLEO, BEN)
    assert deliveries.number_for(CLEO, second) == "+12065550199"
