"""The shipped register read and checked: each fault names the entry, the field and the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from maoc_tui.domain.partner_facts import VERIFICATION, Instrument, Partner, Period, Report
from maoc_tui.domain.partner_fields import Row, one_of, require, word
from maoc_tui.domain.partner_rules import STATUSES, StatusRule
from maoc_tui.domain.text import printable

KINDS = ("centre", "state", "kingdom", "body", "organisation")
INSTRUMENTS = ("treaty", "adequacy", "safeguards", "memorandum", "letter_of_intent", "cooperation")
CODE = re.compile(r"[A-Z][A-Z0-9-]{1,11}")
"""A partner code, as in markings."""
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Day:
    """A date and how exactly it is known; ``day`` is None where nothing is."""

    day: date | None
    precision: str


def read_partners(raw: Row, rules: Mapping[str, StatusRule], classes: Row) -> tuple[Partner, ...]:
    """The partners of data/partners.toml; ValueError names entry, field and reason of a fault."""
    sources = raw.get("sources", {})
    found: dict[str, Partner] = {}
    for row in raw.get("partner", ()):
        partner = _partner(row, rules, classes, sources)
        require(partner.code not in found, f"partner {partner.code}", "code", "stands twice")
        found[partner.code] = partner
    require("MAOC" in found, "partner MAOC", "code", "is missing")
    reports, instruments = _additions(raw, found, sources)
    return tuple(
        Partner(
            code,
            partner.name,
            partner.kind,
            partner.recipient_class,
            partner.periods,
            tuple(instruments.get(code, ())),
            tuple(reports.get(code, ())),
        )
        for code, partner in found.items()
    )


def _additions(
    raw: Row, partners: Mapping[str, Partner], sources: Row
) -> tuple[dict[str, list[Report]], dict[str, list[Instrument]]]:
    reports: dict[str, list[Report]] = {}
    for row in raw.get("report", ()):
        code = one_of(row.get("partner"), partners, f"report {row.get('partner')}", "partner")
        reports.setdefault(code, []).append(_report(row, sources))
    instruments: dict[str, list[Instrument]] = {}
    for row in raw.get("instrument", ()):
        entry = f"instrument {row.get('title', '')!r}"
        for name in row.get("partners", ()):
            code = one_of(name, partners, entry, "partners")
            instruments.setdefault(code, []).append(_instrument(row, sources, entry))
    return reports, instruments


def _partner(row: Row, rules: Mapping[str, StatusRule], classes: Row, sources: Row) -> Partner:
    code = str(row.get("code", ""))
    entry = f"partner {code}"
    require(bool(CODE.fullmatch(code)), entry, "code", "is not 2 to 12 capital letters and digits")
    own = one_of(row.get("class"), classes, entry, "class")
    raw_periods = row.get("periods", ())
    require(bool(raw_periods), entry, "periods", "is missing")
    periods = tuple(_period(period, own, rules, classes, sources, entry) for period in raw_periods)
    _in_order(periods, entry)
    kind = one_of(row.get("kind"), KINDS, entry, "kind")
    return Partner(code, word(row, "name", entry), kind, own, periods)


def _in_order(periods: Sequence[Period], entry: str) -> None:
    """Each period begins after the one before; only the first may have no date."""
    before: date | None = None
    for place, period in enumerate(periods):
        require(period.since is not None or place == 0, entry, "periods", "only the first may lack `from`")
        late = before is None or (period.since is not None and period.since > before)
        require(late, entry, "periods", f"{period.status} does not begin after the one before it")
        before = period.since


def _period(
    row: Row, own: str, rules: Mapping[str, StatusRule], classes: Row, sources: Row, entry: str
) -> Period:
    status = one_of(row.get("status"), rules, entry, "status")
    letter = row.get("class", rules[status].recipient_class or own)
    since = _day(row.get("from"), entry, "from")
    return Period(
        status=status,
        recipient_class=one_of(letter, classes, entry, "class"),
        since=since.day,
        until=None,
        source=_source(row, sources, entry),
        verification=_check(row, entry),
        precision=since.precision,
        note=printable(str(row.get("note", "")), 300),
    )


def _report(row: Row, sources: Row) -> Report:
    entry = f"report {row['partner']}"
    on = _day(row.get("on"), entry, "on")
    require(on.day is not None and on.precision == "day", entry, "on", "is not a day")
    assert on.day is not None
    return Report(
        status=one_of(row.get("status"), STATUSES, entry, "status"),
        on=on.day,
        source=_source(row, sources, entry),
        verification=_check(row, entry),
        note=printable(str(row.get("note", "")), 300),
    )


def _instrument(row: Row, sources: Row, entry: str) -> Instrument:
    since, until = _day(row.get("from"), entry, "from"), _day(row.get("until"), entry, "until")
    ordered = since.day is None or until.day is None or since.day <= until.day
    require(ordered, entry, "until", "lies before `from`")
    return Instrument(
        kind=one_of(row.get("kind"), INSTRUMENTS, entry, "kind"),
        title=word(row, "title", entry),
        since=since.day,
        until=until.day,
        source=_source(row, sources, entry),
        verification=_check(row, entry),
        note=printable(str(row.get("note", "")), 300),
    )


def _day(value: object, entry: str, field: str) -> Day:
    """A day, or the first day of a month or year written as ``"2022-10"`` or ``"2009"``."""
    if value is None:
        return Day(None, "day")
    if isinstance(value, date) and not isinstance(value, datetime):
        return Day(value, "day")
    parts = _PARTIAL.fullmatch(value) if isinstance(value, str) else None
    require(parts is not None, entry, field, f"{value!r} is not a day, a month or a year")
    assert parts is not None
    try:
        first = date(int(parts[1]), int(parts[2] or 1), 1)
    except ValueError:
        raise ValueError(f"{entry}, {field}: {value!r} is no month that exists") from None
    return Day(first, "month" if parts[2] else "year")


def _source(row: Row, sources: Row, entry: str) -> str:
    keys = row.get("source")
    require(isinstance(keys, list) and bool(keys), entry, "source", "is missing")
    return "; ".join(str(sources[one_of(key, sources, entry, "source")]) for key in keys or ())


def _check(row: Row, entry: str) -> str:
    return one_of(row.get("check"), tuple(mark for mark in VERIFICATION if mark != "C"), entry, "check")
