"""The masked delivery without proxy sessions: numbers of one's own, and a function.

``python examples/masked_by_function.py`` plays one through: no AWS account, no network.

Customer and courier dial one of the company's numbers. Its SIP media application asks
the function, which looks up who is meant by the number and the caller, and has them
called. Texts have no replacement: SIP media applications know none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3

from delivery import ANA, BEN, HOTLINE, Person
from proxymock import clock, functions, mock_aws, phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

MASKING = "arn:aws:lambda:us-east-1:123456789012:function:masking"
NUMBERS = ["+12065550120", "+12065550121"]
LONGEST = timedelta(minutes=45)

Action = dict[str, Any]


class MaskingFunction:
    """What Lambda runs, when calls come in and when they end.

    Args:
        dynamodb: boto3's client, for the table ``Masks``.
    """

    def __init__(self, dynamodb: Any) -> None:
        self._dynamodb = dynamodb

    def handle(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """Return what to do about an event of a call."""
        actions: list[Action] = []
        legs = event["CallDetails"]["Participants"]
        if event["InvocationEventType"] == "NEW_INBOUND_CALL":
            actions = [self._put_through(legs[0])]
        elif event["InvocationEventType"] == "ACTION_FAILED":
            actions = [_hang_up(legs[0], 480)]  # Nobody answers the caller.
        elif event["InvocationEventType"] == "HANGUP":
            # Without this the other one would stay on the line, and be billed.
            left = [leg for leg in legs if leg.get("Status") == "Connected"]
            actions = [_hang_up(leg) for leg in left]
        return {"SchemaVersion": "1.0", "Actions": actions}

    def _put_through(self, caller: dict[str, Any]) -> Action:
        key = {"Number": {"S": caller["To"]}, "Caller": {"S": caller["From"]}}
        mask = self._dynamodb.get_item(TableName="Masks", Key=key).get("Item")
        if mask is None:
            return _hang_up(caller, 480)  # A stranger, who has dialled at random.
        # The time of the call, by the clock of the service.
        is_live = int(caller["StartTimeInMilliseconds"]) < int(mask["EndsAt"]["N"])
        uri = mask["Other"]["S"] if is_live else HOTLINE
        return {
            "Type": "CallAndBridge",
            "Parameters": {
                "CallerIdNumber": caller["To"],  # instead of the caller's own
                "Endpoints": [{"BridgeEndpointType": "PSTN", "Uri": uri}],
            },
        }


def _hang_up(leg: dict[str, Any], sip_response_code: int = 0) -> Action:
    parameters = {"CallId": leg["CallId"], "SipResponseCode": sip_response_code}
    return {"Type": "Hangup", "Parameters": parameters}


class NoNumberLeft(Exception):
    """Each number already stands for somebody else on one of the two phones."""


class DeliveriesByFunction:
    """What a delivery company runs, with the methods of ``delivery.Deliveries``.

    Args:
        voice: boto3's client of Amazon Chime SDK Voice.
        dynamodb: boto3's client of DynamoDB.
        now: the time, UTC.
        numbers: what the company buys to mask with.
    """

    def __init__(
        self,
        voice: ChimeSDKVoiceClient,
        dynamodb: Any,
        now: Callable[[], datetime],
        numbers: Sequence[str] = NUMBERS,
    ) -> None:
        self._dynamodb = dynamodb
        self._now = now
        self._numbers = numbers
        _create_table(dynamodb, "Masks", "Number", "Caller")
        _create_table(dynamodb, "Orders", "Order")
        _answer_calls(voice, numbers)

    def begin(self, order: int, customer: Person, courier: Person) -> str:
        """Mask two people to each other and return the id of their order.

        Raises NoNumberLeft.
        """
        id = f"order-{order}"
        pair = (customer.phone_number, courier.phone_number)
        # The number that the two know comes first.
        for number in sorted(self._numbers, key=lambda n: not self._knows(n, *pair)):
            if self._claim(id, number, *pair):
                return id
        raise NoNumberLeft(id)

    def number_for(self, person: Person, id: str) -> str:
        """Return the number that stands for the other one on a person's phone."""
        return self._order(id)["Number"]

    def finish(self, id: str) -> None:
        """Stop putting calls through: the goods have arrived."""
        order = self._order(id)
        for caller in (order["Customer"], order["Courier"]):
            self._dynamodb.update_item(
                TableName="Masks",
                Key={"Number": {"S": order["Number"]}, "Caller": {"S": caller}},
                UpdateExpression="SET EndsAt = :now",
                ExpressionAttributeValues={
                    ":now": {"N": str(_milliseconds(self._now()))}
                },
            )

    def _order(self, id: str) -> dict[str, str]:
        answer = self._dynamodb.get_item(TableName="Orders", Key={"Order": {"S": id}})
        return {name: value["S"] for name, value in answer["Item"].items()}

    def _knows(self, number: str, customer: str, courier: str) -> bool:
        key = {"Number": {"S": number}, "Caller": {"S": customer}}
        mask = self._dynamodb.get_item(TableName="Masks", Key=key).get("Item")
        return mask is not None and mask["Other"]["S"] == courier

    def _claim(self, id: str, number: str, customer: str, courier: str) -> bool:
        """Let a number stand for two people, unless it does for another on a phone."""
        order = {
            "Order": {"S": id},
            "Number": {"S": number},
            "Customer": {"S": customer},
            "Courier": {"S": courier},
        }
        try:
            self._dynamodb.transact_write_items(
                TransactItems=[
                    self._mask(number, customer, courier),
                    self._mask(number, courier, customer),
                    {"Put": {"TableName": "Orders", "Item": order}},
                ]
            )
        except self._dynamodb.exceptions.TransactionCanceledException:
            return False
        return True

    def _mask(self, number: str, caller: str, other: str) -> dict[str, Any]:
        now = self._now()
        return {
            "Put": {
                "TableName": "Masks",
                "Item": {
                    "Number": {"S": number},
                    "Caller": {"S": caller},
                    "Other": {"S": other},
                    "EndsAt": {"N": str(_milliseconds(now + LONGEST))},
                },
                "ConditionExpression": "attribute_not_exists(Caller) OR EndsAt <= :now",
                "ExpressionAttributeValues": {":now": {"N": str(_milliseconds(now))}},
            }
        }


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _create_table(dynamodb: Any, name: str, *keys: str) -> None:
    dynamodb.create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": key, "KeyType": type}
            for key, type in zip(keys, ("HASH", "RANGE"), strict=False)
        ],
        AttributeDefinitions=[
            {"AttributeName": key, "AttributeType": "S"} for key in keys
        ],
        BillingMode="PAY_PER_REQUEST",
    )


