"""The names by which a server's control interface can be reached."""

from __future__ import annotations

import pytest

from proxymock import server_options


def test_names_may_be_given_several_times() -> None:
    """Each --allow-host adds a name."""
    options = server_options.read(
        ["--allow-host", "a.example", "--allow-host", "b.example"]
    )

    assert options.allow_host == ["a.example", "b.example"]


def test_what_is_no_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """An address with scheme or port ends the start with an error that says why."""
    with pytest.raises(SystemExit):
        server_options.read(["--allow-host", "http://a.example"])

    assert capsys.readouterr().err.endswith(
        "'http://a.example' is not the name of a host, without scheme and port\n"
    )
