"""How a test runs pytest on tests of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.metadata import entry_points
from multiprocessing import get_all_start_methods
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from kit.transports.forked_pytest import METHOD, Forked

if TYPE_CHECKING:
    import pytest

TESTS = Path(__file__).parents[2]
INNER = TESTS / "system" / "pytest_plugin" / "inner"
# For a pytest inside a test, which does not read this project's configuration.
WARNINGS_ARE_ERRORS = (
    *("-W", "error"),
    # botocore 1.34 and moto 5.0 are older than Python 3.12, which deprecates it.
    *("-W", "ignore:datetime.datetime.utcnow() is:DeprecationWarning"),
)
# The import of plugins that no inner test uses takes longer than the rest of pytest.
_USED = ("proxymock", "xdist", "xdist.looponfail")
_WITHOUT_THE_OTHERS = [
    option
    for plugin in entry_points(group="pytest11")
    if plugin.name not in _USED
    for option in ("-p", f"no:{plugin.name}")
]
ALONE = ("-p", "no:cacheprovider", *_WITHOUT_THE_OTHERS, *WARNINGS_ARE_ERRORS)


def run_tests(
    pytester: pytest.Pytester, *options: str, nothing_imported: bool = False
) -> pytest.RunResult:
    """Run the test files that a test has written, in a process of their own.

    They may use the kit, as tests do. Some packages are imported already, unless
    none may be.
    """
    path = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, PYTHONPATH=path))
        if not nothing_imported and METHOD in get_all_start_methods():
            stack.enter_context(patch.object(pytester, "popen", Forked))
        return pytester.runpytest_subprocess(*ALONE, "-p", "kit.garbage", *options)


def copy_tests(
    pytester: pytest.Pytester,
    *names: str,
    conftest: str = "",
    modules: Sequence[str] = (),
) -> None:
    """Give the pytest inside a test these files of INNER.

    They are tests, its conftest, and modules that the others import.
    """
    copies = {name: f"test_{name}" for name in names}
    copies |= {name: name for name in modules}
    if conftest:
        copies[conftest] = "conftest"
    for name, copy in copies.items():
        shutil.copy(INNER / f"{name}.py", pytester.path / f"{copy}.py")
