"""Where what calls leave behind is delivered: to moto's other services."""

from __future__ import annotations

import io
import sys
import wave
from collections.abc import Mapping
from typing import Any

from proxymock.state.calls import Call, Effect, Entry
from proxymock.state.store import Account

_RATE = 8000  # samples a second, as of a telephone
_LONGEST = 1.0  # seconds: nobody speaks


def deliver(account: Account, call: Call, effect: Effect) -> None:
    """Deliver what a call leaves behind; what cannot be is a warning of the call."""
    if effect.kind == "Recording" and not _record(account, effect.details):
        missing = "s3://{BucketName}/{Key}".format_map(effect.details)
        text = f"There is no bucket for {missing}"
        call.warnings.append(text)
        call.entries.append(Entry(effect.at, "chime", None, text, wrong=True))


def _record(account: Account, details: Mapping[str, Any]) -> bool:
    """Put a recording into its bucket, and tell whether there is one. AWS: PA-24."""
    bucket, key = details["BucketName"], details["Key"]
    if "moto.s3.models" not in sys.modules:  # so nobody has made a bucket
        return False
    from moto.s3.models import s3_backends

    backends = s3_backends[account.account_id]
    # Older versions of moto know no partitions.
    backend = backends["aws" if "aws" in backends.regions else "global"]
    if bucket not in backend.buckets:
        return False
    stored = backend.put_object(bucket, key, _wav(details["Seconds"]))
    metadata = {f"x-amz-meta-{n}": v for n, v in details["Metadata"].items()}
    stored.set_metadata({"Content-Type": "audio/wav", **metadata})
    return True


def _wav(seconds: float) -> bytes:
    """Return silence of that length, of a second at most."""
    written = io.BytesIO()
    with wave.open(written, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(_RATE)
        audio.writeframes(bytes(2 * int(_RATE * min(seconds, _LONGEST))))
    return written.getvalue()
