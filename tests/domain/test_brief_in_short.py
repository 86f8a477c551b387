"""The three lines at the head of a copy: of its own lines alone, with their markings and conditions."""

from __future__ import annotations

from dataclasses import replace

from maoc_tui.brief.document import Document, Line, Section
from maoc_tui.brief.forms import written
from maoc_tui.brief.in_short import in_short


def document(*lines: Line, since: str = "") -> Document:
    return Document(
        "BR-2022-348", 1, "ES", "Spain", 0, 1, 1, "H2 · for ES only", (Section("All", lines),), since=since
    )


CLOCK = Line(
    "decisions/CK-0001 call",
    "Due 140600ZDEC22, running: CK-0001 call Dakar",
    "H2",
    "In",
    terms=("eyes only",),
)
LOST = Line("targets/T-0001", "LOST T-0001 PALOMA.", "B2 H2", "In")
NEW = Line("targets/T-0002", "NEW T-0002 sloop.", "B2 H2", "In", change="+")
SEIZED = Line("seizures/SZ-0001", "SZ-0001 13 Dec: 1,013 kg", "H1", "In")


def test_the_three_lines_are_counts_first_clock_and_gravest_change() -> None:
    counts, clock, gravest = in_short(document(CLOCK, LOST, NEW, SEIZED))
    assert counts.text == "1 decision due, 2 targets with news, 1 seizure."
    assert clock.text == f"First clock: {CLOCK.text}"
    assert (clock.marking, clock.terms) == (CLOCK.marking, CLOCK.terms)
    assert gravest.text == f"Gravest change: {SEIZED.text}"


def test_only_what_changed_since_the_last_issue_is_the_gravest_change() -> None:
    made = document(CLOCK, LOST, NEW, SEIZED, since="BR-2022-347 v1")
    assert in_short(made)[2].text == f"Gravest change: {NEW.text}"
    assert in_short(document(LOST, since="BR-2022-347 v1"))[2].text == "Nothing changed."
    recalled = Line("corrections/BR-2022-347 v1 T-0001", "BR-2022-347 v1: recalled", "H1", "In", change="+")
    assert "recalled" in in_short(document(SEIZED, recalled))[2].text


def test_an_empty_copy_says_so_and_a_long_line_is_cut_at_a_word() -> None:
    assert [line.text for line in in_short(document())] == [
        "Nothing to tell.",
        "No clock runs in this copy.",
        "Nothing changed.",
    ]
    long = replace(NEW, text=f"NEW T-0002 {'word ' * 100}")
    assert in_short(document(long))[2].text.endswith("word …")


def test_every_form_that_is_read_has_them_at_its_head() -> None:
    made = document(CLOCK, LOST)
    for form in ("txt", "md", "html", "json"):
        told = written(made, form).decode()
        assert 0 < told.index("Gravest change") < told.rindex("LOST T-0001"), form
