"""A drawing as the page takes it: the picture, and the same in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

FIGURE = Markup(
    '<figure class="drawing">'
    '<div class="scroll" role="group" aria-label="{title}" tabindex="0">{svg}</div>'
    "{caption}"
    "<details><summary>In words</summary><ol>{items}</ol></details>"
    "</figure>"
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, and sentences that say all that it shows.

    *svg* is hidden from assistive technology, which has the sentences. *note* says how
    much is not drawn, if anything is not.
    """

    title: str
    svg: Markup
    sentences: tuple[Markup, ...]
    note: str = ""

    def __html__(self) -> str:
        """Return all of it as a figure, as templates insert it."""
        caption = Markup("<figcaption>{}</figcaption>").format(self.note)
        return FIGURE.format(
            title=self.title,
            svg=self.svg,
            caption=caption if self.note else Markup(),
            items=Markup().join(map(Markup("<li>{}</li>").format, self.sentences)),
        )


def note_on(shown: int, total: int, which: str = "the newest") -> str:
    """Say how many of all are shown, and which, unless all are."""
    return "" if shown == total else f"{shown:,} of {total:,} shown, {which}"
