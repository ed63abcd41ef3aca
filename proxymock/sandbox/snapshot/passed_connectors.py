"""The voice connectors that the calls of a state pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from proxymock.api import spec
from proxymock.api.errors import VoiceError
from proxymock.effects.passing import (
    NEEDED,
    forget_settings,
    note_bridge,
    note_connectors,
)
from proxymock.sandbox import SandboxError
from proxymock.sandbox.snapshot.places import Place
from proxymock.sandbox.snapshot.schema import check_block, take_block
from proxymock.service.connector_settings import check_origination, check_streaming
from proxymock.state.calls import Call
from proxymock.state.passed_connectors import PassedConnector
from proxymock.state.store import Account
from proxymock.state.voice_connectors import Setting

# What the Put of a setting refuses beyond its shape.
_CHECKS: Mapping[str, Callable[[Setting], None]] = {
    "Origination": check_origination,
    "StreamingConfiguration": check_streaming,
}


def check_passed(passed: PassedConnector, at: str) -> None:
    """Refuse settings that no connector has. *at* is what the error begins with."""
    for name, setting in passed.settings.items():
        if name not in NEEDED:
            raise SandboxError(f"{at} Settings must be among {', '.join(NEEDED)}")
        try:
            passed.settings[name] = _taken(name, setting)
        except (SandboxError, VoiceError) as error:
            raise SandboxError(f"{at} {error}") from None


def _taken(name: str, setting: Setting) -> Setting:
    """Return a setting as its Put would have taken it."""
    shape, at = spec.shape(name), Place(None, "Settings")
    check_block(shape, setting, at, name)
    taken: Setting = take_block(shape, setting, at, name)
    if name in _CHECKS:
        _CHECKS[name](taken)
    return taken


def restore_connectors(account: Account, call: Call) -> None:
    """Let a call know its connectors, which states of version 1.0 do not have."""
    if call.legs and not call.connectors:
        note_connectors(account, call)
        for leg in call.legs:
            note_bridge(account, call, leg)
    if call.ended:
        forget_settings(call)
