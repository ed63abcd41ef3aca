"""What a function raises is told by type, message and place."""

from __future__ import annotations

import importlib
import json
import math
from pathlib import Path
from typing import Any

import pytest

from kit.transports.lambdas import ARN, invoke
from proxymock.plugin.sandbox_client import Functions


def test_error_has_its_place(functions: Functions) -> None:
    """The place is the line that raises."""

    def breaks(event: Any, context: Any) -> None:
        raise KeyError("Order")

    functions.bind(ARN, breaks)

    line = breaks.__code__.co_firstlineno + 1
    assert invoke() == ("error", f"KeyError: 'Order' ({__file__}:{line})")


def test_place_is_in_ones_own_code(functions: Functions) -> None:
    """Where a library raises, the place is the line that calls it."""

    def breaks(event: Any, context: Any) -> None:
        json.loads("{")

    functions.bind(ARN, breaks)

    how, detail = invoke()
    line = breaks.__code__.co_firstlineno + 1
    assert (how, detail.endswith(f" ({__file__}:{line})")) == ("error", True)
    assert detail.startswith("json.decoder.JSONDecodeError: Expecting property")


@pytest.mark.parametrize("directory", ["site-packages", "dist-packages"])
def test_installed_package_anywhere(
    functions: Functions,
    directory: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A package is somebody else's wherever it was installed."""
    (tmp_path / directory).mkdir()
    module = tmp_path / directory / f"in_{directory[:4]}.py"
    module.write_text("def breaks(event):\n    raise KeyError(event)\n")
    monkeypatch.syspath_prepend(module.parent)
    library = importlib.import_module(module.stem)

    def handler(event: Any, context: Any) -> None:
        library.breaks("Order")

    functions.bind(ARN, handler)

    line = handler.__code__.co_firstlineno + 1
    assert invoke() == ("error", f"KeyError: 'Order' ({__file__}:{line})")


def test_library_as_a_function(functions: Functions) -> None:
    """A function of a library alone has no place where somebody should look."""
    functions.bind(ARN, math.hypot)
    assert invoke() == ("error", "TypeError: must be real number, not dict")

    functions.bind(ARN, json.dump)
    missing = "AttributeError: 'Context' object has no attribute 'write'"
    assert invoke() == ("error", missing)


def test_wrong_number_of_parameters(functions: Functions) -> None:
    """A callable that does not take event and context is named."""
    functions.bind(ARN, lambda event: None)  # type: ignore[arg-type,misc]

    how, detail = invoke()

    assert (how, detail.partition(": ")[0]) == ("error", "TypeError")
    assert detail.endswith("<lambda>() takes 1 positional argument but 2 were given")


def test_function_that_exits(functions: Functions) -> None:
    """A function that ends its process ends nothing here."""

    def exits(event: Any, context: Any) -> None:
        raise SystemExit(3)

    functions.bind(ARN, exits)

    line = exits.__code__.co_firstlineno + 1
    assert invoke() == ("error", f"SystemExit: 3 ({__file__}:{line})")
