"""Partners of the Centre: what each was on any day, and from when being named lets it read.

A status is never a constant. Each partner has a line of periods, one beginning where the other ends, so that
every instant has exactly one standing. Two times matter: from when a status holds, and since when the record
knew of it. A recorded act may say that a state acceded in March; nobody who named that state before the act
was recorded meant a member, so naming suffices only from the act on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from maoc_tui.domain.partner_facts import (
    ALWAYS,
    CENTRE,
    UNKNOWN,
    VERIFICATION,
    Instrument,
    Partner,
    Period,
    Report,
    Standing,
    StatusAct,
    midnight_ms,
)
from maoc_tui.domain.partner_rules import StatusRule
from maoc_tui.problems import BadInput

__all__ = [
    "ALWAYS", "CENTRE", "UNKNOWN", "VERIFICATION", "Instrument", "Partner", "Period", "Register", "Report", "Standing",
    "StatusAct", "midnight_ms",
]  # fmt: skip


class Register:
    """Every partner with its periods: the shipped register overlaid with what officers recorded."""

    def __init__(
        self,
        partners: Iterable[Partner],
        rules: Mapping[str, StatusRule],
        acts: Iterable[StatusAct] = (),
        instruments: Iterable[tuple[str, Instrument]] = (),
    ) -> None:
        """``acts`` and ``instruments`` (partner code, instrument) are what officers recorded, in that order."""
        self.rules = rules
        self._shipped = tuple(partners)
        self._recorded = tuple(instruments)
        self._partners = {partner.code: partner for partner in self._shipped}
        self._acts: dict[str, tuple[StatusAct, ...]] = {}
        for act in acts:
            self._acts[act.code] = (*self._acts.get(act.code, ()), act)
            self._partners.setdefault(act.code, _of_first_act(act))
        self._lines = {code: self._line(code, None) for code in self._partners}
        self._steps = {code: self._stepped(code) for code in self._partners}

    @property
    def codes(self) -> tuple[str, ...]:
        """Every partner code, in the register's order."""
        return tuple(self._partners)

    def partner(self, code: str) -> Partner:
        """The partner of a code in any case; BadInput when there is none."""
        found = self._partners.get(code.strip().upper())
        if found is None:
            raise BadInput(
                f"{code!r} is no partner of the register.", "See `maoc partner list` for the codes."
            )
        return found

    def rule(self, status: str) -> StatusRule | None:
        """What a status allows; None for UNKNOWN."""
        return self.rules.get(status)

    def timeline(self, code: str) -> tuple[Period, ...]:
        """The periods of a partner, the first open at its start, each ending where the next begins."""
        return self._lines.get(code, ())

    def acts(self, code: str) -> tuple[StatusAct, ...]:
        """What officers recorded of a partner's status, in order of entry."""
        return self._acts.get(code, ())

    def as_known(self, at_ms: int) -> Register:
        """The register as it stood at an instant: without what was recorded later."""
        acts = [act for kept in self._acts.values() for act in kept if act.recorded_ms <= at_ms]
        recorded = [(code, made) for code, made in self._recorded if (made.recorded_ms or ALWAYS) <= at_ms]
        return Register(self._shipped, self.rules, acts, recorded)

    def instruments(self, code: str) -> tuple[Instrument, ...]:
        """What the exchange with a partner rests on; of one title the one recorded last."""
        shipped = self._partners[code].instruments if code in self._partners else ()
        recorded = (made for of, made in self._recorded if of == code)
        return tuple({made.title.casefold(): made for made in (*shipped, *recorded)}.values())

    def standing(self, code: str, at_ms: int) -> Standing:
        """What a partner is at an instant; a code that is not in the register may do nothing."""
        if code not in self._lines:
            return Standing(code, UNKNOWN, "G", False, None, None, None, "not in the register", "C", None)
        period = _at(self._lines[code], at_ms)
        return Standing(
            code=code,
            status=period.status,
            recipient_class=period.recipient_class,
            reads=self.rules[period.status].reads,
            named_from_ms=self._named_from(code, max(at_ms, period.effective_ms)),
            since=period.since,
            until=period.until,
            source=period.source,
            verification=period.verification,
            report=self._report(code, period),
        )

    def members(self, at_ms: int) -> frozenset[str]:
        """The states that are members at an instant, so that naming them suffices then."""
        standings = (self.standing(code, at_ms) for code in self._partners)
        return frozenset(
            standing.code
            for standing in standings
            if standing.status == "member"
            and standing.named_from_ms is not None
            and standing.named_from_ms <= at_ms
        )

    def _named_from(self, code: str, at_ms: int) -> int | None:
        """The earliest instant from which, as the record stood at each moment, naming sufficed without a break."""
        earliest: int | None = None
        for moment, suffices in self._steps[code]:
            if moment > at_ms:
                break
            if not suffices:
                earliest = None
            elif earliest is None:
                earliest = moment
        return earliest

    def _stepped(self, code: str) -> tuple[tuple[int, bool], ...]:
        """Every instant at which what was known, or what held, changed; whether naming sufficed from it on."""
        recorded = [act.recorded_ms + 1 for act in self.acts(code)]
        lines = [self._line(code, known) for known in (None, *recorded)]
        starts = {midnight_ms(period.since) for line in lines for period in line}
        return tuple(
            (moment, self.rules[_at(self._line(code, moment), moment).status].naming_suffices)
            for moment in sorted({ALWAYS, *starts, *recorded})
        )

    def _report(self, code: str, now: Period) -> Report | None:
        """The first report that a prospective partner has not had confirmed."""
        confirmed = {act.confirms for act in self.acts(code)}
        waiting = (report for report in self._partners[code].reports if report.on not in confirmed)
        return next(waiting, None) if now.status == "prospective" else None

    def _line(self, code: str, known_ms: int | None) -> tuple[Period, ...]:
        """The periods as known before an instant (None: by now): of two that begin together the later recorded."""
        begins: dict[date | None, Period] = {}
        for period in self._partners[code].periods:
            begins[period.since] = period
        for act in self.acts(code):
            if known_ms is None or act.recorded_ms < known_ms:
                begins[act.since] = _of_act(act)
        if None not in begins:
            begins[None] = _before()
        ordered = sorted(begins.values(), key=lambda period: midnight_ms(period.since))
        ends = [period.since for period in ordered[1:]]
        return tuple(replace(period, until=end) for period, end in zip(ordered, (*ends, None), strict=True))


def _at(line: tuple[Period, ...], at_ms: int) -> Period:
    """The period of an instant: the last that has begun; the first is open at its start."""
    return next((period for period in reversed(line) if midnight_ms(period.since) <= at_ms), line[0])


def _of_act(act: StatusAct) -> Period:
    return Period(
        act.status,
        act.recipient_class,
        act.since,
        None,
        act.source,
        "C",
        act.recorded_ms,
        note=act.reason,
        by=act.by,
    )


def _of_first_act(act: StatusAct) -> Partner:
    """A partner that came into the register by an act."""
    return Partner(act.code, act.name, act.kind, act.recipient_class, ())


def _before() -> Period:
    return Period("third", "G", None, None, "before its first status in the register", "I")
