"""Objects, which go to moto's S3.

moto tells queues, topics and EventBridge of them, as of any object. It calls no
functions that are bound, so these are told from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote_plus

from proxymock.effects.deliveries import StoredObject
from proxymock.plugin.deliveries.backends import attempt, loaded
from proxymock.plugin.deliveries.bound_functions import invoke
from proxymock.sandbox.exchange import Functions
from proxymock.state.store import Account

_CREATED = "ObjectCreated:Put"


def store(
    account: Account, functions: Functions, delivery: StoredObject
) -> Iterator[str]:
    """Put an object into its bucket, if the account has that. AWS: PA-24."""
    place = f"s3://{delivery.bucket}/{delivery.key}"
    backend = loaded("s3", account.account_id, delivery.region)
    bucket = backend.buckets.get(delivery.bucket) if backend is not None else None
    if bucket is None:
        yield f"There is no bucket for {place}"
        return
    yield from attempt(place, partial(_put, backend, delivery))
    # moto stores an object before it tells anybody, which may raise.
    stored = bucket.keys.get(delivery.key)
    if stored is not None:
        named = {f"x-amz-meta-{n}": v for n, v in delivery.metadata.items()}
        stored.set_metadata({"Content-Type": delivery.content_type, **named})
        yield from _notify(functions, bucket, stored, delivery)


def _put(backend: Any, delivery: StoredObject) -> None:
    backend.put_object(delivery.bucket, delivery.key, delivery.body)


def _notify(
    functions: Functions, bucket: Any, stored: Any, delivery: StoredObject
) -> Iterator[str]:
    """Tell the functions that the bucket's configuration names. AWS: CE-15."""
    if bucket.notification_configuration is None:
        return
    # A copy, since a function that is called may change the configuration.
    for wanted in [*bucket.notification_configuration.cloud_function]:
        tell = partial(_tell, functions, wanted, bucket, stored, delivery)
        yield from attempt(f"s3://{bucket.name}: function {wanted.arn}", tell)


def _tell(
    functions: Functions, wanted: Any, bucket: Any, stored: Any, delivery: StoredObject
) -> None:
    if wanted.matches(f"s3:{_CREATED}", delivery.key):
        event = _event(wanted, bucket, stored, delivery)
        invoke(functions, wanted.arn, event)


def _event(
    wanted: Any, bucket: Any, stored: Any, delivery: StoredObject
) -> dict[str, Any]:
    """Return what a function gets: the members that moto sends to queues.

    DOCUMENTED: "Event message structure".
    """
    time = delivery.at.isoformat(timespec="milliseconds")
    record = {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": bucket.region_name,
        "eventTime": time.replace("+00:00", "Z"),
        "eventName": _CREATED,
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": wanted.id,
            "bucket": {"name": bucket.name, "arn": bucket.arn},
            "object": {
                # The slashes are as they are, which moto's queues get encoded.
                "key": quote_plus(delivery.key, safe="/"),
                "size": stored.size,
                "eTag": stored.etag.strip('"'),
            },
        },
    }
    return {"Records": [record]}
