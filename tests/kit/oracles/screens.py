"""A page as a person has it: what it says, and what there is to follow and to press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "img", "input", "link", "meta", "circle", "rect", "path", "polyline"}
FIELDS = {"input", "select", "textarea"}
SILENT = {"svg", "dialog", "noscript", "option"}


@dataclass(eq=False)
class Element:
    """An element of a page: *inside* are its texts and elements."""

    name: str
    attributes: dict[str, str | None]
    inside: list[str | Element] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the elements in this one that have one of *names*, in order."""
        for each in self.inside:
            if isinstance(each, Element):
                if each.name in names or not names:
                    yield each
                yield from each.all(*names)

    @property
    def text(self) -> str:
        """What it says, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for each in self.inside:
            if isinstance(each, str):
                yield each
            elif each.name not in SILENT:
                yield from each._texts()
                yield " " if each.name in {"td", "th", "p", "li", "dt", "dd"} else ""


class _Parser(HTMLParser):
    """Takes only what is nested as HTML wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        assert len(element.attributes) == len(attrs), f"{tag} has an attribute twice"
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            closed = self.open.pop()
            assert closed.name == tag, f"{tag} closes {closed.name}"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


class Screen:
    """A whole page. Raises AssertionError if it is not nested well."""

    def __init__(self, html: str) -> None:
        parser = _Parser()
        parser.feed(html)
        parser.close()
        [self.document] = parser.open
        [self.main] = self.document.all("main")

    @property
    def ids(self) -> list[str]:
        """The ids of all elements."""
        return [id for each in self.document.all() if (id := each.attributes.get("id"))]

    @property
    def links(self) -> dict[str, str]:
        """Where the links lead, by what they say; the first of each."""
        found: dict[str, str] = {}
        for each in self.document.all("a"):
            found.setdefault(each.text, each.attributes["href"] or "")
        return found

    @property
    def addresses(self) -> set[str]:
        """Where the links lead within the page's own address."""
        links = (each.attributes["href"] or "" for each in self.document.all("a"))
        return {link for link in links if link.startswith("?")}

    @property
    def buttons(self) -> list[str]:
        """What the buttons of the view are called."""
        return [each.text for each in self.main.all("button")]

    @property
    def fields(self) -> dict[str, str]:
        """The names of the members by the labels of their fields."""
        found: dict[str, str] = {}
        for label in self.document.all("label"):
            for each in label.all(*FIELDS):
                found[label.text] = each.attributes.get("name") or ""
        return found

    @property
    def unlabelled(self) -> list[Element]:
        """Fields that nobody can name."""
        labelled = {f for each in self.document.all("label") for f in each.all(*FIELDS)}
        return [
            each
            for each in self.document.all(*FIELDS)
            if each not in labelled
            and each.attributes.get("type") != "hidden"
            and "aria-label" not in each.attributes
        ]

    def table(self, *heads: str) -> list[list[str]]:
        """Return the cells of the table whose heads begin so, row by row."""
        tables = [
            each
            for each in self.main.all("table")
            if [head.text for head in each.all("th")][: len(heads)] == list(heads)
        ]
        [body] = tables[0].all("tbody")
        return [[cell.text for cell in row.all("td")] for row in body.all("tr")]

    @property
    def headings(self) -> list[str]:
        """The headings of the view."""
        return [each.text for each in self.main.all("h1", "h2", "h3")]

    @property
    def empty(self) -> list[str]:
        """What the view says of what is not there."""
        return [
            each.text
            for each in self.main.all("div")
            if each.attributes.get("class") == "empty"
        ]
