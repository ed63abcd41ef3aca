"""What the tests of the metrics of calls read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from kit.transports.clients import Connect

NAMESPACE = "AWS/ChimeVoiceConnector"
NOON = datetime(2100, 1, 2, 12, tzinfo=timezone.utc)


def sums(
    connect: Connect,
    name: str,
    connector_id: str | None = None,
    statistic: str = "Sum",
    region: str = "us-east-1",
) -> list[Any]:
    """Return a statistic of each minute from noon on that has any."""
    dimensions = [{"Name": "VoiceConnectorId", "Value": connector_id}]
    found = connect("cloudwatch", region).get_metric_statistics(
        Namespace=NAMESPACE,
        MetricName=name,
        Dimensions=dimensions if connector_id else [],
        StartTime=NOON,
        EndTime=NOON + timedelta(days=365),
        Period=60,
        Statistics=[statistic],
    )["Datapoints"]
    return [
        point[statistic] for point in sorted(found, key=lambda each: each["Timestamp"])
    ]
