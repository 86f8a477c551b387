"""How a brief reads: what a description is called by, what stays on one line, where a sign stands on the chart."""

from __future__ import annotations

from maoc_tui.brief.document import Document, Picture, Place
from maoc_tui.brief.pdf_form import _together
from maoc_tui.brief.picture import _free, as_svg


def test_what_is_read_as_one_stays_on_one_line() -> None:
    told = _together("last fix 23°40.5'N 051°40.5'W, 071° 8.9 kn; sea up to Bft 6; n = 3; 364 nm in 2 days")
    assert told.split(" ") == [
        "last", "fix", "23°40.5'N\u00a0051°40.5'W,", "071°\u00a08.9\u00a0kn;", "sea", "up", "to", "Bft\u00a06;",
        "n\u00a0=\u00a03;", "364\u00a0nm", "in", "2", "days",
    ]  # fmt: skip


def test_signs_of_marks_close_by_stand_apart_and_the_chart_has_degrees() -> None:
    taken = [(94.0, 94.0, 106.0, 106.0), (97.0, 97.0, 109.0, 109.0)]
    first, second = _free(100, 100, taken), _free(103, 103, taken)
    assert first != second
    assert len(set(taken)) == 4
    places = tuple(
        Place(f"T-000{at}", "sloop", "target", 36.0 + at / 100, -12.0, 0.0, "fix", 0, "H2") for at in range(3)
    )
    frame = Picture(30.0, 42.0, -24.0, 0.0)
    made = as_svg(Document("BR-2022-348", 1, "ES", "Spain", 0, 1, 1, "H2", (), places, frame))
    assert ">35°N</text>" in made
    assert ">15°W</text>" in made
    assert ">0°</text>" not in made, "its edge is no line in it"
