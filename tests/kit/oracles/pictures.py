"""What a picture consists of, read from its SVG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from markupsafe import Markup

NAMESPACE = "{http://www.w3.org/2000/svg}"
# In pixels: what a character of the fonts takes that the page asks for.
WIDTHS = {False: 7.3, True: 6.7}


def pictures(svg: str) -> Iterator[ElementTree.Element]:
    """Yield the pictures of a drawing. Raises ParseError unless they are XML."""
    yield from ElementTree.fromstring(f"<drawing>{svg}</drawing>")


def outline(svg: str) -> list[str]:
    """Return a line for each picture of a drawing and each element of it."""
    return [
        line
        for picture in pictures(svg)
        for line in (
            f"svg {picture.get('class')} {picture.get('viewBox')}",
            *map(_line, picture),
        )
    ]


def _line(element: ElementTree.Element) -> str:
    name = element.tag.removeprefix(NAMESPACE)
    of = dict(element.items())
    start = f"{name} {of.pop('class')}"
    if name == "rect":
        return "{} {x},{y} {width}x{height}".format(start, **of)
    if name == "text":
        anchor = of.get("text-anchor", "start")
        return "{} {x},{y} {}: {}".format(start, anchor, _content(element), **of)
    return f"{start} {' '.join(of.values())}"


def _content(text: ElementTree.Element) -> str:
    """Return what a text shows, which its title is not."""
    whole = "".join(text.itertext())
    return whole.removeprefix(text.findtext(f"{NAMESPACE}title") or "")


@dataclass(frozen=True)
class Box:
    """A part of a picture, with what is in it for whoever reads a failure."""

    left: float
    top: float
    right: float
    bottom: float
    of: str

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Tell whether a box is within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def boxes(picture: ElementTree.Element) -> list[Box]:
    """Return the boxes of a picture."""
    found = []
    for rect in picture.iter(f"{NAMESPACE}rect"):
        x, y, width, height = (
            float(rect.get(name, "")) for name in ("x", "y", "width", "height")
        )
        found.append(Box(x, y, x + width, y + height, rect.get("class", "")))
    return found


def texts(picture: ElementTree.Element) -> list[Box]:
    """Return where the texts of a picture are, of characters that are one column."""
    found = []
    for text in picture.iter(f"{NAMESPACE}text"):
        content = _content(text)
        small = "small" in text.get("class", "").split()
        width = len(content) * WIDTHS[small]
        x, y = float(text.get("x", "")), float(text.get("y", ""))
        left = (
            x
            - {"start": 0, "middle": width / 2, "end": width}[
                text.get("text-anchor", "start")
            ]
        )
        found.append(Box(left, y - 9, left + width, y + 3, content))
    return found


def frame(picture: ElementTree.Element) -> Box:
    """Return the whole of a picture."""
    left, top, right, bottom = map(float, picture.get("viewBox", "").split())
    return Box(left, top, right, bottom, "all")


def overlaps(parts: list[Box]) -> list[tuple[Box, Box]]:
    """Return those parts of a picture that lie on each other."""
    return [(one, other) for one, other in combinations(parts, 2) if one.meets(other)]


def plain(sentence: Markup) -> str:
    """Return a sentence as somebody reads it aloud."""
    return sentence.striptags()
