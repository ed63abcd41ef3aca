"""The metrics of calls in CloudWatch, as dashboards and alarms read them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from inspect import signature
from typing import TYPE_CHECKING, Any

import pytest
from moto.core.common_models import CloudWatchMetricProvider

from kit.builders.desk import CALLER, COURIER
from kit.builders.metrics import NAMESPACE, NOON, sums
from kit.builders.receivers import terminate
from kit.builders.rides import RIDER, mask
from kit.builders.sip import NUMBER
from kit.transports.clients import Connect
from proxymock.plugin.metrics import CallMetrics
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("noon")

READ = signature(CloudWatchMetricProvider.get_cloudwatch_metrics)


def test_window(telephones: str, phone: Phone, clock: Clock, connect: Connect) -> None:
    """A window shows the minutes that begin in it, and the calls that were in them."""
    phone.call(CALLER, NUMBER)
    clock.advance(seconds=150)
    second = phone.call(RIDER, NUMBER)
    clock.advance(seconds=100)
    second.hang_up()
    clock.advance(minutes=5)

    def seen(name: str, since: int, until: int) -> list[float]:
        found = connect("cloudwatch").get_metric_data(
            MetricDataQueries=[
                {
                    "Id": "a",
                    "MetricStat": {
                        "Metric": {"Namespace": NAMESPACE, "MetricName": name},
                        "Period": 60,
                        "Stat": "Sum",
                    },
                }
            ],
            StartTime=NOON + timedelta(seconds=since),
            EndTime=NOON + timedelta(seconds=until),
            ScanBy="TimestampAscending",
        )
        return [*found["MetricDataResults"][0]["Values"]]

    assert seen("InboundCallAttempts", 0, 300) == [1, 0, 1, 0, 0]
    assert seen("InboundCallAttempts", 60, 180) == [0, 1]
    assert seen("InboundCallsActive", 120, 300) == [2, 2, 2]
    assert seen("CustomerToVcRtpPackets", 60, 240) == [3000, 6000, 5000]
    assert seen("CustomerToVcRtpPackets", 181, 400) == [3000, 3000, 3000]


def test_metrics_are_listed(
    telephones: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """ListMetrics has all the documented names, each once."""
    call = phone.call(CALLER, NUMBER)
    phone.call(RIDER, NUMBER)
    clock.advance(minutes=2)
    call.hang_up()

    metrics = connect("cloudwatch").list_metrics(Namespace=NAMESPACE)["Metrics"]
    names = [metric["MetricName"] for metric in metrics]
    assert len(names) == len(set(names))
    assert set(names) == {
        *(
            f"{way}{what}"
            for way in ("Inbound", "Outbound")
            for what in (
                *("CallAttempts", "CallFailures", "CallsAnswered", "CallsActive"),
            )
        ),
        *(
            f"{flow}{what}"
            for flow in ("CustomerToVc", "VcToCustomer", "RemoteToVc", "VcToRemote")
            for what in (
                *("RtpPackets", "RtpBytes", "RtcpPackets", "RtcpBytes"),
                *("PacketsLost", "Jitter"),
            )
        ),
        *(
            f"{what}BetweenVcAnd{party}"
            for what in ("RTT", "MOS")
            for party in ("Customer", "Remote")
        ),
        *("Throttles", "VoiceConnectorActiveCallCount"),
        *(f"Sip{hundred}xxCodes" for hundred in range(1, 7)),
    }


@pytest.mark.skipif(
    "region" not in READ.parameters,
    reason="this moto does not say which region is read",
)
def test_other_region(telephones: str, phone: Phone, connect: Connect) -> None:
    """A call is in the metrics of its connector's region alone."""
    phone.call(CALLER, NUMBER)

    assert sums(connect, "InboundCallAttempts", region="us-west-2") == []


def test_metrics_of_a_minute_are_kept_for_fifteen_days(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    clock: Clock,
    connect: Connect,
) -> None:
    """After 15 days nothing is left of a minute."""
    with phone.call(RIDER, mask(client, proxy_connector_id)[1]):
        pass
    before = sums(connect, "InboundCallAttempts")
    clock.advance(days=15, minutes=1)

    assert (before, sums(connect, "InboundCallAttempts")) == ([1], [])


def test_loaded_state(
    telephones: str, phone: Phone, snapshot: Snapshot, connect: Connect
) -> None:
    """Metrics follow from the calls, so a loaded state has them, too."""
    phone.call(CALLER, NUMBER)
    document = snapshot.export()
    phone.call(CALLER, NUMBER)
    snapshot.load(document)

    assert sums(connect, "InboundCallAttempts", telephones) == [1]


@pytest.mark.parametrize("endpoint_url", [None])
def test_no_more_is_made_than_is_asked_for(
    client: ChimeSDKVoiceClient, connector_id: str, phone: Phone, clock: Clock
) -> None:
    """moto gets the values of the time that it is asked for, not of a long call."""
    terminate(client, connector_id)
    phone.call(CALLER, COURIER, via=connector_id)
    clock.advance(days=15)

    def get_metric_statistics(start_time: datetime, end_time: datetime) -> list[Any]:
        account: list[Any] = CallMetrics.get_cloudwatch_metrics("123456789012")
        return account

    end = clock.now().replace(second=0, microsecond=0)
    made = get_metric_statistics(end - timedelta(minutes=2), end)

    times = {each.timestamp.replace(tzinfo=timezone.utc) for each in made}
    assert sorted(times) == [end - timedelta(minutes=2 - each) for each in range(3)]


def test_account_without_the_service() -> None:
    """An account that never used the service has no metrics."""
    assert CallMetrics.get_cloudwatch_metrics("999999999999") == []


def test_account_without_calls(connect: Connect) -> None:
    """Without a call there is no metric."""
    assert connect("cloudwatch").list_metrics(Namespace=NAMESPACE)["Metrics"] == []


@pytest.mark.parametrize("endpoint_url", [None])
def test_reader_whom_nobody_knows(telephones: str, phone: Phone, clock: Clock) -> None:
    """Who does not say what is asked for gets the values of all minutes."""
    phone.call(CALLER, NUMBER)
    clock.advance(minutes=2)

    made = CallMetrics.get_cloudwatch_metrics("123456789012")

    attempts = [each for each in made if each.name == "InboundCallAttempts"]
    assert [each.value for each in attempts] == [1, 0, 0]
