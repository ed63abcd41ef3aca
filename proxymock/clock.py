"""The time that the service goes by: real time plus what a test lets pass.

>>> from proxymock import clock, mock_aws
>>> with mock_aws():
...     round((clock.advance(minutes=61) - clock.reset()).total_seconds() / 60)
61
"""

from proxymock.plugin.sandbox_client import Clock

__all__ = ["advance", "now", "reset", "set"]

_clock = Clock()
now = _clock.now
advance = _clock.advance
set = _clock.set
reset = _clock.reset
