"""Run tests in Pyodide, a CPython 3.14 that Node.js runs::

    python tests/wasm DIRECTORY ARGUMENT...

Pyodide is installed into the directory. The tests import the packages of the Python
that runs this, except those that have a build of their own for Pyodide.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
# Without their compiled parts these do not work; the others have a spare in Python.
COMPILED = ("hypothesis",)
FOR_PYODIDE = (
    *("--platform", "pyemscripten_2026_0_wasm32", "--platform", "any"),
    *("--python-version", "3.14", "--implementation", "cp"),
    *("--abi", "cp314", "--abi", "abi3", "--abi", "none"),
    *("--only-binary", ":all:", "--no-deps", "--no-compile", "--upgrade"),
)
OPTIONS = (
    *("-p", "no:cacheprovider", "-p", "proxymock.pytest_plugin"),
    # Hypothesis counts references to its own generator, and Python 3.14 has fewer.
    *("-W", "ignore:It looks like `register_random` was passed"),
)


def install(target: Path) -> Path:
    """Install Pyodide into *target*, and return where its packages are."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "run.mjs"):
        shutil.copy(HERE / name, target)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=target, check=True)
    packages = target / "packages"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target"]
    subprocess.run([*pip, str(packages), *FOR_PYODIDE, *COMPILED], check=True)
    return packages


def main(target: Path, *arguments: str) -> int:
    """Return the exit status of pytest.

    Without Node.js it is 0, or 1 if PROXYMOCK_PYODIDE=required.
    """
    if not all(map(shutil.which, ("node", "npm"))):
        print("Python 3.14 was not tested: Pyodide needs Node.js with npm")
        return int(os.environ.get("PROXYMOCK_PYODIDE") == "required")
    try:
        packages = install(target)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Python 3.14 was not tested: Pyodide was not installed. {error}")
    places = [HERE, HERE.parent, packages, sysconfig.get_path("purelib")]
    node = ["node", "--stack-size=50000", "run.mjs", PROJECT]
    command = [*node, os.pathsep.join(map(str, places)), *OPTIONS]
    limits = ("-p", "pyodide_limits", *arguments)
    # V8 must not be told of more room for calls than the system gives.
    shell = f"ulimit -s 65536 && exec {shlex.join(map(str, [*command, *limits]))}"
    return subprocess.run(["sh", "-c", shell], cwd=target, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), *sys.argv[2:]))
