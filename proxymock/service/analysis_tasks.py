"""What speaker search and voice tone analysis have in common: tasks about a call.

A task is IN_PROGRESS at once and ends as is set for its call, or is STOPPED
before that. AWS: VA-02.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from proxymock.api.errors import ConflictException, NotFoundException
from proxymock.service.progress import advance, begin
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


def start(
    store: Store,
    kind: type[Task],
    token: str | None,
    call: Mapping[str, Any],
    members: Mapping[str, str],
    *,
    domain_id: str | None = None,
) -> Task:
    """Start a task about a *call*; *members* are what its *kind* takes besides.

    A speaker search has a domain to search.

    A repeated request answers its task whatever has become of what it names. The call
    must have no active task of this kind. AWS: VA-01, VA-04.
    """
    asked = {**call, **members}
    started = store.client_requests.made(kind, token, asked)
    if started is not None:
        follow(store, started)
        return started
    store.voice_connectors[call["VoiceConnectorId"]]
    fields = {}
    if domain_id is not None:
        domain = store.voice_profile_domains[domain_id]
        fields["voice_profile_domain_id"] = domain.voice_profile_domain_id
    _check_active(store, kind, call)
    progress = begin(store, kind.model, STEPS)
    now = store.now()
    task = kind(
        task_id=store.new_uuid(lambda region: region.analysis_tasks),
        call_details=call,
        created_timestamp=now,
        updated_timestamp=now,
        started_timestamp=now,
        client_request_token=token,
        progress=progress,
        sequence=store.account.next_sequence(),
        **fields,
    )
    store.analysis_tasks.enter(task)
    store.client_requests.add(task, asked)
    follow(store, task)
    return task


def _check_active(store: Store, kind: type[Task], call: Mapping[str, Any]) -> None:
    """Raise an error if there is no room for another active task."""
    other = store.analysis_tasks.active.get(call_key(kind, call))
    if other is not None:
        follow(store, other)
        if other.status in ACTIVE:
            raise ConflictException(
                f"{kind.__name__} '{other.task_id}' is {other.status} for this call"
            )
    if store.options.enforce_quotas:  # then there are few, and otherwise no matter
        for task in tuple(store.analysis_tasks.active.values()):
            follow(store, task)
        active = sum(
            name == kind.__name__ for name, _, _ in store.analysis_tasks.active
        )
        check_quota(store, kind.__name__, active + 1)


def find(store: Store, kind: type[Task], task_id: str) -> Task:
    """Return a task of this *kind* as it stands now."""
    task = store.analysis_tasks.get(task_id)
    if not isinstance(task, kind):
        raise NotFoundException.of(kind.__name__, task_id)
    follow(store, task)
    return task


def find_in(store: Store, kind: type[Task], connector_id: str, task_id: str) -> Task:
    """Return a connector's task of this *kind* as it stands now. AWS: VA-05."""
    connector = store.voice_connectors[connector_id]
    task = find(store, kind, task_id)
    if task.call_details["VoiceConnectorId"] != connector.voice_connector_id:
        raise NotFoundException.of(kind.__name__, task_id)
    return task


def stop(store: Store, task: AnalysisTask) -> None:
    """End an active task before it has found out anything. AWS: VA-06."""
    if task.status not in ACTIVE:
        raise ConflictException(
            f"{type(task).__name__} '{task.task_id}' is {task.status}"
        )
    store.analysis_tasks.end(task, "STOPPED", store.now())


def follow(store: Store, task: AnalysisTask, *, read: bool = False) -> None:
    """Let a task come as far as it has to be by now; a *read* may bring it further."""
    if task.status not in ACTIVE or not advance(store, task.progress, read=read):
        return
    # The one step that there is was the last one.
    analysis = store.account.call_analyses.of(task.call_details["TransactionId"])
    store.analysis_tasks.end(task, analysis.status, task.progress.since)
    task.status_message = analysis.status_message
    if isinstance(task, SpeakerSearchTask):
        task.speaker_search_details = results(store, task, analysis)


def set_call_analysis(account: Account, **members: Any) -> CallAnalysis:
    """Have the tasks of a call end in this way, those that have not ended by now.

    It takes the place of what was set before. Raises ValueError like CallAnalysis.
    """
    analysis = CallAnalysis(sequence=-1, **members)
    id = analysis.transaction_id
    for store in account.stores.values():
        for task in tuple(store.analysis_tasks.active.values()):
            if task.call_details["TransactionId"] == id:
                follow(store, task)
    analysis.sequence = account.next_sequence()  # a refusal would have changed it
    if id in account.call_analyses:
        account.call_analyses.leave(account.call_analyses[id])
    return account.call_analyses.enter(analysis)
