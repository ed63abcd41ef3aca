"""The recordings of calls, in S3."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator

from proxymock.effects.deliveries import StoredObject
from proxymock.effects.occasions import Occasion

_RATE = 8000  # samples a second, as of a telephone
_LONGEST = 1.0  # seconds: nobody speaks


def recording(occasion: Occasion) -> Iterator[StoredObject]:
    """Put what was recorded into its bucket. AWS: PA-24."""
    details, target = occasion.effect.details, occasion.call.target
    assert target is not None  # whose function has asked for it
    yield StoredObject(
        at=occasion.at,
        region=target.region,
        bucket=details["BucketName"],
        key=details["Key"],
        body=_wav(details["Seconds"]),
        content_type="audio/wav",
        metadata=details["Metadata"],
    )


def _wav(seconds: float) -> bytes:
    """Return silence of that length, of a second at most."""
    written = io.BytesIO()
    with wave.open(written, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(_RATE)
        audio.writeframes(bytes(2 * int(_RATE * min(seconds, _LONGEST))))
    return written.getvalue()
