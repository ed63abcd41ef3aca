"""What comes before the first answer, each time in a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

# What is measured → milliseconds it may take, None if it is only told.
BARS: dict[str, float | None] = {
    "import and register, after moto": 15,
    "mock_aws, enter and exit": None,
    "mock_aws, with proxymock": None,
    "first call": None,
    "first call, ssm": None,
}

_PROGRAM = """
import json
from time import process_time

def spent(work):
    begin = process_time()
    work()
    return (process_time() - begin) * 1000

def registered():
    import proxymock
    proxymock.register()

def mocked():
    with moto.mock_aws():
        pass

def mocked_often():
    for _ in range(50):
        mocked()

found = {}
import boto3
import moto
mocked()
found["mock_aws, enter and exit"] = spent(mocked_often) / 50
found["import and register, after moto"] = spent(registered)
mocked()
found["mock_aws, with proxymock"] = spent(mocked_often) / 50
with moto.mock_aws():
    ssm = boto3.client("ssm", "us-east-1")
    voice = boto3.client("chime-sdk-voice", "us-east-1")
    found["first call, ssm"] = spent(ssm.describe_parameters)
    found["first call"] = spent(voice.list_voice_connectors)
print(json.dumps(found))
"""


def measure(interpreters: int) -> dict[str, float]:
    """Return the medians of so many fresh *interpreters*, in milliseconds."""
    runs = [
        json.loads(subprocess.check_output([sys.executable, "-c", _PROGRAM]))
        for _ in range(interpreters)
    ]
    return {name: median(run[name] for run in runs) for name in BARS}
