"""The settings of a voice connector in a state, checked as the API checks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from proxymock.api import spec
from proxymock.api.errors import VoiceError
from proxymock.sandbox import SandboxError
from proxymock.sandbox.snapshot.places import Place
from proxymock.sandbox.snapshot.schema import an, take_block
from proxymock.service import OPERATIONS
from proxymock.state.store import Store
from proxymock.state.voice_connectors import VoiceConnector

# Those that have a Put of the same name, in an order in which they can be put.
_PUT = (
    "Origination",
    "Termination",
    "StreamingConfiguration",
    "LoggingConfiguration",
    "ExternalSystemsConfiguration",
    "EmergencyCallingConfiguration",
)


def put_settings(store: Store, connector: VoiceConnector, above: Place) -> None:
    """Put the settings of a *connector* that has been read again, one by one.

    So each Put checks and completes its setting. Raises SandboxError.
    """
    at = Place(above, "Settings")
    given, connector.settings = connector.settings, {}
    for name in given:
        if name not in {"Proxy", *_PUT, *_OF_TERMINATION}:
            raise SandboxError(f"{at} has no member {name}")
    if "Proxy" in given:
        connector.settings["Proxy"] = given["Proxy"]
    for name in _PUT:
        if name in given:
            _put(store, connector, name, given[name], at)
    for name, check in _OF_TERMINATION.items():
        if name in given:
            if "Termination" not in given:
                raise SandboxError(f"{at} must have Termination, or no {name}")
            check(an(dict, given[name], at, name), Place(at, name))
            connector.settings[name] = given[name]
    # They keep their order, or a file that is loaded and saved would differ by it.
    connector.settings = {name: connector.settings[name] for name in given}


def _put(
    store: Store, connector: VoiceConnector, name: str, block: Any, at: Place
) -> None:
    operation = spec.operation(f"PutVoiceConnector{name}")
    members = {name: block} if name in operation.arguments else block
    members = {**members, "VoiceConnectorId": connector.voice_connector_id}
    taken = take_block(operation.input, members, at, "")
    arguments = {operation.arguments[name]: value for name, value in taken.items()}
    try:
        OPERATIONS[operation.name](store, **arguments)
    except VoiceError as error:
        raise SandboxError(f"{at}: {error.message}") from None


def _check_credentials(credentials: Mapping[str, Any], at: Place) -> None:
    for username, password in credentials.items():
        an(str, password, at, username)


def _check_health(health: Mapping[str, Any], at: Place) -> None:
    if health.keys() != {"Timestamp", "Source"}:
        raise SandboxError(f"{at} must have the members Timestamp, Source")
    if health["Source"] is not None:
        an(str, health["Source"], at, "Source")


_OF_TERMINATION: Mapping[str, Callable[[Mapping[str, Any], Place], None]] = {
    "TerminationCredentials": _check_credentials,
    "TerminationHealth": _check_health,
}
