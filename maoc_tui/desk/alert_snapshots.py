"""What the alert desk hands out: immutable values, each only as far as its viewer sees it."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.domain.alert_stages import Precision, Quiet
from maoc_tui.domain.alerts import Measure
from maoc_tui.domain.marking import Marking

CRITICAL = 2
"""The level at which somebody must act now; what was escalated counts as it."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """A contact that an alert is about."""

    key: int
    number: str
    """How it is told: ``ais:263601890``."""
    name: str
    """What it calls itself; "" where it never said."""
    target: str
    """The target it is linked to now, if the viewer sees that; "" for none."""

    @property
    def text(self) -> str:
        """What it is called, or its number."""
        return self.name or self.number

    def answers_to(self, said: str) -> bool:
        """Whether somebody who says a number or a name means it."""
        return said.casefold() in (self.number, self.number.partition(":")[2], self.name.casefold())


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One cause as one line."""

    ref: str
    """``AL-0007``."""
    rule: str
    title: str
    """The rule in words."""
    level: int
    """0 note, 1 look, 2 act now; 2 once it was escalated."""
    contacts: tuple[Concerned, ...]
    """Every contact it is about, one or two; no order among them says anything."""
    targets: tuple[str, ...]
    """The targets its contacts are linked to now, of those the viewer sees."""
    asset: str
    """``AS-0007``, or ""."""
    lat: float
    lon: float
    """NaN where it was heard without a position."""
    zone: str
    """Short label of the waters; "" outside the dataset."""
    first_ms: int
    last_ms: int
    raised_ms: int
    """When it became what it is."""
    over: bool
    withdrawn: bool
    because: str
    stage: str
    stage_by: str
    """``Ferreira, MAOC, 140312ZDEC22``; "" while it is new."""
    heard: str
    """Who acknowledged it as it is now, in the same words; "" while nobody did."""
    quiet: Quiet | None
    """The silence that keeps it quiet now."""
    escalated: str
    """Who escalated it as it is now; "" for nobody."""
    useful: bool | None
    """Whether it was worth the time; None while nobody said."""
    became: tuple[str, ...]
    """Records it became, of those the viewer sees: ``T-0417``, ``OP-0031/14``."""
    revision: int
    entered_ms: int
    marking: str = ""
    """The strictest marking of what the line shows; "" where that is open traffic only."""

    @property
    def pending(self) -> bool:
        """Somebody still has to acknowledge it."""
        silent = self.quiet is not None and not self.escalated
        return not (self.heard or self.withdrawn or silent)

    @property
    def critical(self) -> bool:
        """Somebody must act now."""
        return self.level >= CRITICAL

    @property
    def key(self) -> int:
        """The contact it is filed under."""
        return self.contacts[0].key

    @property
    def number(self) -> str:
        """How every contact is told: ``ais:263601890``."""
        return " + ".join(one.number for one in self.contacts)

    @property
    def name(self) -> str:
        """What the contacts call themselves; "" where none ever said."""
        return self.subject if any(one.name for one in self.contacts) else ""

    @property
    def subject(self) -> str:
        """What it is about, as one says it: the contacts' names, or their numbers."""
        return " + ".join(one.text for one in self.contacts)

    def contact(self, said: str = "", target: str = "") -> Concerned | None:
        """The contact meant: by number or name, else the one linked to a target, else the only one; None for none."""
        if said.strip():
            found = [one for one in self.contacts if one.answers_to(said.strip())]
        else:
            found = [one for one in self.contacts if target and one.target == target] or list(self.contacts)
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer wrote about it."""

    text: str
    by: str
    at_ms: int
    marking: Marking


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to it, in words, with the reason where the viewer sees that."""

    at_ms: int
    text: str
    by: str
    """Name and partner; "" for the rule itself."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WholeAlert:
    """Everything on one alert."""

    row: AlertRow
    rule_text: str
    """What the rule looks for; "" for a rule that is in use no more."""
    limits: tuple[str, ...]
    """Its thresholds, each with what it means and where it comes from."""
    evidence: tuple[Measure, ...]
    innocent: tuple[str, ...]
    against: tuple[str, ...]
    contacts: tuple[str, ...]
    """Every contact concerned, the subject first: name and number."""
    steps: tuple[Step, ...]
    """Oldest first."""
    notes: tuple[Said, ...]
    marking: Marking | None
    """Of everything officers wrote about it, as far as the viewer sees that."""


@dataclass(frozen=True, slots=True)
class SilenceLine:
    """A silence that lasts."""

    ref: str
    """Of the alert it was asked on."""
    title: str
    """``this cause``, or the rule on the contact."""
    subject: str
    until_ms: int
    by: str
    reason: str
    """"" where the viewer does not see it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How many alerts there were in the hours of a watch, beside how many a watch can bear."""

    since_ms: int
    raised: int
    silenced: int
    """Of those raised, how many were quiet."""
    budget: int

    @property
    def over(self) -> bool:
        """More than the watch can bear."""
        return self.raised - self.silenced > self.budget


@dataclass(frozen=True, slots=True)
class Worth:
    """Precision per rule in a period, and the budget of the watch now."""

    from_ms: int
    to_ms: int
    rules: tuple[Precision, ...]
    titles: dict[str, str]
    budget: Budget


@dataclass(frozen=True, slots=True)
class Pending:
    """An alert somebody has to acknowledge, as far as the bell and the top bar must know it."""

    ref: str
    revision: int
    critical: bool
    rings: bool
    """It is to be heard: somebody must act now, or it is about a target the viewer works on."""
    text: str
    escalated: str = ""
    silences: tuple[tuple[int, int], ...] = ()
    """From and until when it is kept quiet."""

    def loud(self, now_ms: int) -> bool:
        """Nothing keeps it quiet now."""
        return not any(begin <= now_ms < end for begin, end in self.silences)
