"""The backend as moto keeps it: one per account and region, gone after a reset."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime, timezone
from typing import Any

from moto.core.base_backend import (
    AccountSpecificBackend,
    BackendDict,
    BaseBackend,
    backend_lock,
)
from moto.core.config import default_user_config
from moto.moto_api import state_manager
from moto.moto_api._internal import mock_random

from proxymock.api import spec
from proxymock.plugin import SERVICE, dashboard, lambdas, metrics
from proxymock.plugin.deliveries import deliver
from proxymock.plugin.requests import has_region
from proxymock.plugin.tagging import TaggedResources
from proxymock.sandbox.simulation import Simulation
from proxymock.service.progress import DEFAULT_TRANSITION
from proxymock.state.options import Options, OptionsError
from proxymock.state.progress import MODELS
from proxymock.state.store import Store


def now() -> datetime:
    """Return the time in UTC, as freezegun or time-machine show it.

    freezegun wrongly adds its ``tz_offset`` to ``now(timezone.utc)``, and its
    ``time.time()`` depends on the caller. Its local time and the distance of that from
    UTC are right, but take five times as long. Only those pay for it who have imported
    freezegun.
    """
    if "freezegun" not in sys.modules:
        return datetime.now(timezone.utc)
    try:
        return datetime.fromtimestamp(datetime.now().timestamp(), timezone.utc)
    except (OverflowError, ValueError):  # at the very end of the year 9999
        return datetime.max.replace(tzinfo=timezone.utc)


def _refuse_astray(others: Mapping[str, Any]) -> None:
    """Raise OptionsError if a setting of ours is among those of *others*."""
    places = [others, *(v for v in others.values() if isinstance(v, Mapping))]
    known = Options.__dataclass_fields__.keys()
    astray = known & {name for place in places for name in place}
    if astray:
        raise OptionsError(
            f"{', '.join(sorted(astray))} must stand below the key 'proxymock': "
            'mock_aws(config={"proxymock": {...}})'
        )


class _ConfiguredOptions:
    """The options of ``mock_aws(config={"proxymock": {...}})``, read when needed."""

    def __init__(self) -> None:
        self._seen: Mapping[str, Any] = {}
        self._options = Options()

    def __call__(self) -> Options:
        config: Mapping[str, Any] = default_user_config
        if config != self._seen:
            _refuse_astray({k: v for k, v in config.items() if k != "proxymock"})
            self._options = Options.of(config.get("proxymock", {}))
            # A copy: a test may change its own dictionary in place.
            self._seen = deepcopy(config)
        return self._options


configured_options = _ConfiguredOptions()
# By account, which all of its regions share; moto makes one backend for each region.
_simulations: dict[str, Simulation] = {}


def _everybody() -> list[Simulation]:
    # A copy: another thread may make an account meanwhile.
    return list(_simulations.values())


def _simulation(account_id: str) -> Simulation:
    # No lock is needed: moto makes and resets one backend at a time, in all accounts.
    simulation = _simulations.get(account_id)
    if simulation is None:
        simulation = _simulations[account_id] = Simulation(
            account_id,
            now,
            mock_random,
            configured_options,
            state_manager.get_transition,
            has_region,
            deliver,
            lambdas.call_url,
            lambdas.of_the_process,
            _everybody,
        )
    return simulation


class ChimeSDKVoiceBackend(TaggedResources, BaseBackend):
    """What moto creates for an account in a region: a view of our own account."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.simulation = _simulation(account_id)

    @property
    def store(self) -> Store:
        """The state of the region."""
        return self.simulation.account.store(self.region_name)

    def reset(self) -> None:
        """Forget the account.

        moto's own method empties the backend for a moment, and a request of another
        thread would fail meanwhile.
        """
        # Not what another region of the account has begun anew.
        if _simulations.get(self.account_id) is self.simulation:
            del _simulations[self.account_id]
        # A function may be at work, for a call that must not go on.
        self.simulation.forget_calls()
        self.simulation = _simulation(self.account_id)

    @property
    def urls(self) -> dict[str, Callable[[Any, str, Any], Any]]:
        """The handler of every URL. moto asks for it at each request."""
        from proxymock.plugin.urls import handlers

        return handlers


class _Backends(BackendDict[ChimeSDKVoiceBackend]):
    """All that moto has created, in every account."""

    def __getitem__(
        self, account_id: str
    ) -> AccountSpecificBackend[ChimeSDKVoiceBackend]:
        found = self.get(account_id)
        if found is not None:
            return found
        # moto looks twice. A reset between the two would raise KeyError in the caller.
        with backend_lock:
            return super().__getitem__(account_id)

    def clear(self) -> None:
        """Forget all accounts, as moto does after it has reset their backends."""
        super().clear()
        _simulations.clear()

    def pop(self, account_id: str, *default: Any) -> Any:
        """Forget one account, as a sandbox does at its end."""
        _simulations.pop(account_id, None)
        return super().pop(account_id, *default)


for model in MODELS:
    state_manager.register_default_transition(model, dict(DEFAULT_TRANSITION))

dashboard.publish(_simulations)
metrics.publish(_simulations)

chimesdkvoice_backends = _Backends(
    ChimeSDKVoiceBackend,
    SERVICE,
    use_boto3_regions=False,
    additional_regions=list(spec.regions()),
)


def simulation_of(account_id: str) -> Simulation:
    """Return the simulation of an account, which all of its regions share."""
    found = _simulations.get(account_id)
    # By way of a backend, which a reset of moto finds. This region always exists.
    return found or chimesdkvoice_backends[account_id]["us-east-1"].simulation