def _answer_calls(voice: ChimeSDKVoiceClient, numbers: Sequence[str]) -> None:
    """Buy numbers, and let the function take the calls to each."""
    order = voice.create_phone_number_order(
        ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[*numbers]
    )["PhoneNumberOrder"]
    order_id = order["PhoneNumberOrderId"]
    while order["Status"] == "Processing":
        order = voice.get_phone_number_order(PhoneNumberOrderId=order_id)[
            "PhoneNumberOrder"
        ]
    application = voice.create_sip_media_application(
        AwsRegion="us-east-1", Name="Masking", Endpoints=[{"LambdaArn": MASKING}]
    )["SipMediaApplication"]
    for number in numbers:
        voice.create_sip_rule(
            Name=f"Masking {number[1:]}",
            TriggerType="ToPhoneNumber",
            TriggerValue=number,
            TargetApplications=[
                {
                    "SipMediaApplicationId": application["SipMediaApplicationId"],
                    "Priority": 1,
                    "AwsRegion": application["AwsRegion"],
                }
            ],
        )


@mock_aws
def play() -> None:
    """Play a delivery through and print what happens."""
    dynamodb: Any = boto3.client("dynamodb", region_name="us-east-1")
    voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
    functions.bind(MASKING, MaskingFunction(dynamodb).handle)
    deliveries = DeliveriesByFunction(voice, dynamodb, clock.now)

    order = deliveries.begin(1, ANA, BEN)
    number = deliveries.number_for(ANA, order)
    print(f"Ana orders, Ben delivers. Both know each other as {number}. Ana calls:\n")
    with phone.call(ANA.phone_number, number) as call:
        pass  # They talk, and Ana hangs up.
    print(call.ladder())

    deliveries.finish(order)
    with phone.call(ANA.phone_number, number) as call:
        print(f"\nAfter the delivery her call leads to {call.connected_to}.")


if __name__ == "__main__":
    play()
