"""Write ``tests/project/public_surface.txt``: everything that users may rely on.

    python scripts/write_public_surface.py

Each line has the release in which an element came or last changed, its name, and what
it is. What was removed keeps its line. A test fails when the file is stale, or when the
changelog of that release does not name the element.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import proxymock
from http_commands import as_text, operations, thing
from proxymock import server_options
from proxymock.plugin.fixtures import Keywords
from proxymock.sandbox import snapshot
from proxymock.sandbox.snapshot.schema import kinds
from proxymock.state.options import Options

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "tests" / "project" / "public_surface.txt"
CHANGELOG = ROOT / "CHANGELOG.md"
UNRELEASED = "Unreleased"
REMOVED = "removed"
Elements = Iterable[tuple[str, str]]  # a name, and what it is
Key = tuple[str, str]  # section and name
Surface = Mapping[Key, str]


class Line(NamedTuple):
    """The release since which an element is what it is, and what that is."""

    since: str
    text: str


Record = Mapping[Key, Line]


def notes(changelog: str) -> Mapping[str, str]:
    """Return the sections of a changelog by their release.

    >>> notes("## [Unreleased]\\n\\n## [1.0.0] - 2026-11-28\\n\\n- It is.\\n")
    {'Unreleased': '', '1.0.0': '- It is.'}
    """
    parts = re.split(r"^## \[(.+?)\].*$", changelog, flags=re.MULTILINE)[1:]
    return {
        release: text.strip()
        for release, text in zip(parts[::2], parts[1::2], strict=True)
    }


def next_release(changelog: str) -> str:
    """Return to what a change belongs: what is not released, or the release at hand."""
    return UNRELEASED if notes(changelog)[UNRELEASED] else proxymock.__version__


def updated(record: Record, surface: Surface, release: str) -> Record:
    """Return a record in which what differs from the *surface* is of this *release*."""
    gone = {key: REMOVED for key in record if key not in surface}
    return {
        key: Line(_since(record.get(key), text, release), text)
        for key, text in sorted({**surface, **gone}.items())
    }


def _since(before: Line | None, text: str, release: str) -> str:
    if before is None or before.text != text or before.since == UNRELEASED:
        return release
    return before.since


def read(text: str) -> Record:
    """Return the record that a text holds."""
    return dict(_lines(text))


def _lines(text: str) -> Iterator[tuple[Key, Line]]:
    for part in text.split("\n## ")[1:]:
        section, *lines = part.strip().splitlines()
        for line in filter(None, lines):
            since, name, what = line.split(" | ", 2)
            yield (section, name), Line(since, what)


def written(record: Record) -> str:
    """Return the text of a record."""
    sections: dict[str, list[str]] = {}
    for (section, name), (since, what) in record.items():
        sections.setdefault(section, []).append(f"{since} | {name} | {what}")
    parts = ["# Written by scripts/write_public_surface.py\n"]
    parts += (f"## {name}\n\n" + "\n".join(sections[name]) + "\n" for name in sections)
    return "\n".join(parts)


def surface() -> Surface:
    """Return what the package offers now."""
    sections = {
        "python": _python(),
        "pytest": _pytest(),
        "command line": _command_line(),
        "environment": _found(r"\bPROXYMOCK_[A-Z_]+", "**/*.py"),
        "settings": _fields(Options),
        "http": _http(),
        "saved state": _saved_state(),
    }
    return {
        (section, name): text
        for section, elements in sections.items()
        for name, text in elements
    }


def _python() -> Elements:
    yield "proxymock.server.application", "a WSGI application"
    for name in proxymock.__all__:
        thing = getattr(proxymock, name)
        if isinstance(thing, ModuleType):
            for inner in thing.__all__:
                yield from _named(f"proxymock.{name}.{inner}", getattr(thing, inner))
        elif name == "mock_aws":
            yield f"proxymock.{name}", "moto's, with the service registered"
        else:
            yield from _named(f"proxymock.{name}", thing)


def _named(name: str, thing: Any) -> Elements:
    if not isinstance(thing, type):
        yield name, _signature(thing)
    elif issubclass(thing, Exception):
        yield name, f"an exception, {thing.__mro__[1].__name__}"
    else:
        # A user makes none but by what answers it, so only its fields are public.
        yield name, _as_text(dict(_fields(thing))) if is_dataclass(thing) else "a class"
        for member in _members(thing):
            yield f"{name}.{member}", _member(thing, member)


def _members(kind: type) -> Iterator[str]:
    own = {*dir(kind)}
    if issubclass(kind, proxymock.Sandbox):
        with proxymock.Sandbox.mocked() as sandbox:
            own |= {*dir(sandbox)}
    known = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
    return (name for name in sorted(own - known) if not name.startswith("_"))


def _member(kind: type, name: str) -> str:
    value = inspect.getattr_static(kind, name, None)
    if callable(value) or isinstance(value, staticmethod):
        return _signature(getattr(kind, name))
    getter = getattr(value, "fget", None) or getattr(value, "func", None)
    return "an attribute" if getter is None else _bare(getter.__annotations__["return"])


def _signature(function: Callable[..., Any]) -> str:
    found = inspect.signature(function)
    parameters = [
        each.replace(annotation=_Bare(_bare(each.annotation)))
        for each in found.parameters.values()
        if each.name != "self"
    ]
    answer = _Bare(_bare(found.return_annotation))
    return str(found.replace(parameters=parameters, return_annotation=answer))


class _Bare(str):
    """An annotation as its source has it, in every version of Python."""

    __repr__ = str.__str__


def _bare(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else annotation.__name__


def _fields(kind: type) -> Elements:
    for each in fields(kind):
        if not each.metadata.get("derived"):
            default = "" if each.default is MISSING else f" = {each.default!r}"
            made = "" if each.default_factory is MISSING else " = ..."
            yield each.name, f"{_bare(each.type)}{default}{made}"


def _pytest() -> Elements:
    for name in ("proxymock", "proxymock_server", "proxymock_server_url"):
        yield name, "a fixture"
    for name, text in Keywords.__annotations__.items():
        yield f"@pytest.mark.proxymock({name}=)", _bare(text.__forward_arg__)
    yield from _found(r"--proxymock-[a-z-]+", "pytest_plugin.py")


def _found(pattern: str, files: str) -> Elements:
    """Yield what the source of some files names."""
    sources = [path.read_text("utf-8") for path in (ROOT / "proxymock").glob(files)]
    for name in sorted({*re.findall(pattern, "\n".join(sources))}):
        yield name, "a name"


def _command_line() -> Elements:
    for action in server_options.parser()._actions:
        takes = "a flag" if action.nargs == 0 else str(action.metavar or action.dest)
        yield f"proxymock-server {' '.join(action.option_strings)}", takes


def _http() -> Elements:
    for each in operations():
        takes = {
            one.name + ("" if one.is_required else "?"): as_text(one.schema, _in_full)
            for one in each.takes
        }
        given = "an object" if each.takes_all else _as_text(takes)
        yield each.name, f"{given} -> {as_text(each.answer, _in_full)}"


def _in_full(name: str) -> str:
    properties = thing(name)["properties"]
    return _as_text({key: as_text(each, _in_full) for key, each in properties.items()})


def _as_text(members: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {text}" for name, text in members.items()) + "}"


def _saved_state() -> Elements:
    yield "FormatVersion", str(snapshot.FORMAT_VERSION)
    yield "a document", ", ".join(snapshot._MEMBERS)
    for name, kind in kinds().items():
        if kind is not Options:  # which belong to a test
            yield name, _as_text(dict(_fields(kind)))


def main() -> None:
    """Write the file."""
    before = read(TARGET.read_text("utf-8")) if TARGET.exists() else {}
    release = next_release(CHANGELOG.read_text("utf-8"))
    record = updated(before, surface(), release)
    TARGET.write_text(written(record), "utf-8")
    print(f"{TARGET}: {len(record)} elements, what is new is of {release}")


if __name__ == "__main__":
    main()
