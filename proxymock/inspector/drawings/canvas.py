"""What drawings are made of, and the one place where SVG is written.

Lengths are pixels, and whole numbers, so that the same data make the same text. A class
says what a thing is, and the style sheet how that looks: the page allows no style in
its elements. A text is as wide as its columns, since its characters are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup, escape

from proxymock.api.rendering import timestamp
from proxymock.inspector.wording import columns_of, shortened, visible

# The widths of a character of 12 px, and of a small one of 11 px, in tenths of a pixel.
COLUMN = 73
SMALL_COLUMN = 67
MOST_DRAWN = 60
LONGEST_TITLE = 300
Point = tuple[int, int]
Attributes = Mapping[str, str | int]


def width_of(text: str, *, small: bool = False) -> int:
    """Return how wide a text is at most."""
    tenths = columns_of(visible(text)) * (SMALL_COLUMN if small else COLUMN)
    return -(-tenths // 10)


class Canvas:
    """A picture that is as large as what is drawn on it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.width = self.height = 0
        self._elements: list[str] = []

    def box(self, left: int, top: int, width: int, height: int, style: str) -> None:
        """Draw a box. What is drawn later covers it."""
        self._extend(left + width, top + height)
        self._add(
            "rect",
            {"class": style, "x": left, "y": top, "width": width, "height": height},
        )

    def line(self, points: list[Point], style: str) -> None:
        """Draw a line from point to point."""
        for point in points:
            self._extend(*point)
        path = " ".join(f"{x},{y}" for x, y in points)
        self._add("polyline", {"class": style, "points": path})

    def curve(self, start: Point, end: Point, style: str) -> None:
        """Draw a curve that leaves *start* and reaches *end* level."""
        (x, y), (to_x, to_y) = start, end
        middle = (x + to_x) // 2
        path = f"M{x},{y} C{middle},{y} {middle},{to_y} {to_x},{to_y}"
        self._add("path", {"class": style, "d": path})

    def arrow(self, start: int, end: int, at: int, style: str) -> None:
        """Draw a level arrow from *start* to *end*."""
        back = end - 7 if end > start else end + 7
        self.line([(start, at), (end, at)], style)
        head = f"{end},{at} {back},{at - 4} {back},{at + 4}"
        self._add("polygon", {"class": f"head {style}", "points": head})

    def dot(self, at: Point, style: str) -> None:
        """Draw a dot."""
        x, y = at
        self._extend(x + 5, y + 5)
        self._add("circle", {"class": style, "cx": x, "cy": y, "r": 4})

    def text(
        self, at: Point, text: str, style: str, columns: int, anchor: str = "start"
    ) -> None:
        """Write a text of a user on one line, of so many columns at most.

        What is left out is told by its title. *anchor* is ``start``, ``middle`` or
        ``end``, where *at* is then.
        """
        whole = visible(text[: LONGEST_TITLE + 1])
        fits = shortened(whole, columns)
        title = Markup()
        if fits != whole:
            title = Markup("<title>{}</title>").format(shortened(whole, LONGEST_TITLE))
        width = width_of(fits, small="small" in style.split())
        self._write(at, title + fits, style, width, anchor)

    def time(self, at: Point, instant: datetime, anchor: str = "start") -> None:
        """Write an instant, which the page may show in another zone."""
        self._time(at, f"{instant:%m-%d %H:%M:%S}", instant, "at", anchor)

    def until(self, at: Point, instant: datetime, anchor: str = "start") -> None:
        """Write until when something lasts, for which the page counts down."""
        self._time(at, f"until {instant:%m-%d %H:%M}", instant, "until", anchor)

    def _time(
        self, at: Point, text: str, instant: datetime, kind: str, anchor: str
    ) -> None:
        # To the millisecond, as tables have it, so that both count down as one.
        span = Markup('<tspan class="{}" datetime="{}">{}</tspan>').format(
            kind, timestamp(instant), text
        )
        self._write(at, span, "small time", width_of(text, small=True), anchor)

    def _write(
        self, at: Point, content: Markup, style: str, width: int, anchor: str
    ) -> None:
        x, y = at
        right = x + {"start": width, "middle": width // 2, "end": 0}[anchor]
        self._extend(right, y + 4)
        # Each text of a picture is a paragraph of its own, whichever way it runs.
        named: Attributes = {"class": style, "x": x, "y": y}
        if anchor != "start":
            named = {**named, "text-anchor": anchor}
        self._add("text", named, content)

    def svg(self) -> Markup:
        """Return the picture. Readers and tests read the sentences beside it."""
        width, height = self.width + 2, self.height + 2
        attributes: Attributes = {
            "class": self.kind,
            "xmlns": "http://www.w3.org/2000/svg",
            "aria-hidden": "true",
            "width": width,
            "height": height,
            "viewBox": f"0 0 {width} {height}",
        }
        return _element("svg", attributes, "".join(self._elements))

    def _extend(self, right: int, bottom: int) -> None:
        self.width, self.height = max(self.width, right), max(self.height, bottom)

    def _add(self, name: str, attributes: Attributes, content: str = "") -> None:
        self._elements.append(_element(name, attributes, content))


def _element(name: str, attributes: Attributes, content: str) -> Markup:
    # A number is spared the escaping, which would take most of the time.
    written = "".join(
        f' {key}="{value if type(value) is int else escape(value)}"'
        for key, value in attributes.items()
    )
    # All of it has been escaped: attributes here, texts where they are written.
    return Markup(f"<{name}{written}>{content}</{name}>")
