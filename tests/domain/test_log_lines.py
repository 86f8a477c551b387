"""A log line as typed at 03:00: its time, its kind, and what must not be taken for either."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.log_lines import due_in, split
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.problems import BadInput

NOW = datetime(2022, 12, 14, 3, 7, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "at", "text"),
    [
        ("0312 boarding, two aboard", "14 03:12", "boarding, two aboard"),
        ("0305 hails", "14 03:05", "hails"),
        ("0313 hails", "13 03:13", "hails"),
        ("2355Z dark", "13 23:55", "dark"),
        ("03:05: hails", "14 03:05", "hails"),
        ("140301Z late entry", "14 03:01", "late entry"),
        ("130301ZDEC22 later entry", "13 03:01", "later entry"),
        ("0305 h: says Valencia", "14 03:05", "h: says Valencia"),
        ("0305 crew on deck", "14 03:05", "crew on deck"),
        ("0305 bales in the water", "14 03:05", "bales in the water"),
        ("1215 crew on deck", "13 12:15", "crew on deck"),
        ("0305 1200 kg in the forepeak", "14 03:05", "1200 kg in the forepeak"),
    ],
)
def test_a_time_at_the_beginning_is_when_it_happened(line: str, at: str, text: str) -> None:
    typed = split(line, NOW)
    assert typed.at is not None
    assert (f"{typed.at:%d %H:%M}", typed.text) == (at, text)
    assert line.startswith(typed.said)


@pytest.mark.parametrize(
    "line",
    [
        "1200 kg in the forepeak",
        "2860 bales counted",
        "0060 nothing",
        "2400 eur",
        "9999",
        "12345 tokens",
        "0312kg of it",
    ],
)
def test_an_amount_is_no_time(line: str) -> None:
    typed = split(line, NOW)
    assert (typed.at, typed.said, typed.text) == (None, "", line)


def test_another_zone_is_refused_not_misread() -> None:
    with pytest.raises(BadInput, match="not in Zulu"):
        split("0412A boarding", NOW)


@given(st.integers(1_000_000_000, 4_000_000_000), st.times())
def test_a_time_of_day_lies_within_the_day_before_or_five_minutes_ahead(seconds: int, clock: time) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    said = f"{clock:%H%M}"
    typed = split(f"{said} boarding", now)
    assert typed.at is not None
    assert f"{typed.at:%H%M}" == said
    assert now - timedelta(days=1) < typed.at + timedelta(minutes=5, seconds=60)
    assert typed.at <= now + timedelta(minutes=5)


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_nothing_is_lost(line: str) -> None:
    try:
        typed = split(line, NOW)
    except BadInput:
        return
    assert line.strip().endswith(typed.text)
    assert typed.text.endswith(typed.rest)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("call Dakar 0500Z", "14 05:00"),
        ("rendezvous at 140615Z, fuel", "14 06:15"),
        ("was due 0200Z", "15 02:00"),
        ("engine at 1400 rpm, 30 bales", None),
        ("sighted 120500Z, next pass 0430Z", "14 04:30"),
        ("at 2561Z", None),
    ],
)
def test_the_time_a_line_speaks_of(text: str, due: str | None) -> None:
    found = due_in(text, NOW)
    assert (f"{found:%d %H:%M}" if found else None) == due


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("boarding, two aboard, compliant", "BOARDING"),
        ("three hails on channel 16, no answer", "HAIL"),
        ("master ordered to stop", "ORDER_TO_STOP"),
        ("warning shots across the bow", "WARNING_SHOT"),
        ("40 bales in the forepeak", "SEIZURE"),
        ("crew throwing bales overboard", "JETTISON"),
        ("nine persons arrested", "ARREST"),
        ("sea state 4, wind NE 5", "NOTE"),
        ("abaleset", "NOTE"),
    ],
)
def test_the_kind_is_guessed_from_words(text: str, kind: str) -> None:
    assert shipped().guess(text) == kind


def test_a_letter_before_a_colon_names_the_kind_and_prose_does_not() -> None:
    rules = shipped()
    assert rules.known_kind(split("h: says Valencia", NOW).tag) == "HAIL"
    assert rules.known_kind(split("rapid-test: positive", NOW).tag) == "RAPID_TEST"
    for prose in ("Re: your call", "ES: agrees", "To: Dakar", "Position: 36N"):
        assert rules.known_kind(split(prose, NOW).tag) == ""
