"""What speaker search and voice tone analysis have in common: tasks about a call.

A task is IN_PROGRESS at once and ends as is set for its call, or is STOPPED
before that. AWS: VA-02.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from proxymock.api.errors import ConflictException, NotFoundException
from proxymock.service.call_analyses import CallAnalysis, call_analysis
from proxymock.service.progress import Progress
from proxymock.service.quotas import check_quota
from proxymock.service.store import Account, Store

if TYPE_CHECKING:
    from proxymock.service.voice_connectors import VoiceConnector

STEPS = ("IN_PROGRESS", "SUCCEEDED")
ACTIVE = STEPS[:-1]
# AWS: VA-03. That results can be polled for a week is documented.
KEPT = timedelta(days=7)


@dataclass(kw_only=True, slots=True, eq=False)
class AnalysisTask:
    """What the service is to find out about the voices of a call."""

    model: ClassVar[str]  # the state manager's name for the kind
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

    @property
    def key(self) -> tuple[str, str, str]:
        """What only one active task has: its kind and call."""
        return _key(type(self), self.call_details)

    @classmethod
    def check(cls, store: Store, members: Mapping[str, str]) -> None:
        """Raise an error if *members* name something that does not exist."""

    @classmethod
    def own(cls, members: Mapping[str, str]) -> Mapping[str, Any]:
        """Return the fields of a new task that only its kind has."""
        return {}

    def conclude(self, store: Store, analysis: CallAnalysis) -> None:
        """Note what has been found out, if the API tells it."""


Task = TypeVar("Task", bound=AnalysisTask)


def start(
    store: Store,
    kind: type[Task],
    token: str | None,
    call: Mapping[str, Any],
    members: Mapping[str, str],
) -> Task:
    """Start a task about a *call*; *members* are what its *kind* takes besides.

    A repeated request answers its task whatever has become of what it names. The call
    must have no active task of this kind. AWS: VA-01, VA-04.
    """
    asked = {**call, **members}
    started = store.client_requests.made(kind, token, asked)
    if started is not None:
        follow(store, started)
        return started
    connector = store.voice_connectors[call["VoiceConnectorId"]]
    kind.check(store, members)
    _check_active(store, kind, call)
    progress = Progress.begun(store, kind.model, STEPS)
    now = store.now()
    task = kind(
        task_id=store.new_uuid(),
        call_details=call,
        created_timestamp=now,
        updated_timestamp=now,
        started_timestamp=now,
        client_request_token=token,
        progress=progress,
        sequence=store.account.next_sequence(),
        **kind.own(members),
    )
    connector.analysis_tasks.add(task)
    store.analysis_tasks[task.task_id] = task
    store.active_tasks[task.key] = task
    store.client_requests.add(task, asked)
    store.deadlines.add(task.forgotten_at, task, forget)
    follow(store, task)
    return task


def _check_active(store: Store, kind: type[Task], call: Mapping[str, Any]) -> None:
    """Raise an error if there is no room for another active task."""
    other = store.active_tasks.get(_key(kind, call))
    if other is not None:
        follow(store, other)
        if other.status in ACTIVE:
            raise ConflictException(
                f"{kind.__name__} '{other.task_id}' is {other.status} for this call"
            )
    if store.settings.enforce_quotas:  # then there are few, and otherwise no matter
        for task in tuple(store.active_tasks.values()):
            follow(store, task)
        active = sum(name == kind.__name__ for name, _, _ in store.active_tasks)
        check_quota(store, kind.__name__, active + 1)


def _key(kind: type[AnalysisTask], call: Mapping[str, Any]) -> tuple[str, str, str]:
    return kind.__name__, call["VoiceConnectorId"], call["TransactionId"]


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
    del store.active_tasks[task.key]


def follow(store: Store, task: AnalysisTask, *, read: bool = False) -> None:
    """Let a task come as far as it has to be by now; a *read* may bring it further."""
    if task.status not in ACTIVE or not task.progress.advance(store, read=read):
        return
    # The one step that there is was the last one.
    del store.active_tasks[task.key]
    analysis = call_analysis(store.account, task.call_details["TransactionId"])
    task.status = analysis.status
    task.status_message = analysis.status_message
    task.updated_timestamp = task.progress.since
    task.conclude(store, analysis)


def set_call_analysis(account: Account, **members: Any) -> CallAnalysis:
    """Have the tasks of a call end in this way, those that have not ended by now.

    It takes the place of what was set before. Raises ValueError like CallAnalysis.
    """
    analysis = CallAnalysis(sequence=-1, **members)
    id = analysis.transaction_id
    for store in account.stores.values():
        for task in tuple(store.active_tasks.values()):
            if task.call_details["TransactionId"] == id:
                follow(store, task)
    analysis.sequence = account.next_sequence()  # a refusal would have changed it
    if id in account.call_analyses:
        account.call_analyses.pop(id)
    return account.call_analyses.add(id, analysis)


def forget(store: Store, task: AnalysisTask, at: datetime) -> None:
    """Remove a task that can be polled no longer."""
    connector = store.voice_connectors[task.call_details["VoiceConnectorId"]]
    connector.analysis_tasks.remove(task)
    if task.status in ACTIVE:
        del store.active_tasks[task.key]
    store.client_requests.remove(task)
    del store.analysis_tasks[task.task_id]


def forget_tasks(store: Store, connector: VoiceConnector) -> None:
    """Remove all tasks of a connector."""
    for task in list(connector.analysis_tasks):
        store.deadlines.remove(task.forgotten_at, task, forget)
        forget(store, task, store.now())
