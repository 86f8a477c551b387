"""Forms about what is said of a target's identity: state, correct, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import targets_desk as line
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.marking_form import MarkedForm
from maoc_tui.ui.targets_sheet import banner

if TYPE_CHECKING:
    from maoc_tui.desk.targets import FactLine, Saved, TargetSheet

_SINCE = Field("since", "since", hint="020600ZMAR22, or empty")
_UNTIL = Field("until", "until", hint="empty while it holds")
_SOURCE = Field("source", "source", hint="who says so")


class FactDialog(MarkedForm):
    """A statement about identity."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int) -> None:
        self._ref = sheet.row.ref
        fields = [
            Field("attribute", "what", hint="name, flag, mmsi, imo, call_sign, length, owner, role …"),
            Field("value", "value"),
            _SINCE,
            _UNTIL,
            _SOURCE,
        ]
        title, top = f"{self._ref}: state", banner(sheet, now_ms, False)
        super().__init__(desk, title, fields, banner=top, draft=f"state {self._ref}")

    def save(self, values: Mapping[str, str]) -> Saved:
        """Record it."""
        return line.act(
            self._desk, "fact", self._ref, values["attribute"], values["value"], values["source"],
            since=values["since"], until=values["until"], marking=self.mark(values),
        )  # fmt: skip


class CorrectDialog(MarkedForm):
    """What a statement should have said; the old one stays in the record."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int, wrong: FactLine) -> None:
        self._ref, self._wrong = sheet.row.ref, wrong.fact
        fields = [
            Field("value", wrong.title, hint=printable(f"instead of {wrong.fact.value}", 80)),
            _SINCE,
            _UNTIL,
            _SOURCE,
            Field("reason", "reason", hint="why the old one was wrong"),
        ]
        title, top = f"{self._ref}: correct {wrong.title}", [*banner(sheet, now_ms, False), told(wrong)]
        saw, draft = {"value": self._wrong.value}, f"correct {self._ref} {self._wrong.id}"
        super().__init__(desk, title, fields, banner=top, draft=draft, saw=saw)

    def save(self, values: Mapping[str, str]) -> Saved:
        """Record it in the place of the other."""
        return line.act(
            self._desk, "fact", self._ref, self._wrong.attribute, values["value"], values["source"],
            since=values["since"], until=values["until"], reason=values["reason"],
            replaces=self._wrong.id, marking=self.mark(values),
        )  # fmt: skip


class WithdrawDialog(Form):
    """A statement no longer stands, and nothing is said instead; it stays in the record."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int, wrong: FactLine) -> None:
        self._desk, self._ref, self._wrong = desk, sheet.row.ref, wrong.fact
        title, top = f"{self._ref}: withdraw {wrong.title}", [*banner(sheet, now_ms, False), told(wrong)]
        fields = [Field("reason", "reason", hint="why it no longer stands")]
        super().__init__(title, fields, banner=top, draft=f"withdraw {self._ref} {self._wrong.id}")

    def save(self, values: Mapping[str, str]) -> Saved:
        """Withdraw it."""
        return line.act(self._desk, "withdraw_fact", self._ref, self._wrong.id, values["reason"])


def told(entry: FactLine) -> tuple[tuple[str, str], ...]:
    """A statement on one line, as the banner of a form shows it."""
    fact = entry.fact
    return (
        (f"{entry.title} ", "dim"),
        (printable(fact.value, 200), "strong"),
        (f"  {printable(fact.source, 60)}", "dim"),
    )
