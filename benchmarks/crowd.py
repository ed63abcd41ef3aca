"""Many clients at once, for as long as you like, and what must be true at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from time import monotonic
from typing import Any

from benchmarks.calls import connector
from benchmarks.server import client, running
from proxymock import mock_aws

THREADS, CLIENTS = 16, 32
# So few that everybody has many counterparts at a time.
PEOPLE = [f"+1206555{n:04}" for n in range(40)]


def run(seconds: float) -> bool:
    """Let a crowd work in process, then another on a server; tell whether all is well.

    Raises AssertionError for what is not.
    """
    print()
    with mock_aws(), running() as url:
        _crowd("in process", None, THREADS, seconds)
        _crowd("on a server", url, CLIENTS, seconds)
    return True


def _crowd(where: str, url: str | None, size: int, seconds: float) -> None:
    voice = client("chime-sdk-voice", url)
    id = connector(voice)
    end = monotonic() + seconds
    with ThreadPoolExecutor(size) as threads:
        work = [threads.submit(_work, voice, id, n, end) for n in range(size)]
        done = [future.result() for future in work]
    left = {id: session for mine, _ in done for id, session in mine.items()}
    assert len(left) == sum(len(mine) for mine, _ in done), "an id was given twice"
    listed = list(_listed(voice, id))
    assert {s["ProxySessionId"]: s for s in listed} == left, "a change was lost"
    assert len(listed) == len(left), "a page repeats a session"
    assert _most_counterparts(listed) <= 1, "somebody has two counterparts"
    calls = sum(calls for _, calls in done)
    print(f"{size} clients {where}: {calls} calls, {len(left)} sessions left, all well")


def _work(voice: Any, id: str, number: int, end: float) -> tuple[dict[str, Any], int]:
    """Return the sessions that should be left of one client's, and its calls."""
    random = Random(number)
    mine: dict[str, Any] = {}
    calls = 0
    while monotonic() < end:
        made = voice.create_proxy_session(
            VoiceConnectorId=id,
            ParticipantPhoneNumbers=random.sample(PEOPLE, 2),
            Capabilities=["SMS", "Voice"],
        )["ProxySession"]
        assert made["ProxySessionId"] not in mine
        mine[made["ProxySessionId"]] = made
        any_id = random.choice([*mine])
        changed = voice.update_proxy_session(
            VoiceConnectorId=id,
            ProxySessionId=any_id,
            Capabilities=[random.choice(["SMS", "Voice"])],
            ExpiryMinutes=random.randint(100, 700),
        )["ProxySession"]
        mine[any_id] = changed
        calls += 2
        while len(mine) > random.randint(0, 30):
            gone, _ = mine.popitem()
            voice.delete_proxy_session(VoiceConnectorId=id, ProxySessionId=gone)
            calls += 1
    return mine, calls


def _listed(voice: Any, id: str) -> Iterator[Any]:
    token: dict[str, str] = {}
    while True:
        page = voice.list_proxy_sessions(VoiceConnectorId=id, MaxResults=7, **token)
        yield from page["ProxySessions"]
        if "NextToken" not in page:
            return
        token = {"NextToken": page["NextToken"]}


def _most_counterparts(sessions: list[Any]) -> int:
    """Return how many people somebody reaches behind one number, at most."""
    reached = {
        (caller["PhoneNumber"], caller["ProxyPhoneNumber"], other["PhoneNumber"])
        for session in sessions
        for caller, other in (session["Participants"], session["Participants"][::-1])
    }
    return max(Counter(dialled[:2] for dialled in reached).values(), default=0)
