"""The server of the fixtures: in a process of its own, which ends with this one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Thread

from moto import settings

import proxymock

# Not "-m proxymock": a file proxymock.py in the working directory would come first. The
# path of the package is an argument, since only this process may have it in sys.path.
_START = (
    "import sys; sys.path[:] = [*filter(None, sys.path), sys.argv.pop()]; "
    "from proxymock.child_server import main; main()"
)


@contextmanager
def running_server() -> Iterator[str]:
    """Run a server for a while, unless moto is set to use one, and yield its URL.

    Raises ValueError, which says why, if it does not begin.
    """
    if settings.TEST_SERVER_MODE:
        yield settings.test_server_mode_endpoint()
        return
    # In a process of its own: each mock_aws that begins resets a server in this one.
    home = str(Path(proxymock.__file__).parents[1])
    # Without the variable that would give all tests on the server one account.
    environment = {k: v for k, v in os.environ.items() if k != "MOTO_ACCOUNT_ID"}
    with Popen(
        [sys.executable, "-c", _START, home],
        env=environment,
        stdin=PIPE,
        stderr=PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        url = _url(process.stderr)
        # Read the log to its end, or a full pipe would block the server.
        rest = Thread(target=process.stderr.read)
        rest.start()
        try:
            yield url
        finally:
            process.terminate()
            rest.join()


def _url(lines: Iterable[str]) -> str:
    """Return the URL in the *lines* that a server prints. Raises ValueError."""
    line = "it ended at once"
    for line in lines:
        found = re.match(r"Running on (\S+)", line)
        if found is not None:
            return found[1]
    raise ValueError(f"the server does not begin: {line.strip()}")
