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
        ("0337 hails", "14 03:37", "hails"),
        ("0338 hails", "13 03:38", "hails"),
        ("2355Z dark", "13 23:55", "dark"),
        ("03:05: hails", "14 03:05", "hails"),
        ("140301Z late entry", "14 03:01", "late entry"),
        ("130301ZDEC22 later entry", "13 03:01", "later entry"),
        ("0305 h: says Valencia", "14 03:05", "h: says Valencia"),
        ("0305 crew on deck", "14 03:05", "crew on deck"),
        ("0305 bales in the water", "14 03:05", "bales in the water"),
        ("1215 crew on deck", "13 12:15", "crew on deck"),
        ("0305 1200 kg in the forepeak", "14 03:05", "1200 kg in the forepeak"),
        ("2355 t: positive", "13 23:55", "t: positive"),
        ("2355 crew of 4", "13 23:55", "crew of 4"),
        ("2355. Alongside", "13 23:55", "Alongside"),
        ("2355 - alongside", "13 23:55", "alongside"),
        ("2355Z 3 aboard", "13 23:55", "3 aboard"),
        ("2355z dark", "13 23:55", "dark"),
        ("23:55 3 aboard", "13 23:55", "3 aboard"),
        ("2355 UTC dark", "13 23:55", "dark"),
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
        "1500 m astern, closing",
        "1500 metres astern",
        "0400 m",
        "1200 rounds of 12.7 found",
        "1000 yards off port bow",
        "2000 litres fuel",
        "1015 hPa falling",
        "1100 +- 50 kg cocaine",
        "1200 KGS of coke",
        "1900 sacks",
        "2030 tablets",
        "1200.5 kg",
        "1100-1130 m",
        "1430N 01712W position given",
        "2355 3 aboard",
    ],
)
def test_an_amount_is_no_time(line: str) -> None:
    typed = split(line, NOW)
    assert (typed.at, typed.said, typed.text) == (None, "", line)


@pytest.mark.parametrize(("line", "figure"), [("1500 m astern", "1500"), ("2860 bales", ""), ("at 0312", "")])
def test_a_figure_that_could_have_been_a_time_is_told(line: str, figure: str) -> None:
    assert split(line, NOW).figure == figure


@pytest.mark.parametrize(
    "line", ["0412A boarding", "0312L boarding", "12:30 local boarded", "0212 LT boarded"]
)
def test_another_zone_is_refused_not_misread(line: str) -> None:
    with pytest.raises(BadInput, match=r"not (in )?Zulu"):
        split(line, NOW)


@pytest.mark.parametrize(
    ("now", "typed", "at"),
    [
        ((14, 0, 1), "2358", "13 23:58"),
        ((14, 23, 58), "0001", "15 00:01"),
        ((14, 23, 58), "0100", "14 01:00"),
        ((14, 0, 1), "0045", "13 00:45"),
    ],
)
def test_around_midnight_the_day_that_lies_nearest_is_meant(
    now: tuple[int, int, int], typed: str, at: str
) -> None:
    day, hour, minute = now
    found = split(f"{typed} alongside", datetime(2022, 12, day, hour, minute, tzinfo=UTC)).at
    assert f"{found:%d %H:%M}" == at


@pytest.mark.parametrize(
    ("typed", "at"),
    [("0305", "12 03:05"), ("2210", "12 22:10"), ("1205", "12 12:05"), ("131205Z", "13 12:05")],
)
def test_a_time_in_a_correction_is_of_the_day_of_the_line_corrected(typed: str, at: str) -> None:
    wrong = datetime(2022, 12, 12, 3, 2, tzinfo=UTC)
    assert f"{split(f'{typed} boarding', NOW, wrong).at:%d %H:%M}" == at
    late = datetime(2022, 12, 12, 23, 58, tzinfo=UTC)
    assert f"{split('0002 boarding', NOW, late).at:%d %H:%M}" == "13 00:02"


@given(st.integers(1_000_000_000, 4_000_000_000), st.times())
def test_a_time_of_day_lies_within_the_day_before_or_half_an_hour_ahead(seconds: int, clock: time) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    said = f"{clock:%H%M}"
    typed = split(f"{said} boarding", now)
    assert typed.at is not None
    assert f"{typed.at:%H%M}" == said
    assert now - timedelta(days=1) < typed.at + timedelta(minutes=30, seconds=60)
    assert typed.at <= now + timedelta(minutes=30)


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
