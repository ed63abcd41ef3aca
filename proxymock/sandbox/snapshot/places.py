"""Where something stands in a document: ``Regions.us-east-1.VoiceConnectors[0].Name``.

Reading a document passes on thousands of places and shows hardly any: a place becomes a
text only in the message of an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from proxymock.sandbox import SandboxError

Step = str | int  # the name of a member, or the index of an item


class Place:
    """A *step* below another place; below none it is a member of the document."""

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
    """Return the error that what stands a *step* below a place breaks a *rule*."""
    return SandboxError(f"{Place(above, step)} {rule}")
