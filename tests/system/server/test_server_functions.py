"""The server's own functions: ``--function ARN=TARGET``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import requests

from kit.transports.lambdas import ARN
from kit.transports.servers import Start, url_in
from proxymock import server_options
from proxymock.plugin import lambdas
from proxymock.plugin.lambdas import UnusableFunctionError, bind_at_start

MASKING = """
import helper_of_masking

class Handlers:
    @staticmethod
    def handle(event, context):
        return {}

number = 5
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a module and one that it needs."""
    (tmp_path / "app_masking.py").write_text(MASKING)
    (tmp_path / "helper_of_masking.py").write_text("")
    (tmp_path / "app_broken.py").write_text("\n\nraise RuntimeError('No table')\n")
    (tmp_path / "app_exits.py").write_text("import sys\nsys.exit(1)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(lambdas, "of_the_process", {})
    return tmp_path


def test_functions_of_the_server(start: Start, folder: Path) -> None:
    """They are there in every account, and after a reset."""
    _, line = start(
        *("--function", f"{ARN}=app_masking:Handlers.handle"),
        *("--function", f"{ARN}-2=http://127.0.0.1:3001"),
    )
    control = f"{url_in(line)}/moto-api/proxymock/functions"

    first = requests.get(control, timeout=30).json()
    requests.post(f"{url_in(line)}/moto-api/reset", timeout=30)
    answers = [
        requests.get(f"{control}?AccountId={id}", timeout=30).json()
        for id in ("123456789012", "111111111111")
    ]

    assert first == {
        "Functions": [
            {
                "FunctionArn": ARN,
                "Target": "app_masking:Handlers.handle",
                "Failures": [],
            },
            {
                "FunctionArn": f"{ARN}-2",
                "Target": "http://127.0.0.1:3001",
                "Failures": [],
            },
        ]
    }
    assert answers == [first, first]


@pytest.mark.measured
def test_unusable_function_ends_the_start(start: Start, folder: Path) -> None:
    """A function that cannot be imported is told in the first line, with the place."""
    process, line = start("--function", f"{ARN}=app_broken:handler")

    assert line == (
        f"--function {ARN}=app_broken:handler: app_broken:handler cannot be imported: "
        f"RuntimeError: No table ({folder / 'app_broken.py'}:3)\n"
    )
    assert process.wait(timeout=30) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("masking=app_masking:Handlers.handle", "FunctionArn must match arn:"),
        (ARN, "TARGET must be a URL, or MODULE:NAME"),
        (f"{ARN}=app_masking", "TARGET must be a URL, or MODULE:NAME"),
        (f"{ARN}=ftp://localhost", "Url must be an http or https URL"),
        (f"{ARN}=app_masking:number", "app_masking:number is no function"),
        (
            f"{ARN}=app_missing:handler",
            "app_missing:handler cannot be imported: "
            "ModuleNotFoundError: No module named 'app_missing'",
        ),
        (
            f"{ARN}=app_masking:handler",
            "app_masking:handler cannot be imported: AttributeError: ",
        ),
        (
            f"{ARN}=app_exits:handler",
            "app_exits:handler cannot be imported: SystemExit: 1 (",
        ),
    ],
)
def test_what_is_no_function(folder: Path, text: str, message: str) -> None:
    """What is wrong with a function is said, and nothing is bound."""
    with pytest.raises(UnusableFunctionError) as refused:
        bind_at_start([text])

    assert str(refused.value).startswith(f"--function {text}: {message}")
    assert lambdas.of_the_process == {}


def test_modules_are_found_beside_what_is_found_already(folder: Path) -> None:
    """The working directory is searched once, however many functions there are."""
    bind_at_start([f"{ARN}=app_masking:Handlers.handle"] * 2)

    assert sys.path.count(str(folder)) == 1
    assert [*lambdas.of_the_process] == [ARN]


def test_option_is_repeatable() -> None:
    """The command line may name many functions, or none."""
    options = server_options.read(["--function", "a=b", "--function", "c=d"])

    assert options.function == ["a=b", "c=d"]
    assert server_options.read([]).function == []
