"""What is known of a partner: its periods, the instruments it rests on, what is reported, what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from maoc_tui.domain.times import MONTHS

CENTRE = "MAOC"
"""The code of the Centre's own staff."""
ALWAYS = -(1 << 62)
"""An instant before any: what has held for longer than the sources say."""
UNKNOWN = "unknown"
"""The status of a code that is not in the register; it allows nothing."""
VERIFICATION = {
    "V": "verified",
    "P": "second-hand",
    "R": "recalled, not verified",
    "I": "inferred, not verified",
    "C": "recorded here",
}
"""What the marks of facts mean, as shown."""


def midnight_ms(day: date | None) -> int:
    """The first instant of a day, Zulu, in milliseconds; ALWAYS for None."""
    if day is None:
        return ALWAYS
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def day_text(day: date | None, precision: str = "day") -> str:
    """``31 MAR 2024``, or as exactly as it is known: ``OCT 2022``, ``2009``; "" for None."""
    if day is None:
        return ""
    parts = (str(day.day), MONTHS[day.month - 1], str(day.year))
    return " ".join(parts[("day", "month", "year").index(precision) :])


@dataclass(frozen=True, slots=True)
class Instrument:
    """What the exchange with a partner rests on, between two days, both included."""

    kind: str
    """treaty, adequacy, safeguards, memorandum, letter_of_intent or cooperation."""
    title: str
    since: date | None
    until: date | None
    source: str
    verification: str
    """A key of VERIFICATION."""
    note: str = ""
    recorded_ms: int | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Report:
    """What a source says of a change of status that nobody here has confirmed yet."""

    status: str
    on: date
    source: str
    verification: str = "V"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What a partner is from one day until the next period begins."""

    status: str
    recipient_class: str
    since: date | None
    until: date | None
    """First day of the next period; None while it lasts."""
    source: str
    verification: str
    recorded_ms: int | None = None
    """When an officer recorded it; None for the shipped register."""
    precision: str = "day"
    """How exactly ``since`` is known: day, month or year."""
    note: str = ""
    by: str = ""

    @property
    def effective_ms(self) -> int:
        """From when it may count: its first day, but only after it was recorded.

        What bears the very instant of the act may have been recorded before it, so it does not count either.
        """
        recorded = ALWAYS if self.recorded_ms is None else self.recorded_ms + 1
        return max(midnight_ms(self.since), recorded)


@dataclass(frozen=True, slots=True)
class Partner:
    """A state, body or organisation the Centre works with, as the shipped register has it."""

    code: str
    name: str
    kind: str
    """centre, state, kingdom, body or organisation."""
    recipient_class: str
    """Its own class (data/partner_classes.toml); a status may set another."""
    periods: tuple[Period, ...]
    instruments: tuple[Instrument, ...] = ()
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusAct:
    """An officer recorded that a partner is of this status from that day on."""

    code: str
    status: str
    recipient_class: str
    since: date
    source: str
    reason: str
    by: str
    recorded_ms: int
    confirms: date | None = None
    """Day of the report this confirms; None for any other change."""
    name: str = ""
    """Name of a partner that was not in the register until this act; "" for any other change."""
    kind: str = ""
    """Kind of a partner that was not in the register."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a partner is at one instant, and what that allows."""

    code: str
    status: str
    recipient_class: str
    reads: bool
    """Whether it may be shown anything at all."""
    named_from_ms: int | None
    """Statements recorded at or after this instant are open to it when it is named; None: never."""
    since: date | None
    until: date | None
    source: str
    verification: str
    report: Report | None
    """A reported change nobody has confirmed."""
