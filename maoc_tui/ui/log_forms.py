"""Forms about lines of an operation's log: one with everything chosen, a correction, a promise that becomes a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import format as fmt
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.marking_form import MarkedAct
from maoc_tui.ui.operation_forms import WHEN, identity

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import LogEntry, OperationSheet
    from maoc_tui.domain.marking import Marking


def written(desk: LiveDesk, sheet: OperationSheet) -> MarkedAct:
    """A line with its kind, time and marking to choose."""
    fields = [
        Field("text", "line", hint="what happened, in words"),
        Field("at", "when", hint=f"140312Z, or with its zone 0412A; {WHEN}"),
        Field("kind", "kind", hint="hail, boarding, rapid test …; empty: by its words"),
    ]

    def do(values: Values, marking: Marking | None) -> Any:
        given = {"kind": values["kind"], "at": values["at"], "marking": marking}
        return line.act(desk, "operation_log.log", sheet.row.ref, values["text"], **given)

    banner = identity(sheet)
    return MarkedAct(
        desk, f"{sheet.row.ref}: log line", fields, do, banner=banner, audience=sheet.log_marking
    )


def _last(sheet: OperationSheet) -> LogEntry:
    """The line that was entered last and stands."""
    stands = [one for one in sheet.log if not one.corrected_by]
    if not stands:
        raise BadInput(f"The log of {sheet.row.ref} has no line.", "Write one with l.")
    return max(stands, key=lambda one: (one.entered_ms, int(one.ref.rpartition("/")[2])))


def corrected(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Write what a wrong line should have been; the last one entered is proposed, as it stands."""
    last = _last(sheet)
    fields = [
        Field("number", "line", last.ref.rpartition("/")[2], "its number, as in the log: 14"),
        Field("text", "should be", last.text, "the whole line; time and kind stand unless typed"),
        Field("reason", "reason", hint="why it was wrong"),
        Field("at", "when", hint="when it was wrong: 140312Z; empty: stands"),
        Field("kind", "kind", hint="when it was wrong; empty: stands"),
    ]

    def do(values: Values) -> Any:
        ref = f"{sheet.row.ref}/{values['number'].strip().lstrip('/')}"
        given = {"kind": values["kind"], "at": values["at"]}
        return line.act(desk, "operation_log.correct", ref, values["text"], values["reason"], **given)

    lines = (*identity(sheet), *_told(last))
    texts = {one.ref.rpartition("/")[2]: one.text for one in sheet.log}

    def seen(values: Values) -> Values:
        number = values["number"].strip().lstrip("/")
        return {"text": texts[number]} if number in texts else {}

    title, draft = f"{sheet.row.ref}: correct a line", f"correct {last.ref}"
    return ActForm(title, fields, do, banner=lines, draft=draft, saw=seen)


def promised(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Let a line with a time to come run as a clock."""
    last = _last(sheet)
    several = len(sheet.targets) > 1
    fields = [
        Field("number", "line", last.ref.rpartition("/")[2], "its number, as in the log: 14"),
        Field("at", "due", hint="0500Z; empty: the time the line names"),
        Field("target", "target", sheet.targets[0].ref if several else "", "which one", several),
    ]

    def do(values: Values) -> Any:
        ref = f"{sheet.row.ref}/{values['number'].strip().lstrip('/')}"
        return line.act(desk, "operation_log.clock", ref, target=values["target"], at=values["at"])

    lines = (*identity(sheet), *_told(last))
    return ActForm(f"{sheet.row.ref}: a line as clock", fields, do, banner=lines, draft=f"clock {last.ref}")


def _told(last: LogEntry) -> tuple[Any, ...]:
    at = fmt.minute(last.at_ms)
    number = last.ref.rpartition("/")[2]
    return (((f"/{number} ", "mark"), (f"{at} ", "dim"), (printable(last.text, 200), "text")),)
