"""Both fixtures while the library responses mocks other HTTP."""

from __future__ import annotations

import responses
from test_fresh import use  # type: ignore[import-not-found]  # where it is run

from proxymock import Sandbox


@responses.activate
def test_activated(proxymock: Sandbox, proxymock_server: Sandbox) -> None:
    """What the library replaces is not in the way."""
    use(proxymock)
    use(proxymock_server)
