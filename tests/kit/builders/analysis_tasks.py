"""The tasks that analyse calls, both kinds through one set of verbs."""

from __future__ import annotations

from typing import Any

from proxymock.api.spec import snake_case

Answer = dict[str, Any]


class Tasks:
    """The tasks of one kind about the calls of a connector.

    *members* is what Start takes besides connector and call, *query* what Get takes.
    """

    def __init__(
        self, client: Any, kind: str, connector: str, members: Answer, query: Answer
    ) -> None:
        self.client = client
        self.kind = kind
        self.model = f"chimesdkvoice::{snake_case(kind)}"
        self.connector = connector
        self.members = members
        self.query = query

    def start(self, call: str = "call-1", **members: Any) -> Answer:
        """Start a task and return it."""
        arguments = {
            "VoiceConnectorId": self.connector,
            "TransactionId": call,
            **self.members,
            **members,
        }
        return self._call("start", arguments)[self.kind]  # type: ignore[no-any-return]

    def get(self, task: Answer, **query: Any) -> Answer:
        """Poll a task and return it."""
        arguments = {**self._ids(task), **self.query, **query}
        return self._call("get", arguments)[self.kind]  # type: ignore[no-any-return]

    def stop(self, task: Answer, **ids: str) -> Answer:
        """Stop a task and return the answer."""
        return self._call("stop", {**self._ids(task), **ids})

    def run(self, call: str = "call-1", **members: Any) -> Answer:
        """Start a task and poll it to its end."""
        task = self.start(call, **members)
        while self.status(task) == "IN_PROGRESS":
            task = self.get(task)
        return task

    def id(self, task: Answer) -> str:
        """Return the id of a task."""
        return task[f"{self.kind}Id"]  # type: ignore[no-any-return]

    def status(self, task: Answer) -> str:
        """Return the status of a task."""
        return task[f"{self.kind}Status"]  # type: ignore[no-any-return]

    def _ids(self, task: Answer) -> Answer:
        return {"VoiceConnectorId": self.connector, f"{self.kind}Id": self.id(task)}

    def _call(self, verb: str, arguments: Answer) -> Answer:
        call = getattr(self.client, f"{verb}_{snake_case(self.kind)}")
        return call(**arguments)  # type: ignore[no-any-return]


def speaker_searches(client: Any, connector: str, domain: str) -> Tasks:
    """Return the searches among the profiles of a domain."""
    members = {"VoiceProfileDomainId": domain}
    return Tasks(client, "SpeakerSearchTask", connector, members, {})


def voice_tone_analyses(client: Any, connector: str) -> Tasks:
    """Return the analyses of how voices sound."""
    members, query = {"LanguageCode": "en-US"}, {"IsCaller": True}
    return Tasks(client, "VoiceToneAnalysisTask", connector, members, query)
