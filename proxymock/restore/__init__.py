"""Operations that botocore dropped come back.

botocore dropped the voice operations of its client ``chime`` in 1.37.2, and marks proxy
sessions as deprecated in ``chime-sdk-voice``. Code that still calls them would end with
an AttributeError before it reaches a mock. ``restore()`` gives the clients what their
botocore has lost, by two things that botocore offers: initializers of sessions, and the
loader of a session's data, to which this adds a place to search. What botocore has is
never changed, and no other process sees anything of it.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from typing import TYPE_CHECKING

import botocore

if TYPE_CHECKING:
    from botocore.session import Session

# The last version that had dropped nothing. What an older one lacks was not there yet:
# code that calls it would work with the mock alone.
COMPLETE = (1, 37, 1)
SWITCH = "PROXYMOCK_RESTORE"


@cache
def restore() -> None:
    """Give all operations to clients of new sessions, and of boto3's default session.

    A second call does nothing. Nothing happens in a session that is made while the
    variable ``PROXYMOCK_RESTORE`` of the environment is ``0``, and with a botocore that
    has dropped nothing.
    """
    botocore.register_initializer(_initialize)
    default = getattr(sys.modules.get("boto3"), "DEFAULT_SESSION", None)
    if default is not None and _is_wanted():
        from proxymock.restore.loading import restored

        # boto3 has no public name for it, and looks its own resources up elsewhere.
        session: Session = default._session
        session.register_component(
            "data_loader", restored(session.get_component("data_loader"))
        )


def _initialize(session: Session) -> None:
    """Let a new *session* load its data by a loader that finds everything."""
    if not _is_wanted():
        return
    # Not at the top: who makes a session has imported it.
    from botocore.loaders import create_loader

    from proxymock.restore.loading import restored

    # Not before it is used: the path may be that of a profile that is chosen later.
    session.lazy_register_component(
        "data_loader",
        lambda: restored(create_loader(session.get_config_variable("data_path"))),
    )


def _is_wanted() -> bool:
    return has_gaps() and os.environ.get(SWITCH) != "0"


def has_gaps() -> bool:
    """Tell whether the installed botocore may have dropped operations."""
    installed = re.findall(r"\d+", botocore.__version__)[:3]
    return tuple(map(int, installed)) > COMPLETE
