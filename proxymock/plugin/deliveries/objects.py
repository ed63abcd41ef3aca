"""Objects, which go to moto's S3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proxymock.effects.deliveries import StoredObject
from proxymock.plugin.deliveries.backends import attempt, loaded
from proxymock.sandbox.exchange import Functions
from proxymock.state.store import Account


def store(
    account: Account, functions: Functions, delivery: StoredObject
) -> Iterator[str]:
    """Put an object into its bucket, if the account has that. AWS: PA-24."""
    place = f"s3://{delivery.bucket}/{delivery.key}"
    backend = loaded("s3", account.account_id, delivery.region)
    if backend is None or delivery.bucket not in backend.buckets:
        yield f"There is no bucket for {place}"
    else:
        yield from attempt(place, lambda: _put(backend, delivery))


def _put(backend: Any, delivery: StoredObject) -> None:
    stored = backend.put_object(delivery.bucket, delivery.key, delivery.body)
    named = {f"x-amz-meta-{n}": v for n, v in delivery.metadata.items()}
    stored.set_metadata({"Content-Type": delivery.content_type, **named})
