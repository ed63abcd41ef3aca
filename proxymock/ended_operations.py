"""``proxymock-server --ended``: what was called on a server that AWS has ended."""

from __future__ import annotations

import sys


def tell() -> None:
    """Print to stderr which operations that AWS has ended this process has answered."""
    # Not at the top: the server imports its parts when it has read its options.
    from proxymock.sandbox.journal import ended_calls
    from proxymock.sandbox.reads.operations import dated

    called = dated(ended_calls()) or "none"
    print(f"Operations called that AWS has ended: {called}", file=sys.stderr)
