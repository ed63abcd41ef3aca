"""Build a release from a clean clone of the last commit, and check all that it claims.

    python scripts/release.py            # a rehearsal, of which nothing is kept
    python scripts/release.py dist       # the release: leaves its two files in dist/

It needs git and the dependency group ``release``; ``tox run -e release`` brings these.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]


class ReleaseError(Exception):
    """The commit cannot be released, and the message says why."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Build and check. Raises SystemExit with a message if anything is not right."""
    parser = argparse.ArgumentParser(description="Build a release and check it.")
    parser.add_argument("directory", nargs="?", type=Path, help="where to leave it")
    target: Path | None = parser.parse_args(arguments).directory
    with tempfile.TemporaryDirectory() as folder:
        try:
            if target is not None:
                check_is_ready()
            elif run("git", "status", "--porcelain"):
                print("What is not committed is not in this rehearsal", file=sys.stderr)
            files = build_and_check(Path(folder))
        except ReleaseError as error:
            sys.exit(f"Not released: {error}")
        except subprocess.CalledProcessError as error:
            sys.exit(f"Not released: {error.cmd} failed\n{error.stdout or ''}")
        if target is not None:
            target.mkdir(exist_ok=True)
            for file in files:
                shutil.copy2(file, target)
        for file in files:
            print(hashlib.sha256(file.read_bytes()).hexdigest(), file.name)


def check_is_ready() -> None:
    """Refuse a commit that is not all there is, or whose changelog is not ready."""
    if run("git", "status", "--porcelain"):
        raise ReleaseError("the work tree has changes that are not committed")
    source = (ROOT / "proxymock" / "__init__.py").read_text("utf-8")
    [version] = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    check_changelog((ROOT / "CHANGELOG.md").read_text("utf-8"), version)


def check_changelog(changelog: str, version: str) -> None:
    """Refuse a changelog whose newest release is not *version*, with all the notes.

    >>> check_changelog("## [Unreleased]\\n\\n## [1.0.0] - 2026-11-28\\n", "1.0.0")
    """
    begin = rf"## \[Unreleased\]\n\s*## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n"
    if not re.search(begin, changelog):
        raise ReleaseError(
            f"the changelog must have an empty Unreleased, and {version} with its date "
            "below"
        )


def build_and_check(folder: Path) -> list[Path]:
    """Build twice, in two places, and check the files; return those of the first."""
    made = [build(folder / name) for name in ("first", "a second place")]
    check_equal(made[0], made[1], "the second build")
    [sdist], [wheel] = (sorted(made[0].glob(end)) for end in ("*.tar.gz", "*.whl"))
    check_equal(made[0], rebuilt(sdist, folder / "rebuilt"), "the source's own wheel")
    files = [sdist, wheel]
    run("twine", "check", "--strict", *map(str, files))
    run("check-wheel-contents", str(wheel))
    check_links(wheel)
    check_runs(wheel, folder)
    return files


def build(folder: Path) -> Path:
    """Clone the last commit into a folder and build it; return where the files are."""
    run("git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder))
    python("build", "--no-isolation", "--sdist", "--wheel", str(folder))
    return folder / "dist"


def rebuilt(sdist: Path, folder: Path) -> Path:
    """Build the wheel again, from the source distribution alone."""
    shutil.unpack_archive(sdist, folder)
    python(
        "build",
        "--no-isolation",
        "--wheel",
        "--outdir",
        str(folder),
        str(*folder.iterdir()),
    )
    return folder


def check_equal(one: Path, other: Path, what: str) -> None:
    """Refuse distributions in *other* that differ from those of their name in *one*."""
    files = [file for file in sorted(other.glob("proxymock-*.*")) if file.is_file()]
    differ = [f.name for f in files if f.read_bytes() != (one / f.name).read_bytes()]
    if differ or not files:
        names = ", ".join(differ) or "nothing was built"
        raise ReleaseError(f"{what} differs: {names}")


def check_links(wheel: Path) -> None:
    """Refuse a description whose links lead into files that an index does not have."""
    [found] = distributions(path=[str(wheel)])
    links = relative_links(str(found.metadata.json["description"]))
    if links:
        raise ReleaseError(f"the description has relative links: {', '.join(links)}")


def relative_links(markdown: str) -> list[str]:
    """Return the links of a text to files beside it.

    >>> relative_links("[a](b.md#c), [d](https://example.com), [e](#here)")
    ['b.md#c']
    """
    return re.findall(r"\]\((?!https?:|#)([^)]+)\)", markdown)


def check_runs(wheel: Path, folder: Path) -> None:
    """Install the wheel alone into a new environment, and play the example with it."""
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    bin = environment / ("Scripts" if os.name == "nt" else "bin")
    install = (
        "-I",
        "-m",
        "pip",
        "install",
        "-q",
        "--no-compile",
        "--only-binary=:all:",
    )
    run(str(bin / "python"), *install, str(wheel))
    example = (ROOT / "examples" / "delivery.py").read_text("utf-8")
    (folder / "delivery.py").write_text(example, "utf-8")
    run(str(bin / "python"), "-I", "-W", "error", str(folder / "delivery.py"))


def python(module: str, *arguments: str) -> None:
    """Run a module with the time of the last commit, which the files then have."""
    run(sys.executable, "-m", module, *arguments, SOURCE_DATE_EPOCH=last_commit())


def last_commit() -> str:
    """Return the time of the last commit, in seconds since 1970."""
    return run("git", "log", "-1", "--format=%ct").strip()


def run(*command: str, **environment: str) -> str:
    """Run a command in the root of the project; return what it prints."""
    settings: Mapping[str, str] = {**os.environ, **environment}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=settings,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ).stdout


if __name__ == "__main__":
    main()
