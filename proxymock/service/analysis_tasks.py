"""What speaker search and voice tone analysis have in common: tasks about a call.

A task is IN_PROGRESS at once and ends as the outcome of its call says, or is STOPPED
before that. AWS: VA-02.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from proxymock.api.errors import ConflictException, NotFoundException
from proxymock.service.call_outcomes import CallOutcome
from proxymock.service.client_requests import Members
from proxymock.service.progress import Progress
from proxymock.service.store import Store

if TYPE_CHECKING:
    from proxymock.service.voice_connectors import VoiceConnector

STEPS = ("IN_PROGRESS", "SUCCEEDED")
ACTIVE = STEPS[:-1]
# AWS: VA-03. That results can be polled for a week is documented.
KEPT = timedelta(days=7)


@dataclass(kw_only=True, slots=True, eq=False)
class AnalysisTask:
    """What the service is to find out about the voices of a call."""

    task_id: str
    status: str = STEPS[0]
    call_details: Mapping[str, Any]
    created_timestamp: datetime
    updated_timestamp: datetime
    started_timestamp: datetime
    status_message: str | None = None
    client_request_token: str | None
    progress: Progress
    sequence: int

    @property
    def forgotten_at(self) -> datetime:
        """The instant from which on nobody can get it, UTC."""
        return self.created_timestamp + KEPT

    def conclude(self, store: Store, outcome: CallOutcome) -> None:
        """Note what has been found out, if the API tells it."""


Task = TypeVar("Task", bound=AnalysisTask)


def started(
    store: Store, kind: type[Task], token: str | None, members: Members
) -> Task | None:
    """Return the task that the same request has started before, if any.

    Raises ConflictException if the call has an active task of this *kind* from another
    request. AWS: VA-04.
    """
    made = store.client_requests.made(kind, token, members)
    if made is not None:
        return find(store, kind, made.task_id)
    connector = store.voice_connectors[members["VoiceConnectorId"]]
    for task in connector.analysis_tasks.get(members["TransactionId"], ()):
        follow(store, task)
        if isinstance(task, kind) and task.status in ACTIVE:
            raise ConflictException(
                f"{kind.__name__} '{task.task_id}' is {task.status} for this call"
            )
    return None


def start(store: Store, task: Task, members: Members) -> Task:
    """Put a task that *members* asked for into the queue."""
    call = task.call_details
    tasks = store.voice_connectors[call["VoiceConnectorId"]].analysis_tasks
    tasks.setdefault(call["TransactionId"], []).append(task)
    store.analysis_tasks[task.task_id] = task
    store.client_requests.add(task, members)
    store.deadlines.add(task.forgotten_at, task, forget)
    follow(store, task)
    return task


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
    task.status = "STOPPED"
    task.updated_timestamp = store.now()


def follow(store: Store, task: AnalysisTask, *, read: bool = False) -> None:
    """Let a task come as far as it has to be by now; a *read* may bring it further."""
    if task.status not in ACTIVE or not task.progress.advance(store, read=read):
        return
    task.status = task.progress.status
    task.updated_timestamp = task.progress.since
    if task.status not in ACTIVE:
        call_outcomes = store.account.call_outcomes
        outcome = call_outcomes.get(task.call_details["TransactionId"], CallOutcome())
        task.status = outcome.status
        task.status_message = outcome.status_message
        task.conclude(store, outcome)


def forget(store: Store, task: AnalysisTask, at: datetime) -> None:
    """Remove a task that can be polled no longer."""
    call = task.call_details
    tasks = store.voice_connectors[call["VoiceConnectorId"]].analysis_tasks
    tasks[call["TransactionId"]].remove(task)
    if not tasks[call["TransactionId"]]:
        del tasks[call["TransactionId"]]
    store.client_requests.remove(task)
    del store.analysis_tasks[task.task_id]


def forget_tasks(store: Store, connector: VoiceConnector) -> None:
    """Remove all tasks of a connector."""
    for tasks in list(connector.analysis_tasks.values()):
        for task in list(tasks):
            store.deadlines.remove(task.forgotten_at, task, forget)
            forget(store, task, store.now())
