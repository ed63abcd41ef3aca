"""How the fixtures make their clients."""

from __future__ import annotations

import os

import pytest
from botocore.exceptions import DataNotFoundError
from botocore.loaders import JSONFileLoader

from kit.transports.clients import CREDENTIALS, REGION
from proxymock.plugin import isolation


def make() -> None:
    """Make a client as a fixture does."""
    isolation.client("chime-sdk-voice", region_name=REGION, **CREDENTIALS)


def test_second_client_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What botocore has read for the first client of a service, the next ones have."""
    make()
    monkeypatch.setattr(JSONFileLoader, "load_file", pytest.fail)

    make()


def test_session_that_has_found_nothing_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A client that cannot be made, as in a fake file system, spoils no later one."""
    monkeypatch.setitem(isolation._kept, "session", None)
    with monkeypatch.context() as fake:
        fake.setattr(os.path, "isdir", lambda path: False)
        with pytest.raises(DataNotFoundError):
            make()

    make()
