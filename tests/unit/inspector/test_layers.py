"""Things in columns, ordered so that the ways between them cross little."""

from __future__ import annotations

from proxymock.inspector.drawings.layers import layers, way_through


def test_order_follows_the_ways() -> None:
    """A column is ordered by what leads to it; the rest keeps its order below."""
    columns = {"a": 0, "b": 0, "z": 1, "y": 1, "x": 1, "w": 1}

    found = layers(columns, [("a", "y"), ("b", "z")])

    assert found == [[("a",), ("b",)], [("y",), ("z",), ("x",), ("w",)]]


def test_way_past_a_column() -> None:
    """A way past a column has a slot there, once, however often it is given."""
    columns = {"a": 0, "b": 1, "c": 2}

    found = layers(columns, [("a", "c"), ("a", "c")])

    assert found == [[("a",)], [("a", "c"), ("b",)], [("c",)]]
    assert way_through(("a", "c"), columns) == [("a",), ("a", "c"), ("c",)]


def test_nothing() -> None:
    """Nothing has no columns."""
    assert layers({}, []) == []
