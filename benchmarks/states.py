"""The state of 50,000 sessions out and in, against JSON's own way with its document.

What a snapshot takes is what it does for each thing: it checks, completes and indexes.
Reading and writing the text of JSON is the least that anybody can do with a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import boto3

from benchmarks.calls import connector
from benchmarks.interleaved import Ratio, timed
from proxymock import mock_aws, snapshot
from proxymock.service.proxy_sessions import create_proxy_session

BAR = 8.0
SESSIONS = 50_000


@contextmanager
def ratios() -> Iterator[list[Ratio]]:
    """Yield the ratio of export and load together, to be measured inside."""
    with mock_aws():
        voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
        _fill(connector(voice))
        document = snapshot.export()

        def out_and_in() -> object:
            return snapshot.load(snapshot.export())

        def through_json() -> object:
            return json.loads(json.dumps(document))

        yield [
            Ratio(
                name="export and load, a session",
                bar=BAR,
                ours=lambda times: timed(out_and_in, times) / SESSIONS,
                theirs=lambda times: timed(through_json, times) / SESSIONS,
            )
        ]


def _fill(connector_id: str) -> None:
    """Make sessions past boto3 and moto, which would take most of the time."""
    from proxymock.plugin.models import chimesdkvoice_backends

    store = chimesdkvoice_backends["123456789012"]["us-east-1"].store
    for n in range(SESSIONS):
        create_proxy_session(
            store,
            voice_connector_id=connector_id,
            participant_phone_numbers=[f"+1206{n:07}", f"+1425{n:07}"],
            capabilities=["Voice", "SMS"],
        )
