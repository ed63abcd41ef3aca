"""What the actions do. To import this package is to have all of them."""

from proxymock.telephony.actions import (
    bridging,
    digits,
    meetings,
    recording,
    speaking,
)

__all__ = ["bridging", "digits", "meetings", "recording", "speaking"]
