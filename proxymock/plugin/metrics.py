"""What moto's CloudWatch has of calls: it asks for the metrics when somebody reads.

moto finds those who have metrics by the class that they are of, so there is one.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, ClassVar

from moto.core.common_models import CloudWatchMetricProvider

from proxymock.effects.metrics import NAMESPACE, Datum, Window, metrics
from proxymock.sandbox.simulation import Simulation

_METHODS = frozenset({"get_metric_data", "get_metric_statistics", "list_metrics"})


class CallMetrics(CloudWatchMetricProvider):
    """The metrics of the calls of all accounts."""

    simulations: ClassVar[Mapping[str, Simulation]] = {}

    @classmethod
    def get_cloudwatch_metrics(cls, account_id: str, region: str | None = None) -> Any:
        """Return the metrics of an account, as moto keeps them.

        Older versions of moto name no region, and have the same in each.
        """
        simulation = cls.simulations.get(account_id)
        if simulation is None:
            return []
        method, asked = _read()
        with simulation.door as account:
            found: Iterable[Datum] = metrics(account, region, asked)
            if method == "list_metrics":  # names and dimensions alone
                found = {(each.name, each.dimension): each for each in found}.values()
            return [_kept(datum) for datum in found]


def publish(simulations: Mapping[str, Simulation]) -> None:
    """Let moto show the metrics of all these accounts, by their ids."""
    CallMetrics.simulations = simulations


def _read() -> tuple[str | None, Window | None]:
    """Return the method of the backend that reads, and the time that it asks for.

    moto asks for all and then takes what it needs: a call of 15 days would have a
    million values. What it needs stands in the frame of the method. Where that is not
    known, all is read.
    """
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_name not in _METHODS:
        frame = frame.f_back
    if frame is None:
        return None, None
    times = (frame.f_locals.get(name) for name in ("start_time", "end_time"))
    found = [_utc(time) for time in times if isinstance(time, datetime)]
    return frame.f_code.co_name, Window(*found) if len(found) == 2 else None


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=timezone.utc) if at.tzinfo is None else at


def _kept(datum: Datum) -> Any:
    """Return a value as moto keeps it.

    moto's class would keep each object for its dashboard, at each reading.
    """
    model = _model(*datum.dimension)
    made = object.__new__(type(model))
    vars(made).update(
        vars(model),
        name=datum.name,
        value=datum.value,
        # Whether moto's own times have a zone depends on its version. All are UTC.
        timestamp=datum.at.replace(tzinfo=model.timestamp.tzinfo),
        unit=datum.unit,
    )
    return made


@lru_cache
def _model(name: str, value: str) -> Any:
    # CloudWatch asks, so it is loaded.
    from moto.cloudwatch.models import MetricDatum

    return MetricDatum(NAMESPACE, "", 0, [{"Name": name, "Value": value}], None)
