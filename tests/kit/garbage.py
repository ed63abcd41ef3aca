"""Hooks of pytest that spare the garbage collector what lives to the end."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

# It runs rarely, and almost never in full: most of what there is has been imported.
gc.set_threshold(50_000, 50, 1_000)


def pytest_collection_finish() -> None:
    """Spare it all that is imported, and the tests, of which there are thousands."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Iterator[None]:
    """Spare it what a file of tests leaves, too.

    That is reports, and the data of botocore that its clients have loaded.
    """
    result = yield
    if nextitem and nextitem.path != item.path:
        gc.collect()
        gc.freeze()
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish() -> Iterator[None]:
    """Search everything once at the end, to find what nobody has closed.

    pytest searches twice after that, and need not search the same things again.
    """
    result = yield
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return result
