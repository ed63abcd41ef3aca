"""What follows from a state is not read, and what it follows from must be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from furnish import furnish
from proxymock.plugin.sandbox_client import Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

Region = dict[str, Any]
TASKS = "Regions.us-east-1.VoiceConnectors[0].AnalysisTasks"
PATHS: list[tuple[str, Any, str]] = [
    ("GlobalSettings", 1, "GlobalSettings must be an object"),
    ("GlobalSettings.CdrBucket", 1, "GlobalSettings.CdrBucket must be a string"),
    ("GlobalSettings.Bucket", "b", "GlobalSettings has no member Bucket"),
    ("PhoneNumberSettings", None, "PhoneNumberSettings must be an object"),
    ("PhoneNumberSettings.CallingName", [], "PhoneNumberSettings.CallingName must be"),
    (
        "PhoneNumberSettings.CallingNameUpdatedTimestamp",
        "noon",
        "PhoneNumberSettings.CallingNameUpdatedTimestamp must be an instant",
    ),
    ("ActiveTasks", {}, "Regions.us-east-1 has no member ActiveTasks"),
    ("AnalysisTasks", {}, "Regions.us-east-1 has no member AnalysisTasks"),
    ("Deadlines", [], "Regions.us-east-1 has no member Deadlines"),
    ("ClientRequests", {}, "Regions.us-east-1.ClientRequests must be a list"),
    ("ClientRequests.0", 1, "ClientRequests[0] must be an object"),
    ("ClientRequests.0", {}, "ClientRequests[0] must have the members Made, Members"),
    ("ClientRequests.0.Members", 1, "ClientRequests[0].Members must be an object"),
    ("ClientRequests.0.Made", 1, "ClientRequests[0].Made must be an object"),
    ("ClientRequests.0.Made.$ref", 999, "ClientRequests[0].Made refers to 999"),
    ("ClientRequests.0.Made.$ref", 0, "ClientRequests[0].Made must refer to what has"),
    ("PhoneNumberOrders.0.Progress.Step", 9, "PhoneNumberOrders[0].Progress: Model, S"),
    ("PhoneNumberOrders.0.Progress.Model", "x", "PhoneNumberOrders[0].Progress: Model"),
]
TASK_PATHS: list[tuple[str, Any, str]] = [
    ("", {"$ref": 0}, " refers to 0, which is not before it"),
    (
        ".CallDetails.VoiceConnectorId",
        "a" * 22,
        ".CallDetails.VoiceConnectorId must be '",
    ),
    (".CallDetails.TransactionId", None, ".CallDetails.TransactionId must be a str"),
    (".CallDetails.IsCaller", None, ".CallDetails.IsCaller must be a boolean"),
    (".Status", "IN_PROGRESS", ".Status must not be IN_PROGRESS in the end"),
]


def put(region: Region, path: str, value: Any) -> None:
    """Put a *value* into a region's state."""
    *parents, last = path.split(".")
    node: Any = region
    for name in parents:
        node = node[int(name) if isinstance(node, list) else name]
    node[int(last) if isinstance(node, list) else last] = value


def second_task(region: Region) -> None:
    """Give two tasks one id."""
    tasks = region["VoiceConnectors"][0]["AnalysisTasks"]
    tasks[1]["TaskId"] = tasks[0]["TaskId"]


def second_token(region: Region) -> None:
    """Have two tasks of one kind that were asked for with one token."""
    tasks = region["VoiceConnectors"][0]["AnalysisTasks"]
    asked = next(task for task in tasks if task.get("ClientRequestToken"))
    other = next(t for t in tasks if t["$kind"] == asked["$kind"] and t != asked)
    other["ClientRequestToken"] = asked["ClientRequestToken"]
    request = region["ClientRequests"][-1]
    region["ClientRequests"].append({**request, "Made": {"$ref": other["Sequence"]}})


def second_active_task(region: Region) -> None:
    """Have two searches in one call."""
    tasks = region["VoiceConnectors"][0]["AnalysisTasks"]
    active = next(task for task in tasks if "Status" not in task)
    tasks.append({**active, "TaskId": "another", "Sequence": 999})


def strange_profile(region: Region) -> None:
    """Have a domain that lists a profile which the region has not."""
    region["VoiceProfileDomains"][0]["VoiceProfiles"] = region.pop("VoiceProfiles")


def lost_number(region: Region) -> None:
    """Have an order in progress that acquires what is not there."""
    order = region["PhoneNumberOrders"][0]
    order["Progress"].pop("Step", None)
    order["Outcomes"] = {"+12065550199": "Acquired"}


def strange_outcome(region: Region) -> None:
    """Have an order in progress with an outcome that is none."""
    order = region["PhoneNumberOrders"][0]
    order["Progress"].pop("Step", None)
    order["Outcomes"] = dict.fromkeys(order["Outcomes"], "Lost")


def lost_domain(region: Region) -> None:
    """Have a profile of a domain that is not there."""
    del region["VoiceProfileDomains"]


DAMAGES: list[tuple[Callable[[Region], None], str]] = [
    (second_task, f"{TASKS}[1] is a second AnalysisTask"),
    (second_token, "Made must have a ClientRequestToken of its own"),
    (second_active_task, "is a second active task of its call"),
    (strange_profile, "VoiceProfiles must be those of the domains"),
    (lost_domain, "VoiceProfiles[0]: Could not find VoiceProfileDomain with"),
    (lost_number, "PhoneNumberOrders[0].Outcomes must not have +12065550199: Acquired"),
    (strange_outcome, "PhoneNumberOrders[0].Outcomes must not have +1206"),
]


def test_damage_is_refused(client: ChimeSDKVoiceClient, snapshot: Snapshot) -> None:
    """Each wrong value is refused, with where it stands, and nothing changes."""
    furnish(client)
    before = snapshot.export()
    paths = PATHS + [
        (f"VoiceConnectors.0.AnalysisTasks.0{path}", value, f"{TASKS}[0]{message}")
        for path, value, message in TASK_PATHS
    ]
    damages = DAMAGES + [
        (lambda region, p=path, v=value: put(region, p, v), message)
        for path, value, message in paths
    ]
    for damage, message in damages:
        document = snapshot.export()
        damage(document["Regions"]["us-east-1"])

        with pytest.raises(ValueError, match=re.escape(message)):
            snapshot.load(document)

        assert snapshot.export() == before


def test_domain_may_hold_its_profiles(
    client: ChimeSDKVoiceClient, snapshot: Snapshot
) -> None:
    """A document may have a profile in its domain, and refer to it from the region."""
    furnish(client)
    document = snapshot.export()
    region = document["Regions"]["us-east-1"]
    profiles = region["VoiceProfiles"]
    region["VoiceProfileDomains"][0]["VoiceProfiles"] = profiles
    region["VoiceProfiles"] = [{"$ref": one["Sequence"]} for one in profiles]

    snapshot.load(document)

    region["VoiceProfileDomains"][0].pop("VoiceProfiles")
    region["VoiceProfiles"] = profiles
    assert snapshot.export() == document
