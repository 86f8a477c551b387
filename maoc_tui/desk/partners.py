"""The partners desk: who the Centre works with, what each is on any day, and the acts that change it."""

from __future__ import annotations

from maoc_tui.desk.liaison_snapshots import PartnerLine, StatusChange
from maoc_tui.desk.partner_acts import add, confirm, confirming, set_instrument, set_status
from maoc_tui.desk.partner_register import shipped
from maoc_tui.desk.room import Room
from maoc_tui.domain.partner_rules import ROLES
from maoc_tui.domain.partners import VERIFICATION, Period, Register
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer

__all__ = [
    "PartnerLine", "StatusChange", "add", "as_shipped", "confirm", "confirming", "partner", "partners", "register",
    "set_instrument", "set_status",
]  # fmt: skip


def register(room: Room) -> Register:
    """The register as it stands now: the shipped file and every recorded act."""
    return room.register


def partners(
    room: Room, viewer: Viewer, as_of_ms: int | None = None, *, known_ms: int | None = None
) -> tuple[PartnerLine, ...]:
    """Every partner as it stands at an instant (now when not given), by status, then in the register's order.

    ``known_ms``: as the record stood then, without what was recorded later.
    """
    require(viewer, Act.READ_PARTNERS)
    now = room.clock.now_ms() if as_of_ms is None else as_of_ms
    known = room.register if known_ms is None else room.register.as_known(known_ms)
    return _lines(known, now)


def as_shipped(at_ms: int) -> tuple[PartnerLine, ...]:
    """The shipped register at an instant, where there is no record yet."""
    entries, rules, _ = shipped()
    return _lines(Register(entries, rules), at_ms)


def _lines(known: Register, at_ms: int) -> tuple[PartnerLine, ...]:
    lines = [_line(known, code, at_ms) for code in known.codes]
    return tuple(sorted(lines, key=lambda line: known.rules[line.status].order))


def partner(room: Room, viewer: Viewer, code: str, as_of_ms: int | None = None) -> PartnerLine:
    """One partner; BadInput when the register has none of that code."""
    require(viewer, Act.READ_PARTNERS)
    known = room.register
    now = room.clock.now_ms() if as_of_ms is None else as_of_ms
    return _line(known, known.partner(code).code, now)


def _line(known: Register, code: str, at_ms: int) -> PartnerLine:
    standing, entry = known.standing(code, at_ms), known.partner(code)
    rule, periods = known.rules[standing.status], known.timeline(code)
    period = _of(periods, standing.since)
    classes = shipped()[2]
    return PartnerLine(
        code=code,
        name=entry.name,
        kind=entry.kind,
        status=standing.status,
        title=rule.title,
        recipient_class=standing.recipient_class,
        class_title=classes[standing.recipient_class],
        since=standing.since,
        precision=period.precision,
        until=standing.until,
        source=standing.source,
        verification=VERIFICATION[standing.verification],
        note=period.note,
        reads=standing.reads,
        named_from_ms=standing.named_from_ms,
        report=standing.report,
        roles=tuple(role for role in ROLES if role in rule.roles),
        directory=rule.directory,
        instruments=known.instruments(code),
        periods=periods,
    )


def _of(periods: tuple[Period, ...], since: object) -> Period:
    return next(period for period in periods if period.since == since)
