"""A place in a document, such as ``Regions.us-east-1.VoiceConnectors[0].Name``.

A place is passed on for each value that is read, and becomes a text only in the message
of an error. Making the text for each would take too long.
"""

from __future__ import annotations

from collections.abc import Iterator

from proxymock.sandbox import SandboxError

Step = str | int  # the name of a member, or the index of an item


class Place:
    """A *step* below another place, or below none: a member of the document."""

    __slots__ = ("above", "step")

    def __init__(self, above: Place | None, step: Step) -> None:
        self.above = above
        self.step = step

    def __str__(self) -> str:
        return "".join(reversed(list(self._spelled()))).removeprefix(".")

    def _spelled(self) -> Iterator[str]:
        place: Place | None = self
        while place is not None:
            step = place.step
            yield f"[{step}]" if isinstance(step, int) else f".{step}"
            place = place.above


def wrong(above: Place, step: Step, rule: str) -> SandboxError:
    """Return the error that the value a *step* below a place breaks a *rule*."""
    return SandboxError(f"{Place(above, step)} {rule}")
