"""boto3's calls in process, against moto answering the same call with constant bytes.

The difference is all that is ours: routing, validation, the service and the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import boto3

from benchmarks.interleaved import Ratio, timed
from proxymock import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

Call = Callable[[], object]
Handler = Callable[..., Any]


@contextmanager
def ratios() -> Iterator[list[Ratio]]:
    """Yield the ratios, to be measured inside."""
    with mock_aws():
        voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
        connector_id = connector(voice)
        create = create_session(voice, connector_id)
        session_id = create()["ProxySession"]["ProxySessionId"]

        def get() -> object:
            return voice.get_proxy_session(
                VoiceConnectorId=connector_id, ProxySessionId=session_id
            )

        yield [
            _against_constant("GetProxySession", 1.15, get),
            _against_constant("CreateProxySession", 1.3, create),
        ]


def connector(voice: ChimeSDKVoiceClient) -> str:
    """Return the id of a connector that makes sessions of an hour."""
    answer = voice.create_voice_connector(Name="Benchmark", RequireEncryption=True)
    connector_id = answer["VoiceConnector"]["VoiceConnectorId"]
    voice.put_voice_connector_proxy(
        VoiceConnectorId=connector_id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=["US", "CA"],
    )
    return connector_id


def create_session(voice: ChimeSDKVoiceClient, connector_id: str) -> Callable[[], Any]:
    """Return a call that masks two people whom nobody has masked before."""
    people = map("+1206{:07}".format, count(5550000))
    return lambda: voice.create_proxy_session(
        VoiceConnectorId=connector_id,
        ParticipantPhoneNumbers=[next(people), next(people)],
        Capabilities=["Voice", "SMS"],
    )


def _against_constant(name: str, bar: float, call: Call) -> Ratio:
    recorded = _recorded(call)

    def constant(times: int) -> float:
        with _handler(lambda *request: recorded):
            return timed(call, times)

    return Ratio(
        name=name,
        bar=bar,
        ours=lambda times: timed(call, times),
        theirs=constant,
    )


def _recorded(call: Call) -> Any:
    """Return what our handler answers to *call*."""
    from proxymock.plugin.responses import answer

    answers = []

    def record(*request: Any) -> Any:
        answers.append(answer(*request))
        return answers[-1]

    with _handler(record):
        call()
    return answers[-1]


@contextmanager
def _handler(handler: Handler) -> Iterator[None]:
    """Have moto call *handler* in the place of ours."""
    from proxymock.plugin.urls import handlers

    ours = dict(handlers)
    handlers.update(dict.fromkeys(ours, handler))
    try:
        yield
    finally:
        handlers.update(ours)
