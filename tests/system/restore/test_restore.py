"""Where the operations come back, and where they do not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader

from kit.transports.inner_pytest import run_tests
from proxymock.restore import has_gaps

CHIME = Loader().load_service_model("chime", "service-2")
INSTALLED = len(CHIME["operations"])
# Of the older namespace, with the 55 operations that botocore dropped in 1.37.2.
RESTORED = INSTALLED + 55 if has_gaps() else INSTALLED
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
}
COUNT = """
def count(session=boto3):
    return len(session.client("chime").meta.service_model.operation_names)
"""
REGISTER = f"import boto3, moto, proxymock{COUNT}proxymock.register()\n"


def run(code: str, **variables: str) -> Any:
    """Return what *code* prints, JSON, in a Python of its own."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **CREDENTIALS, **variables},
    )
    assert result.stderr == ""
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("version", "gaps"),
    [
        ("1.34.0", False),
        ("1.37.1", False),
        ("1.37.2", True),
        ("1.37.10", True),
        ("1.38.0.dev1", True),
        ("2.0.0rc1", True),
    ],
)
def test_first_version_with_gaps(
    monkeypatch: pytest.MonkeyPatch, version: str, gaps: bool
) -> None:
    """botocore 1.37.2 was the first to drop operations."""
    monkeypatch.setattr("botocore.__version__", version)

    assert has_gaps() is gaps


def test_without_us_nothing_changes() -> None:
    """Where nobody registers, botocore has what it has."""
    assert run(f"import boto3, proxymock{COUNT}print(count())") == INSTALLED


def test_new_sessions_have_all_operations() -> None:
    """After registering, each new session has the operations, and the default one."""
    code = REGISTER + "print([count(), count(boto3.Session())])"

    assert run(code) == [RESTORED, RESTORED]


def test_default_session_of_before_has_them() -> None:
    """So has a default session that has made clients before."""
    code = f"import boto3{COUNT}before = count()\n{REGISTER}print([before, count()])"

    assert run(code) == [INSTALLED, RESTORED]


def test_profile_that_is_chosen_later_has_its_data_path(tmp_path: Path) -> None:
    """A data path of the user's stays, also that of a profile that boto3 sets late."""
    own = tmp_path / "own" / "mine" / "2026-01-01"
    own.mkdir(parents=True)
    metadata = {
        "apiVersion": "2026-01-01",
        "protocol": "rest-json",
        "endpointPrefix": "m",
    }
    model = {
        "metadata": {**metadata, "serviceId": "Mine"},
        "operations": {},
        "shapes": {},
    }
    (own / "service-2.json").write_text(json.dumps(model))
    config = tmp_path / "config"
    config.write_text(
        f"[profile riders]\ndata_path = {own.parents[1]}\nregion = eu-west-1"
    )
    code = REGISTER + (
        "session = boto3.Session(profile_name='riders')\n"
        "import json\n"
        "found = 'mine' in session.get_available_services()\n"
        "print(json.dumps([found, count(session)]))"
    )

    assert run(code, AWS_CONFIG_FILE=str(config)) == [True, RESTORED]


def test_other_processes_see_nothing() -> None:
    """A child has botocore as it is, and the environment that its parent had."""
    code = REGISTER + (
        "import json, os, subprocess, sys\n"
        "before = dict(os.environ)\n"
        "boto3.Session().client('chime')\n"
        f"program = {f'import boto3{COUNT}print(count())'!r}\n"
        "child = subprocess.check_output([sys.executable, '-c', program], text=True)\n"
        "print(json.dumps([count(), int(child), before == dict(os.environ)]))"
    )

    assert run(code) == [RESTORED, INSTALLED, True]


def test_variable_turns_it_off() -> None:
    """With PROXYMOCK_RESTORE=0 botocore has what it has, in every session."""
    code = f"import boto3\nboto3.client('chime')\n{REGISTER}"

    found = run(
        f"{code}print([count(), count(boto3.Session())])", PROXYMOCK_RESTORE="0"
    )

    assert found == [INSTALLED, INSTALLED]


@pytest.mark.measured
def test_botocore_that_has_dropped_nothing_stays() -> None:
    """What an older botocore lacks came later, and production lacks it, too."""
    code = f"import botocore\nbotocore.__version__ = '1.37.1'\n{REGISTER}print(count())"

    assert run(code) == INSTALLED


NO_PATCH = """
import sys
import boto3, botocore.session, moto
import proxymock

def contents():
    found = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("boto3", "botocore"):
            for key, value in vars(module).items():
                found[name, key] = value
                if isinstance(value, type):
                    found.update({(name, key, k): v for k, v in vars(value).items()})
    return found

before = contents()
proxymock.register()
boto3.Session().client("chime")
after = contents()
import json
print(json.dumps(sorted(".".join(k) for k in before if before[k] is not after[k])))
"""


def test_nothing_is_patched() -> None:
    """No name of boto3 and botocore is replaced."""
    assert run(NO_PATCH) == []


def test_pytest_plugin_restores(pytester: pytest.Pytester) -> None:
    """Under pytest nothing has to be called: importing moto is enough."""
    pytester.makepyfile(
        """
        import boto3
        from moto import mock_aws

        @mock_aws
        def test_connector():
            chime = boto3.client("chime", region_name="us-east-1")
            made = chime.create_voice_connector(Name="Rides", RequireEncryption=True)
            assert chime.list_voice_connectors()["VoiceConnectors"] == [
                made["VoiceConnector"]
            ]
        """
    )

    run_tests(pytester).assert_outcomes(passed=1)


GONE = """
from botocore.loaders import Loader
Loader.BUILTIN_DATA_PATH = {data!r}
import json
import boto3, botocore
botocore.__version__ = "2.0.0"
boto3.setup_default_session()
before = boto3.DEFAULT_SESSION.get_available_services()
import proxymock
with proxymock.mock_aws():
    voice = boto3.client("chime-sdk-voice")
    made = voice.create_voice_connector(Name="Rides", RequireEncryption=True)
    chime = boto3.client("chime")
    ids = {{"VoiceConnectorId": made["VoiceConnector"]["VoiceConnectorId"]}}
    chime.put_voice_connector_proxy(
        **ids, DefaultSessionExpiryMinutes=60, PhoneNumberPoolCountries=["US"]
    )
    voice.create_proxy_session(
        **ids,
        ParticipantPhoneNumbers=["+12065550101", "+14155550102"],
        Capabilities=["Voice"],
    )
    print(json.dumps([before, len(chime.list_proxy_sessions(**ids)["ProxySessions"])]))
"""


def test_botocore_without_the_services(tmp_path: Path) -> None:
    """With a botocore that has neither client any more, both are mocked."""
    builtin = Path(Loader.BUILTIN_DATA_PATH)
    for name in ("sts", *(file.name for file in builtin.glob("*.json"))):
        (tmp_path / name).symlink_to(builtin / name)

    assert run(GONE.format(data=str(tmp_path))) == [["sts"], 1]
