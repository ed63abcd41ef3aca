"""A process for pytest that is forked from one where its packages are imported."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from multiprocessing import get_context

# At the top, since pytester drops the modules that a test is the first to import. This
# one knows the process that forks: without it, each test would start another.
from multiprocessing.forkserver import ensure_running, set_forkserver_preload
from typing import Any, Final, TextIO

from kit.measured_processes import are_processes_measured, processes_unmeasured

METHOD: Final = "forkserver"  # which not all systems have
IMPORTED = ["boto3", "flask", "pytest", "responses"]  # not moto: we watch its import


class Forked:
    """What pytester needs of subprocess.Popen."""

    stdin = None

    def __init__(
        self, command: Sequence[Any], stdout: TextIO, stderr: TextIO, **_: Any
    ) -> None:
        python, pytest, *options = map(str, command)
        assert (python, pytest) == (sys.executable, "-mpytest")
        paths = [os.getcwd(), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        set_forkserver_preload(IMPORTED)
        with processes_unmeasured():  # They serve later tests, too.
            installed = _installed()
            ensure_running()
        self._process = get_context(METHOD).Process(
            target=_run,
            args=(options, environment, installed, stdout.name, stderr.name),
            daemon=True,  # it ends with this process, if that is interrupted
        )
        self._process.start()

    def wait(self) -> int:
        """Return the code with which the process has ended."""
        self._process.join()
        code: int | None = self._process.exitcode
        assert code is not None
        self._process.close()
        return code


@cache
def _installed() -> list[str]:
    """Return where a new interpreter looks for packages."""
    program = "import sys; print(*sys.path[1:], sep='\\n')"
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()


def _run(
    options: list[str], environment: dict[str, str], installed: list[str], *outputs: str
) -> None:
    """Run pytest as a new interpreter would that has these packages imported.

    It ends as that would but for what it leaves in memory, which nobody tears down.
    """
    for number, output in enumerate(outputs, 1):
        os.dup2(os.open(output, os.O_WRONLY), number)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = [*environment["PYTHONPATH"].split(os.pathsep), *installed]
    os.chdir(sys.path[0])
    sys.argv[1:] = options
    if are_processes_measured():
        import coverage

        coverage.process_startup()
    import pytest

    try:
        sys.exit(pytest.console_main())
    finally:
        atexit._run_exitfuncs()  # multiprocessing would not
