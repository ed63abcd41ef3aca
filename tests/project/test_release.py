"""The checks of a release, which ``tox run -e release`` makes of the real one."""

from __future__ import annotations

import os
from importlib import metadata
from pathlib import Path

import pytest

from release import ReleaseError, check_changelog, check_equal, relative_links


@pytest.mark.parametrize(
    "changelog",
    [
        "## [Unreleased]\n\n- New.\n\n## [1.0.0] - 2026-11-28\n",
        "## [Unreleased]\n\n## [0.9.0] - 2026-11-27\n",
        "## [Unreleased]\n\n## [1.0.0]\n",
        "## [1.0.0] - 2026-11-28\n",
    ],
    ids=["notes left", "another version", "no date", "nothing above"],
)
def test_changelog_that_is_not_ready_is_refused(changelog: str) -> None:
    """A release has all notes in a section of its own, with its date."""
    with pytest.raises(ReleaseError, match=r"^the changelog must have .* 1\.0\.0 with"):
        check_changelog(changelog, "1.0.0")


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Path, Path]:
    """Return the folders of two builds that are equal."""
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "proxymock-1.0.0-py3-none-any.whl").write_bytes(b"the same")
    return tmp_path / "one", tmp_path / "other"


def test_builds_that_differ_are_refused(builds: tuple[Path, Path]) -> None:
    """One byte is enough, and the message names the file."""
    one, other = builds
    check_equal(one, other, "the second build")
    (other / "proxymock-1.0.0-py3-none-any.whl").write_bytes(b"the Same")

    with pytest.raises(ReleaseError) as raised:
        check_equal(one, other, "the second build")

    message = "the second build differs: proxymock-1.0.0-py3-none-any.whl"
    assert str(raised.value) == message


def test_build_without_files_is_refused(builds: tuple[Path, Path]) -> None:
    """A build that has made nothing is no equal one."""
    one, other = builds
    (other / "proxymock-1.0.0-py3-none-any.whl").unlink()

    with pytest.raises(ReleaseError, match=r"^the second build differs: nothing was"):
        check_equal(one, other, "the second build")


@pytest.mark.skipif("TOX_ENV_NAME" not in os.environ, reason="only tox builds a wheel")
def test_description_stands_by_itself() -> None:
    """The README as an index shows it has no link to a file beside it."""
    description = str(metadata.metadata("proxymock").json["description"])

    assert description.startswith("# proxymock: Amazon Chime SDK Voice for moto\n")
    assert relative_links(description) == []
