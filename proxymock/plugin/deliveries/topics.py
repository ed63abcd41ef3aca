"""Messages for the subscribers of a topic on moto's SNS.

moto's own Publish stops at the first subscriber that it cannot serve, and calls no
functions that are bound. So each subscriber gets its message from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from moto.moto_api._internal import mock_random

from proxymock.plugin.deliveries.backends import CannotDeliverError, attempt
from proxymock.plugin.deliveries.bound_functions import invoke
from proxymock.sandbox.exchange import Functions
from proxymock.state.store import new_uuid


def publish(functions: Functions, backend: Any, arn: str, text: str) -> Iterator[str]:
    """Send a text to each subscriber of a topic, and yield who cannot have it.

    AWS: CE-27. Raises what moto does without the topic, and CannotDeliverError.
    """
    topic = backend.get_topic(arn)
    if arn.endswith(".fifo"):  # DOCUMENTED: SNS requires a MessageGroupId
        raise CannotDeliverError("a FIFO topic takes no message without a group")
    id = new_uuid(mock_random)
    topic.sent_notifications.append((id, text, None, {}, None))
    # A copy, since a function that is called may subscribe.
    for subscription in [*backend.subscriptions.values()]:
        if subscription.topic is topic:
            hand = partial(_hand, functions, subscription, id, text)
            yield from attempt(f"subscriber {subscription.endpoint}", hand)


def _hand(functions: Functions, subscription: Any, id: str, text: str) -> None:
    if subscription.protocol == "lambda":
        matcher = subscription._filter_policy_matcher  # moto has it nowhere else
        if matcher is None or matcher.matches({}, text):
            event = _event(subscription, id, text)
            invoke(functions, subscription.endpoint, event)
    else:
        # Older versions of moto miss the attributes if there are none.
        subscription.publish(text, id, message_attributes={})


def _event(subscription: Any, id: str, text: str) -> dict[str, Any]:
    """Return what a function gets: a queue gets the same, but for some names.

    DOCUMENTED: "Invoking Lambda functions with Amazon SNS notifications".
    """
    data = subscription.get_post_data(text, id, None)
    data["SigningCertUrl"] = data.pop("SigningCertURL")
    data["UnsubscribeUrl"] = data.pop("UnsubscribeURL")
    record = {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription.arn,
        "Sns": {**data, "Subject": None, "MessageAttributes": {}},
    }
    return {"Records": [record]}
