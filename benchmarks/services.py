"""Our calls against comparable ones of moto's own services, the same way for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

from benchmarks.calls import Call, connector, create_session
from benchmarks.interleaved import Ratio, timed
from benchmarks.server import client, running
from proxymock import mock_aws

# A service → what makes one thing, given its name, and what reads it then.
Pair = tuple[Callable[[Any, str], object], Callable[[Any, str], object]]
SERVICES: Mapping[str, Pair] = {
    "events": (
        lambda c, name: c.put_rule(Name=name, ScheduleExpression="rate(1 hour)"),
        lambda c, name: c.describe_rule(Name=name),
    ),
    "pinpoint": (
        lambda c, name: c.create_app(CreateApplicationRequest={"Name": name}),
        lambda c, name: c.get_apps(PageSize="1"),
    ),
    "scheduler": (
        lambda c, name: c.create_schedule_group(Name=name),
        lambda c, name: c.get_schedule_group(Name=name),
    ),
    "secretsmanager": (
        lambda c, name: c.create_secret(Name=name, SecretString="s"),
        lambda c, name: c.get_secret_value(SecretId=name),
    ),
    "sns": (
        lambda c, name: c.create_topic(Name=name),
        lambda c, name: c.get_topic_attributes(
            TopicArn=f"arn:aws:sns:us-east-1:123456789012:{name}"
        ),
    ),
    "sqs": (
        lambda c, name: c.create_queue(QueueName=name),
        lambda c, name: c.get_queue_attributes(
            QueueUrl=f"https://sqs.us-east-1.amazonaws.com/123456789012/{name}",
            AttributeNames=["All"],
        ),
    ),
    "ssm": (
        lambda c, name: c.put_parameter(Name=name, Value="v", Type="String"),
        lambda c, name: c.get_parameter(Name=name),
    ),
}

GET_BAR = 1.0
# Most of these only keep what they are given; a session also gets a number.
CREATE_BAR = 1.3


@contextmanager
def ratios() -> Iterator[list[Ratio]]:
    """Yield the ratios, to be measured inside: in process, then over HTTP."""
    with mock_aws(), running() as url:
        yield [*_against("", None), *_against("HTTP ", url)]


def _against(way: str, url: str | None) -> Iterator[Ratio]:
    voice = client("chime-sdk-voice", url)
    create = create_session(voice, connector(voice))
    session = create()["ProxySession"]

    def get() -> object:
        return voice.get_proxy_session(
            VoiceConnectorId=session["VoiceConnectorId"],
            ProxySessionId=session["ProxySessionId"],
        )

    for service in SERVICES:
        their_create, their_get = _calls(service, client(service, url))
        yield _ratio(f"{way}get, {service}", GET_BAR, get, their_get)
        yield _ratio(f"{way}create, {service}", CREATE_BAR, create, their_create)


def _calls(service: str, client: Any) -> tuple[Call, Call]:
    make, read = SERVICES[service]
    names = map(f"thing-{id(client)}-{{}}".format, count())
    first = next(names)
    make(client, first)
    return lambda: make(client, next(names)), lambda: read(client, first)


def _ratio(name: str, bar: float, ours: Call, theirs: Call) -> Ratio:
    return Ratio(
        name=name,
        bar=bar,
        ours=lambda times: timed(ours, times),
        theirs=lambda times: timed(theirs, times),
    )
