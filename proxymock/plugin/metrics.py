"""What moto's CloudWatch has of calls: it asks for the metrics when somebody reads.

moto finds those who have metrics by the class that they are of, so there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

from moto.core.common_models import CloudWatchMetricProvider

from proxymock.effects.metrics import NAMESPACE, Datum, metrics
from proxymock.sandbox.simulation import Simulation


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
        with simulation.door as account:
            return [_kept(datum) for datum in metrics(account, region)]


def publish(simulations: Mapping[str, Simulation]) -> None:
    """Let moto show the metrics of all these accounts, by their ids."""
    CallMetrics.simulations = simulations


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
