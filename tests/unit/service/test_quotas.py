"""Every quota that is known holds somewhere."""

from __future__ import annotations

import ast
from pathlib import Path

import proxymock
from proxymock.sandbox.snapshot.schema import kinds
from proxymock.service.quotas import QUOTAS
from proxymock.state.analysis_tasks import AnalysisTask


def checked() -> set[str]:
    """Return the kinds whose quota something checks, as it spells them."""
    home = Path(proxymock.__file__).parent
    calls = [
        node
        for path in home.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"check_quota", "breach"}
    ]
    return {
        str(call.args[1].value)
        for call in calls
        if isinstance(call.args[1], ast.Constant)
    }


def test_every_quota_is_checked() -> None:
    """No quota is a promise that nothing keeps; tasks are checked by their kind."""
    kinds()  # or not all modules of the service are loaded
    tasks = {kind.__name__ for kind in AnalysisTask.__subclasses__()}

    assert checked() | tasks == QUOTAS.keys()
