"""Write ``COVERAGE.md``: every operation of the service, and the module that does it.

    python scripts/write_coverage.py

A test fails when the file is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from proxymock.api import spec
from proxymock.service import OPERATIONS

# What is different once a configuration is put. A test checks that none is missing.
DOES = {
    "PutSipMediaApplicationAlexaSkillConfiguration": "nothing; it is answered",
    "PutSipMediaApplicationLoggingConfiguration": "nothing; it is answered",
    "PutVoiceConnectorEmergencyCallingConfiguration": (
        "its numbers can be called whatever the termination says, and origination and "
        "termination cannot be turned off"
    ),
    "PutVoiceConnectorExternalSystemsConfiguration": "nothing; it is answered",
    "PutVoiceConnectorLoggingConfiguration": (
        "the log groups are made, and calls write SIP messages and media metrics to "
        "CloudWatch Logs"
    ),
    "PutVoiceConnectorOrigination": "calls to the connector's numbers ring its hosts",
    "PutVoiceConnectorProxy": (
        "proxy sessions can be created, and have its expiry, countries and fallback "
        "number"
    ),
    "PutVoiceConnectorStreamingConfiguration": (
        "calls send Streaming Status events to EventBridge, SNS and SQS, and state "
        "changes of media insights to EventBridge; with a record bucket they leave "
        "streaming detail records; voice analytics tells the sinks of the settings"
    ),
    "PutVoiceConnectorTermination": (
        "the connector's telephone system can call: its regions, calls a second and "
        "default number hold"
    ),
    "PutVoiceConnectorTerminationCredentials": "nothing; user names are listed",
    "UpdateGlobalSettings": (
        "calls leave call detail records, and those of SIP media applications, in the "
        "bucket"
    ),
    "UpdatePhoneNumberSettings": "nothing; the calling name is answered",
}
TARGET = Path(__file__).parents[1] / "COVERAGE.md"


def coverage() -> str:
    """Return the text of the file."""
    names = spec.operation_names()
    lines = [
        "# Coverage",
        "",
        f"{len(OPERATIONS)} of the {len(names)} operations of Amazon Chime SDK Voice, "
        f"API version {spec.description()['version']}.",
        "Written by `scripts/write_coverage.py`, not by hand.",
        "",
        "An operation that puts a configuration is followed by what that does.",
    ]
    by_module: dict[str, list[str]] = {}
    for name, function in OPERATIONS.items():
        by_module.setdefault(function.__module__, []).append(name)
    for module, done in sorted(by_module.items()):
        lines += _section(_title(module), _summary(module), "x", done)
    missing = sorted(set(names).difference(OPERATIONS))
    if missing:
        lines += _section("Not built yet", "These answer 501.", " ", missing)
    return "\n".join(lines) + "\n"


def _title(module: str) -> str:
    return f"`{module.rpartition('.')[2]}`"


def _summary(module: str) -> str:
    text = (sys.modules[module].__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    return f"{text} ([source]({module.replace('.', '/')}.py))"


def _section(
    title: str, summary: str, mark: str, names: Iterable[str]
) -> Iterator[str]:
    yield from ("", f"## {title}", "", summary, "")
    for name in sorted(names):
        does = f": {DOES[name]}" if name in DOES else ""
        yield f"- [{mark}] {name}{does}"


if __name__ == "__main__":
    TARGET.write_text(coverage(), encoding="utf-8")
    print(f"{TARGET}: {len(OPERATIONS)} operations are built")
