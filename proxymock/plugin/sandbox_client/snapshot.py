"""The state of an account, out and in, for Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.plugin.sandbox_client.client import SandboxClient
from proxymock.sandbox import SandboxError, commands


class Snapshot(SandboxClient):
    """The state of the account as JSON.

    It has all that the API, the phone and the clock depend on, in all regions; settings
    and faults are the test's own and are not in it.

    Both methods raise SandboxError for an account id that is not twelve digits.
    """

    def export(self, *, account_id: str | None = None) -> dict[str, Any]:
        """Return all of it, ready for ``json.dump``.

        It is a copy, which nothing changes. ``FormatVersion`` says how it is written;
        instants in it are ISO 8601 in UTC, ``2026-01-02T03:04:05.678Z``.
        """
        return self._run(commands.state, account_id)

    def load(self, state: Mapping[str, Any], *, account_id: str | None = None) -> None:
        """Put *state* in place of all of it, or of nothing.

        Args:
            state: what ``export`` returned, or what a person wrote in its format. It
                may come from another account, whose ARNs become this one's.
            account_id: whose state, by default that of this process.

        Raises SandboxError, which says where *state* is wrong; then nothing of it has
        been loaded.
        """
        # The command trusts in an object, which every body over HTTP is by then.
        if not isinstance(state, Mapping):
            kind = type(state).__name__
            raise SandboxError(f"A state must be what export() returns, no {kind}")
        self._run(commands.put_state, account_id, document=state)
