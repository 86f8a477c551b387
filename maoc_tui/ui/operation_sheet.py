"""Everything on one operation, as lines: the identity banner, and the sheet below it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.lines import Line, Span

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import ActLine, LogEntry, OperationSheet
    from maoc_tui.ui.operations_desk import OperationView

NOT_AGREED = "not agreed"
_UNTOLD = "Released to you: its steps, States, decisions, targets and the rest of its log are not told."
_LABEL = 13
_LAST = 3
"""Lines of the log that stand above everything else."""
_SIGNS = {"step": "■", "decision": "◆", "go": "◆", "basis": "§"}
"""A shape before an act on the timeline; a log line has none."""


def banner(sheet: OperationSheet, now_ms: int, local: bool) -> list[Line]:
    """Which operation this is, on which boats and whose, so that nobody writes to the wrong one."""
    row = sheet.row
    state = f"{row.state_title}{f': {row.outcome}' if row.outcome else ''}"
    head: list[Span] = [
        (f"{row.ref} ", "mark"),
        (printable(row.name, 60), "strong"),
        (f"  {state}", "strong"),
    ]
    lines: list[Line] = [tuple(head)]
    for one in sheet.targets:
        lines.append(
            (
                (f"{one.ref} ", "mark"),
                (printable(one.title, 60), "text"),
                (f"  {printable(one.zone, 24) or 'zone not known'}", "text" if one.zone else "warn"),
            )
        )
    lines.append(_states(sheet))
    lines += [
        *_check_ins(sheet, now_ms, local),
        *([] if sheet.targets or row.state is None else [(("no target", "warn"),)]),
        ((str(row.marking), "dim"),),
    ]
    return lines


def _states(sheet: OperationSheet) -> Line:
    if sheet.row.state is None:
        return ((_UNTOLD, "dim"),)
    spans: list[Span] = []
    for field, code in sheet.row.states.items():
        gap = "  " if spans else ""
        spans += [
            (f"{gap}{field.value} ", "dim"),
            (printable(code, 12) or "–", "text" if code and code != NOT_AGREED else "warn"),
        ]
    return tuple(spans)


def _check_ins(sheet: OperationSheet, now_ms: int, local: bool) -> Iterator[Line]:
    for one in sheet.check_ins:
        if one.due_ms is None:
            continue
        left = one.due_ms - now_ms
        late = f"▲ OVERDUE {fmt.left(-left)}" if left <= 0 else f"in {fmt.left(left)}"
        yield (
            (f"{printable(one.team, 30)}: ops normal due {fmt.minute(one.due_ms, local)}", "strong"),
            (f" {late}", "bad" if left <= 0 else "text"),
        )


def sheet_lines(view: OperationView, now_ms: int, local: bool) -> list[Line]:
    """The sheet below the banner: what stands in the way, what allows it, then the log, the newest first."""
    sheet = view.sheet
    return [
        *_alarms(view),
        *_missing(sheet),
        *_conditions(sheet),
        *_titled("Last in the log", islice(_timeline(sheet, now_ms, local), _LAST)),
        *_titled("Decided", _decided(sheet, now_ms, local)),
        *_titled("Assets asked", _tasks(view, now_ms, local)),
        *_titled("Found", _seizures(view)),
        *(
            _titled("The whole log, the newest first", _timeline(sheet, now_ms, local))
            if _more(sheet)
            else []
        ),
    ]


def _more(sheet: OperationSheet) -> bool:
    return len(sheet.timeline) > _LAST


def _alarms(view: OperationView) -> list[Line]:
    return [((f"▲ {printable(slip.text, 300)}", "bad"),) for slip in view.slips if slip.alarm]


def _missing(sheet: OperationSheet) -> list[Line]:
    step = next((one for one in sheet.steps if not one.back), None)
    if step is None:
        return []
    if step.free:
        return [((f"Nothing is missing before {step.title}: s takes the step.", "good"),)]
    lines: list[Line] = [((f"Missing before {step.title}", "title"),)]
    for one in step.missing:
        never = "" if one.overridable else " – nobody may override it"
        lines.append(
            (
                ("! ", "warn"),
                (printable(one.words, 300), "warn"),
                (f" – {printable(one.who, 120)}{never}", "text"),
            )
        )
    return lines


def _conditions(sheet: OperationSheet) -> list[Line]:
    lines: list[Line] = [_labelled("condition", one, "warn") for one in sheet.conditions]
    lines += [_labelled("no consent", one, "warn") for one in sheet.consent]
    return lines


def _decided(sheet: OperationSheet, now_ms: int, local: bool) -> Iterator[Line]:
    for act in sheet.decisions:
        good = act.value == "approved"
        told = f"told {fmt.short_time(act.at_ms, now_ms, local)}"
        said = "; ".join(filter(None, (act.who, act.authority, act.by_right, told, act.text)))
        yield _labelled(f"{act.what} {act.value}", said, "good" if good else "bad")
    for act in sheet.basis:
        yield _labelled(f"basis {act.what}", act.text)
    if sheet.go is not None:
        at = fmt.short_time(sheet.go.at_ms, now_ms, local)
        said = f"{sheet.go.by}, {at}: {sheet.go.text}"
        yield _labelled(sheet.go.what, said, "good" if sheet.go.what == "go" else "bad")
    if sheet.team:
        yield _labelled("team", sheet.team)
    for line in sheet.overridden:
        yield _labelled("overridden", f"{'; '.join(line.overridden)} – {line.by}: {line.text}", "warn")
    for result in sheet.nil:
        yield _labelled("none", f"{result.value}: recorded that there was none")


def _tasks(view: OperationView, now_ms: int, local: bool) -> Iterator[Line]:
    for task in view.tasks:
        look = "warn" if task.waits else "text" if task.open else "dim"
        at = fmt.short_time(task.newest_ms, now_ms, local)
        name = printable(task.asset_name, 40)
        yield _labelled(
            task.ref, f"{task.asset} {name} ({task.owner}): {task.state} {at}; {task.words}", look
        )


def _seizures(view: OperationView) -> Iterator[Line]:
    for row in view.seizures:
        counted = f", counted as {row.counted_as}" if row.counted_as else ""
        yield _labelled(
            row.ref, f"{row.when}{counted}{f'; vessel {row.disposition}' if row.disposition else ''}"
        )
        for find in row.finds:
            fate = " JETTISONED" if find.find.fate.value == "jettisoned" else ""
            packages = f", {find.find.packages} packages" if find.find.packages is not None else ""
            hidden = f", {find.find.hidden}" if find.find.hidden else ""
            weights = "; ".join(_weight(one) for one in find.weights) or "not weighed"
            yield _labelled(f"  {find.find.ref}", f"{find.substance}{fate}{packages}{hidden}: {weights}")
        if row.persons:
            told = "; ".join(
                f"{one.total} {one.condition.lower()}"
                + (
                    f" ({', '.join(f'{n} {code}' for code, n in one.nationalities)})"
                    if one.nationalities
                    else ""
                )
                + f", says {one.source}"
                for one in row.persons
            )
            yield _labelled("  persons", told)
        for doubt in row.doubts:
            yield _labelled("  doubt", doubt.text, "warn")


def _weight(one: object) -> str:
    """``1.2 t est. (Cdr Ruiz)``: an estimate is never quoted as a fact."""
    basis = {"ESTIMATED": "est.", "NET": "net", "GROSS": "gross"}.get(one.basis, one.basis)  # type: ignore[attr-defined]
    official = " official" if one.official else ""  # type: ignore[attr-defined]
    return f"{one.said} {basis}{official} ({one.source})"  # type: ignore[attr-defined]


def _timeline(sheet: OperationSheet, now_ms: int, local: bool) -> Iterator[Line]:
    from maoc_tui.desk.operation_snapshots import LogEntry

    for one in reversed(sheet.timeline):
        at = fmt.short_time(one.at_ms, now_ms, local)
        yield _logged(one, at) if isinstance(one, LogEntry) else _acted(one, at)


def _logged(entry: LogEntry, at: str) -> Line:
    number = entry.ref.rpartition("/")[2]
    gone = entry.corrected_by
    more = [f"corrects /{entry.corrects.rpartition('/')[2]}"] if entry.corrects else []
    more += [f"corrected by /{gone.rpartition('/')[2]}"] if gone else []
    more += [entry.clock] if entry.clock else []
    late = entry.entered_ms - entry.at_ms
    more += [f"entered {fmt.age(late)} later"] if late >= 600_000 else []
    kind = "" if entry.kind == "NOTE" else f"{entry.kind.lower().replace('_', ' ')}  "
    said: list[Span] = [
        (f"{at:<13}", "dim"),
        (f"/{number} ".ljust(5), "mark"),
        (kind, "strong"),
        (printable(entry.text, 2000), "dim" if gone else "text"),
        (f"  {printable(entry.by, 40)}{''.join(f', {word}' for word in more)}", "dim"),
    ]
    return tuple(span for span in said if span[0])


def _acted(act: ActLine, at: str) -> Line:
    said: list[Span] = [
        (f"{at:<13}", "dim"),
        (f"{_SIGNS.get(act.kind, '·')}    ", "mark"),
        (printable(act.title, 120), "strong"),
        (f"  {printable(act.text, 900)}" if act.text else "", "text"),
        (f"  {printable(act.by, 80)}", "dim"),
    ]
    return tuple(span for span in said if span[0])


def _titled(title: str, lines: Iterator[Line]) -> list[Line]:
    found = list(lines)
    return [((title, "title"),), *found] if found else []


def _labelled(label: str, text: str, look: str = "text") -> Line:
    return ((printable(label, 30).ljust(_LABEL) + " ", "dim"), (printable(text, 900), look))
