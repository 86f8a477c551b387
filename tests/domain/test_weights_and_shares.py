"""Weights, shares and dates of the ledger as people type them: exact, or refused with the way out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.credits import format_shares, parse_shares
from maoc_tui.domain.spans import parse_span
from maoc_tui.domain.weights import format_kg, parse_weight
from maoc_tui.problems import BadInput

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("3281", 3_281_000), ("3281 kg", 3_281_000), ("3281KG", 3_281_000), ("3 281 kg", 3_281_000),
        ("4.6 t", 4_600_000), ("4,6 t", 4_600_000), ("4.607 t", 4_607_000), ("2 tonnes", 2_000_000),
        ("250 g", 250), ("0.250 kg", 250),
        ("12.5", 12_500), ("12,5 kg", 12_500), ("1,234,567 g", 1_234_567), ("1.234.567 g", 1_234_567),
        ("3,281.5 kg", 3_281_500), ("3.281,5 kg", 3_281_500), ("9'570 kg", 9_570_000), ("3.2810 kg", 3_281),
        ("2.2 lb", 998), ("1 236,4 kg", 1_236_400),
    ],
)  # fmt: skip
def test_a_weight_is_understood_to_the_gram(text, grams) -> None:
    assert parse_weight(text) == grams


@pytest.mark.parametrize("text", ["3,281 kg", "3.281", "1,500 g", "12.345 kg"])
def test_a_weight_that_two_countries_read_differently_is_refused(text) -> None:
    with pytest.raises(BadInput, match="may be") as refused:
        parse_weight(text)
    offered = refused.value.way_out.split("Write ")[1].split(",")[0]
    assert parse_weight(offered + " kg") == int(offered) * 1000


@pytest.mark.parametrize(
    "text",
    ["", "kg", "about 3 t", "-5 kg", "0", "0.0001 g", "3 tons", "1 23 kg", "5..3", "1e3", "2000 t", "٣ kg", "3,28,1"]
)  # fmt: skip
def test_what_is_no_weight_is_refused(text) -> None:
    with pytest.raises(BadInput):
        parse_weight(text)


@given(st.integers(1, 10**9))
def test_every_weight_is_read_back_as_it_is_shown(grams) -> None:
    """Kilograms with three decimals or a group of thousands alone would be ambiguous; both are shown in full."""
    shown = format_kg(grams)
    assert Decimal(shown.removesuffix(" kg").replace(",", "")) * 1000 == grams


@given(st.integers(1, 999_999), st.sampled_from(["", " kg", " kilos"]))
def test_plain_kilograms_are_never_refused(kg, unit) -> None:
    assert parse_weight(f"{kg}{unit}") == kg * 1000


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("ES 1/2, FR 1/2", {"ES": Fraction(1, 2), "FR": Fraction(1, 2)}),
        ("es 60%, pt 40%", {"ES": Fraction(3, 5), "PT": Fraction(2, 5)}),
        ("ES=0.25, FR:0.75", {"ES": Fraction(1, 4), "FR": Fraction(3, 4)}),
        ("GB, FR, ES", dict.fromkeys(("GB", "FR", "ES"), Fraction(1, 3))),
        ("MAOC", {"MAOC": Fraction(1)}),
    ],
)
def test_shares_are_read(text, shares) -> None:
    assert parse_shares(text) == shares


@pytest.mark.parametrize(
    "text",
    ["", "ES 1/2", "ES 1/2, FR 1/3", "ES 2/3, FR 2/3", "ES, ES", "ES 1/2, FR", "ES 0/1, FR 1/1", "ES 1/0", "ES -1"]
)  # fmt: skip
def test_shares_that_do_not_add_to_one_are_refused(text) -> None:
    with pytest.raises(BadInput):
        parse_shares(text)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=9))
def test_shares_add_to_one_and_come_back_as_written(parts) -> None:
    codes = ["ES", "FR", "PT", "GB", "NL", "IE", "IT", "DE", "BE"]
    text = ", ".join(f"{code} {part}/{sum(parts)}" for code, part in zip(codes, parts, strict=False))
    shares = parse_shares(text)
    assert sum(shares.values()) == 1
    assert parse_shares(format_shares(shares)) == shares


@pytest.mark.parametrize(
    ("text", "shown", "begins"),
    [
        ("2021-09", "2021-09", "2021-09-01"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2021", "2021", "2021-01-01"),
        ("061530ZJAN26", "061530ZJAN26", "2026-01-06"),
        ("2026-01-06T15:30Z", "061530ZJAN26", "2026-01-06"),
    ],
)
def test_a_date_stays_as_exact_as_it_was_told(text, shown, begins) -> None:
    span = parse_span(text, NOW)
    assert str(span) == shown
    assert f"{from_ms(span.from_ms):%Y-%m-%d}" == begins


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_month_is_all_its_days(day) -> None:
    month = parse_span(f"{day:%Y-%m}", NOW)
    whole = parse_span(f"{day:%Y-%m-%d}", NOW)
    year = parse_span(f"{day:%Y}", NOW)
    assert year.from_ms <= month.from_ms <= whole.from_ms < whole.to_ms <= month.to_ms <= year.to_ms
    assert whole.to_ms - whole.from_ms == 86_400_000


@pytest.mark.parametrize("text", ["2021-13", "2021-02-30", "0000", "1066", "soon", "9999"])
def test_a_date_that_is_none_is_refused(text) -> None:
    with pytest.raises(BadInput):
        parse_span(text, NOW)
