"""Tasks about a call: what speaker search and voice tone analysis have in common.

A task is IN_PROGRESS at once. It ends in the way that is set for its call, unless it is
STOPPED before that. AWS: VA-02.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from proxymock.api.errors import ConflictException, NotFoundException
from proxymock.service.progress import advance, begin, seconds_of
from proxymock.service.quotas import check_quota
from proxymock.service.search_results import results
from proxymock.state.analysis_tasks import (
    ACTIVE,
    STEPS,
    AnalysisTask,
    SpeakerSearchTask,
    call_key,
)
from proxymock.state.store import Account, Store
from proxymock.state.voice_analytics import CallAnalysis

Task = TypeVar("Task", bound=AnalysisTask)
HEARD_SECONDS = 10  # DOCUMENTED: how much speech a search needs
NOT_HEARD = "The call ended before there was enough speech"


def start(
    store: Store,
    kind: type[Task],
    token: str | None,
    call: Mapping[str, Any],
    members: Mapping[str, str],
    *,
    domain_id: str | None = None,
) -> Task:
    """Start a task about a *call* and return it.

    *members* are the other members of the request, which a repeated token must repeat.
    *domain_id* is the domain that a speaker search searches.

    A repeated request answers its task, even if the things that it names are gone.
    Raises ConflictException if the call has an active task of this kind, and
    NotFoundException for an unknown connector or domain. AWS: VA-01, VA-04.
    """
    asked = {**call, **members}
    started = store.client_requests.made(kind, token, asked)
    if started is not None:  # AWS: VA-01. It is answered as it is now.
        follow(store, started)
        return started
    store.voice_connectors[call["VoiceConnectorId"]]  # An unknown one comes first.
    fields = {}
    if domain_id is not None:
        domain = store.voice_profile_domains[domain_id]
        fields["voice_profile_domain_id"] = domain.voice_profile_domain_id
    _check_active(store, kind, call)
    task = _new_task(store, kind, call, client_request_token=token, **fields)
    store.analysis_tasks.enter(task)
    store.client_requests.add(task, asked)
    follow(store, task)
    if task.status in ACTIVE:
        store.account.on_task(store, task)
    return task


def _new_task(
    store: Store, kind: type[Task], call: Mapping[str, Any], **fields: str | None
) -> Task:
    # First, because it may raise, and nothing may have changed then.
    progress = begin(store, kind.model, STEPS)
    now = store.now()
    members: dict[str, Any] = {
        "task_id": store.new_uuid(lambda region: region.analysis_tasks),
        "call_details": call,
        "created_timestamp": now,
        "updated_timestamp": now,
        "started_timestamp": now,
        "progress": progress,
        "sequence": store.account.next_sequence(),
        **fields,
    }
    return kind(**members)


def _check_active(store: Store, kind: type[Task], call: Mapping[str, Any]) -> None:
    """Raise ConflictException or ResourceLimitExceededException if a task must wait."""
    other = store.analysis_tasks.active.get(call_key(kind, call))
    if other is not None:
        follow(store, other)
        if other.status in ACTIVE:
            raise ConflictException(
                f"{kind.__name__} '{other.task_id}' is {other.status} for this call"
            )
    # Walks all active tasks. With quotas there are few; without, nobody counts them.
    if store.options.enforce_quotas:
        for task in tuple(store.analysis_tasks.active.values()):
            follow(store, task)
        active = sum(
            name == kind.__name__ for name, _, _ in store.analysis_tasks.active
        )
        check_quota(store, kind.__name__, active + 1)


def find(store: Store, kind: type[Task], task_id: str) -> Task:
    """Return a task of this *kind* in its present state."""
    task = store.analysis_tasks.get(task_id)
    if not isinstance(task, kind):
        raise NotFoundException.of(kind.__name__, task_id)
    follow(store, task)
    return task


def find_in(store: Store, kind: type[Task], connector_id: str, task_id: str) -> Task:
    """Return a connector's task of this *kind* in its present state. AWS: VA-05."""
    connector = store.voice_connectors[connector_id]
    task = find(store, kind, task_id)
    if task.call_details["VoiceConnectorId"] != connector.voice_connector_id:
        raise NotFoundException.of(kind.__name__, task_id)
    return task


def stop(store: Store, task: AnalysisTask) -> None:
    """End an active task without a result. AWS: VA-06."""
    if task.status not in ACTIVE:
        raise ConflictException(
            f"{type(task).__name__} '{task.task_id}' is {task.status}"
        )
    store.analysis_tasks.end(task, "STOPPED", store.now())
    store.account.on_task(store, task)


def follow(store: Store, task: AnalysisTask, *, read: bool = False) -> None:
    """Let a task move on as far as the transition says; a *read* may count for it."""
    if task.status not in ACTIVE or not advance(store, task.progress, read=read):
        return
    _end(store, task)  # as there are two steps


def heard_at(store: Store, task: AnalysisTask) -> datetime:
    """Return when a task ends that nobody reads: after ten seconds of speech.

    A ``time`` transition says another time. AWS: CE-40.
    """
    seconds = seconds_of(store, task.progress, HEARD_SECONDS)
    try:
        return task.created_timestamp + timedelta(seconds=seconds)
    except OverflowError:  # after the last day that there is
        return datetime.max.replace(tzinfo=timezone.utc)


def end_what_was_heard(store: Store, transaction_id: str, at: datetime) -> None:
    """End the tasks about a call that have heard enough by an instant."""
    for task in tuple(store.analysis_tasks.active.values()):
        about = task.call_details["TransactionId"]
        if about == transaction_id and heard_at(store, task) <= at:
            while not task.progress.is_final:
                task.progress.move(at)
            _end(store, task)


def end_what_hears_no_more(
    store: Store, connector_id: str, transaction_id: str, at: datetime
) -> None:
    """End the tasks that wait for more speech of a call that has ended. AWS: CE-40."""
    for task in tuple(store.analysis_tasks.active.values()):
        about = task.call_details
        if (about["VoiceConnectorId"], about["TransactionId"]) != (
            connector_id,
            transaction_id,
        ):
            continue
        # A search lacks what it needs; an analysis is only cut short.
        is_search = isinstance(task, SpeakerSearchTask)
        store.analysis_tasks.end(task, "FAILED" if is_search else "STOPPED", at)
        task.status_message = NOT_HEARD
        store.account.on_task(store, task)


def _end(store: Store, task: AnalysisTask) -> None:
    """Give a task the result that is set for its call."""
    analysis = store.account.call_analyses.of(task.call_details["TransactionId"])
    store.analysis_tasks.end(task, analysis.status, task.progress.since)
    task.status_message = analysis.status_message
    if isinstance(task, SpeakerSearchTask):
        task.speaker_search_details = results(store, task, analysis)
    store.account.on_task(store, task)


def set_call_analysis(account: Account, **members: Any) -> CallAnalysis:
    """Decide how the tasks of a call end, if they have not ended by now.

    This replaces what was set before. *members* are those of CallAnalysis. Raises
    ValueError like CallAnalysis, and then nothing has changed.
    """
    analysis = CallAnalysis(sequence=-1, **members)
    id = analysis.transaction_id
    for store in account.stores.values():
        for task in tuple(store.analysis_tasks.active.values()):
            if task.call_details["TransactionId"] == id:
                follow(store, task)
    # Only now: a refusal must not use up a sequence.
    analysis.sequence = account.next_sequence()
    if id in account.call_analyses:
        account.call_analyses.leave(account.call_analyses[id])
    return account.call_analyses.enter(analysis)
