"""Fields that two officers changed: what each was, theirs with who and when, yours; and which of the two is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.clash import Clash, ClashField

Values = Mapping[str, str]
Saw = Values | Callable[[Values], Values]
"""What of the record an officer saw, by field; or that, by what is typed in the form."""
_ROOM = 2
"""Fields that are told on three lines each."""


@dataclass(slots=True)
class Clashing:
    """What the officer in front of a form saw of the record, and what somebody else changed meanwhile."""

    saw: Saw
    told: dict[str, ClashField] = field(default_factory=dict)
    """Both values are known to the officer, who chooses."""
    yours: dict[str, str] = field(default_factory=dict)
    """What was typed in fields that show theirs."""

    def seen(self, values: Values) -> dict[str, str]:
        """What the officer has seen of the record by now: theirs, where both values were told."""
        saw = self.saw(values) if callable(self.saw) else self.saw
        return {**saw, **{name: one.theirs for name, one in self.told.items() if name in saw}}

    def came_back(self, saw: Values) -> None:
        """A draft came back: what it was typed on is what was seen."""
        fresh = self.saw
        self.saw = lambda values: {**(fresh(values) if callable(fresh) else fresh), **saw}

    def tell(self, clash: Clash) -> None:
        """Both values of these fields are told now."""
        self.told |= {one.name: one for one in clash.fields}

    def other(self, name: str, value: str) -> str:
        """Theirs instead of what stands in a field, and back."""
        theirs = self.told[name].theirs
        if value == theirs:
            return self.yours.get(name, self.told[name].yours)
        self.yours[name] = value
        return theirs


def clash_lines(clash: Clash) -> list[Line]:
    """What was changed twice, field by field, and the keys that choose."""
    lines: list[Line] = [((f"{printable(clash.message, 300).partition(', after')[0]}.", "bad"),)]
    for one in clash.fields:
        lines += _three(one) if len(clash.fields) < _ROOM else _one(one)
    return [
        *lines,
        (("Ctrl+S: yours · F4: theirs instead · Esc: theirs stays, yours is kept as a draft", "strong"),),
    ]


def _three(one: ClashField) -> list[Line]:
    at = f"  {printable(one.by, 60)} {one.at[11:16]}{'Z' if one.at else ''}"
    return [
        ((f"{one.field} was ", "dim"), (printable(one.was, 120) or "empty", "text")),
        (("theirs ", "strong"), (printable(one.theirs, 120) or "empty", "warn"), (at, "dim")),
        (("yours  ", "strong"), (printable(one.yours, 120) or "empty", "text")),
    ]


def _one(one: ClashField) -> list[Line]:
    was, theirs, yours = (printable(text, 30) or "empty" for text in (one.was, one.theirs, one.yours))
    told = ((f"{one.field} ", "strong"), (f"was {was} · ", "dim"), (f"theirs {theirs}", "warn"))
    return [(*told, (f" · yours {yours}", "text"))]


def taken_over(fields: list[ClashField]) -> str:
    """What only somebody else changed meanwhile, in a sentence; "" for nothing."""
    told = ", ".join(f"{one.field} {printable(one.theirs, 40) or 'empty'}" for one in fields)
    return f"Taken over from {printable(fields[0].by, 40)}: {told}." if fields else ""
