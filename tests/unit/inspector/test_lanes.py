"""The lanes of masking."""

from __future__ import annotations

from kit.builders.views import NOON, RIDER, after, session_view
from kit.oracles.pictures import outline, pictures, plain
from proxymock.inspector.drawings import lanes

OTHER_PROXY, OTHER_DRIVER = "+12065550198", "+442079460106"


def test_lanes() -> None:
    """A number stands above its lanes; each says its status, and until when."""
    drawing = lanes(
        [
            session_view(name="Ride <1>"),
            session_view(proxy_phone_number=OTHER_PROXY, status="InProgress"),
            session_view(
                participants=(RIDER, OTHER_DRIVER), status="Closed", ended_at=NOON
            ),
        ]
    )

    assert outline(drawing.svg) == [
        "svg lanes 0 0 331 141",
        "polyline trunk 165,27 165,116",
        "rect number 113,1 105x26",
        "text number 165,19 middle: +12065550199",
        "text small name 1,47 start: Ride <1>",
        "polyline lane open 106,70 224,70",
        "circle knot open 165 70 4",
        "text small open 165,61 middle: Open",
        "text small time 165,89 middle: until 01-02 13:00",
        "rect person open 1,57 105x26",
        "text person open 53,75 middle: +12065550101",
        "rect person open 224,57 105x26",
        "text person open 276,75 middle: +14155550102",
        "polyline lane closed 106,116 224,116",
        "circle knot closed 165 116 4",
        "text small closed 165,107 middle: Closed",
        "text small time 165,135 middle: 01-02 12:00:00",
        "rect person closed 1,103 105x26",
        "text person closed 53,121 middle: +12065550101",
        "rect person closed 224,103 105x26",
        "text person closed 276,121 middle: +442079460106",
        "svg lanes 0 0 331 77",
        "polyline trunk 165,27 165,52",
        "rect number 113,1 105x26",
        "text number 165,19 middle: +12065550198",
        "polyline lane inprogress 106,52 224,52",
        "circle knot inprogress 165 52 4",
        "text small inprogress 165,43 middle: InProgress",
        "text small time 165,71 middle: until 01-02 13:00",
        "rect person inprogress 1,39 105x26",
        "text person inprogress 53,57 middle: +12065550101",
        "rect person inprogress 224,39 105x26",
        "text person inprogress 276,57 middle: +14155550102",
    ]
    assert [*map(plain, drawing.sentences)] == [
        "Ride <1>: +12065550101 and +14155550102 reach each other at +12065550199 "
        "until 2026-01-02 13:00:00 UTC. Open.",
        "+12065550101 and +442079460106 reached each other at +12065550199 until "
        "2026-01-02 12:00:00 UTC. Closed.",
        "+12065550101 and +14155550102 reach each other at +12065550198 until "
        "2026-01-02 13:00:00 UTC. InProgress.",
    ]
    assert (drawing.title, drawing.note) == ("Lanes of masking", "")


def test_no_sessions() -> None:
    """Nothing is drawn of nothing."""
    drawing = lanes([])

    assert drawing.svg == ""
    assert (drawing.sentences, drawing.note) == ((), "")


def test_too_many() -> None:
    """Sixty are drawn of however many, and the note says so."""
    many = [session_view(expires_at=after(minutes=n)) for n in range(70)]

    drawing = lanes(many, total=10_000)

    assert drawing == lanes(many[:60], total=10_000)
    assert len(drawing.sentences) == 60
    assert drawing.note == "60 of 10,000 shown, the newest"


def test_page_of_many() -> None:
    """A page may have fewer, and the note counts all that there are."""
    assert lanes([session_view()], total=2).note == "1 of 2 shown, the newest"
    assert lanes([session_view()] * 61).note == "60 of 61 shown, the newest"


def test_later_page() -> None:
    """On a later page the note does not call them the newest."""
    assert lanes([session_view()], 2, "older ones").note == "1 of 2 shown, older ones"


def test_many_lanes_of_a_number() -> None:
    """Ten lanes make a picture, and the number stands above each."""
    drawing = lanes([session_view()] * 25)

    heights = [float(each.get("height", "")) for each in pictures(drawing.svg)]
    assert heights == [
        491.0,
        491.0,
        261.0,
    ]
