"""What the release windows show, as rows and lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.releases import FollowUp, Proposal, Request, Stage
from maoc_tui.domain.safeguards import Line as Asked
from maoc_tui.domain.safeguards import State
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.lines import Line
from maoc_tui.ui.list_window import TextRows

if TYPE_CHECKING:
    from maoc_tui.desk.release import Holder, Panel, PanelLine, Recipient

PARTNERS = (
    Column("code", "Code", 9, 1),
    Column("name", "Partner", 24, 1, grow=True),
    Column("status", "Today", 13, 1),
    Column("class", "Class", 5, 2),
)
LINES = (
    Column("chosen", " ", 3, 1),
    Column("what", "Line", 24, 1),
    Column("from", "From", 5, 1),
    Column("why", "For the partner", 26, 1, grow=True),
)
QUESTIONS = (
    Column("id", "", 4, 1),
    Column("state", "", 1, 1),
    Column("question", "Question", 34, 1),
    Column("answer", "Answer", 18, 1, grow=True),
)
LOG = (
    Column("ref", "Ref", 7, 1),
    Column("state", "State", 10, 1),
    Column("partner", "For", 8, 1),
    Column("due", "When", 14, 1),
    Column("text", "About", 24, 1, grow=True),
)
_MARKS = {
    State.PASSES: ("✓", "good"), State.WARNS: ("▲", "warn"), State.BLOCKS: ("✗", "bad"),
    State.OPEN: ("?", "warn"), State.NOT_NEEDED: ("–", "dim"),
}  # fmt: skip
_STAGES = {
    Stage.PROPOSED: "warn", Stage.RELEASED: "good", Stage.REFUSED: "dim", Stage.RECALLED: "dim", Stage.ENDED: "dim",
}  # fmt: skip


def partner_rows(found: Sequence[Recipient]) -> TextRows:
    """Partners to choose from."""
    return TextRows([
        (to.code, (
            (to.code, "strong"), (printable(to.name, 60), "text"),
            (to.standing.status, "text" if to.standing.status == "member" else "warn"),
            (to.standing.recipient_class, "dim"),
        ))
        for to in found
    ])  # fmt: skip


def panel_head(panel: Panel) -> list[Line]:
    """Who the partner is on this date, on what the exchange rests, and what that limits."""
    to = panel.to
    since = f" since {to.standing.since:%d %b %Y}" if to.standing.since else ""
    status: Line = (
        (f"{to.code} {printable(to.name, 60)} ", "strong"),
        (f"{to.standing.status}{since}", "text" if to.standing.status == "member" else "warn"),
        (f" · class {to.standing.recipient_class}", "dim"),
    )
    held = "; ".join(f"{one.kind.replace('_', ' ')}: {printable(one.title, 60)}" for one in to.instruments)
    lines: list[Line] = [status, (("rests on  ", "dim"), (held or "no instrument in the register", "text"))]
    if panel.report:
        lines.append((("reported  ", "dim"), (printable(panel.report, 120), "warn")))
    lines.append((("limits    ", "dim"), (to.limits, "text")))
    return lines


def line_rows(panel: Panel, chosen: frozenset[str], wordings: Mapping[str, str]) -> TextRows:
    """The statements of what the panel is about, which itself comes with any of them."""
    return TextRows([(one.line.id, _line(one, chosen, wordings)) for one in panel.lines])


def _line(one: PanelLine, chosen: frozenset[str], wordings: Mapping[str, str]) -> Sequence[Cell]:
    mark = ("in", "good") if one.seen else ("[x]" if one.line.id in chosen else "[ ]", "mark")
    worded = " ✎" if one.line.id in wordings else ""
    look = "good" if one.seen else "text" if one.permission.given else "warn"
    may = f"{one.permission.reason}; " if not one.seen and one.permission.given else ""
    told = f"{may}{one.why}"
    title = printable(one.line.title, 80) + worded
    return (mark, (title, "strong"), (one.line.originator, "dim"), (printable(told, 200), look))


def preview(panel: Panel, chosen: frozenset[str], wordings: Mapping[str, str]) -> list[Line]:
    """What the partner would read after the release: nothing of what stands beside it."""
    code, lines = panel.to.code, []
    top = panel.lines[0]
    shown = top.seen or top.line.id in chosen
    going = [one for one in panel.lines if one.seen or one.line.id in chosen]
    if not shown:
        return [((f"{code} would see nothing of {panel.ref}.", "warn"),)]
    for one in going:
        text = wordings.get(one.line.id, one.line.text) if one.wordable else ""
        lines.append(((f"{printable(one.line.title, 80)}  ", "strong"), (printable(text, 2000), "text")))
    stay = len(panel.lines) - len(going)
    lines.append((("", "text"),))
    lines.append(((f"{stay} lines stay out; so do, of those that go:", "dim"),))
    beside = dict.fromkeys((_BESIDE, *(_OF[one.line.kind] for one in going if one.line.kind in _OF)))
    return [*lines, *(((words, "dim"),) for words in beside)]


_BESIDE = "who entered them, their sources and reasons, to whom else they go,"
_OF = {
    "target": "what the Centre calls the target, its area and the place it was entered with,",
    "operation": "the operation's steps, decisions, States, targets, check-ins and everything else of its log,",
    "asset": "where the asset is and where its base lies, its fuel, who was asked and what was answered,",
    "seizure_find": "where it was hidden,",
    "seizure_transfer": "seals, places and files of the chain of custody.",
}


def question_rows(lines: Sequence[Asked]) -> TextRows:
    """The checklist as answered so far."""
    return TextRows([
        (line.question.id, (
            (line.question.id, "dim"), _MARKS[line.state],
            (line.question.text + ("" if line.question.check == "V" else " (source not verified)"), "text"),
            (printable(line.text, 200), _MARKS[line.state][1]),
        ))
        for line in lines
    ])  # fmt: skip


def log_rows(
    found: tuple[tuple[FollowUp, ...], tuple[Request, ...], tuple[Proposal, ...]], now_ms: int, local: bool
) -> TextRows:
    """What waits for somebody first: tasks, requests not answered, proposals; then the rest."""
    tasks, requests, proposals = found
    waiting = [one for one in requests if one.last is None]
    proposed = [one for one in proposals if one.stage(now_ms) is Stage.PROPOSED]
    rows = [_task(one, now_ms, local) for one in tasks]
    rows += [_request(one, now_ms, local) for one in waiting]
    rows += [_proposal(one, now_ms, local) for one in proposed]
    rows += [_proposal(one, now_ms, local) for one in proposals if one not in proposed]
    rows += [_request(one, now_ms, local) for one in requests if one not in waiting]
    return TextRows(rows)


Row = tuple[str, Sequence[Cell]]


def _task(task: FollowUp, now_ms: int, local: bool) -> Row:
    state = ("OVERDUE", "bad") if task.due_ms <= now_ms else ("to do", "warn")
    when, about = fmt.day_clock(task.due_ms, local), printable(task.text, 200)
    cells = (
        (f"R-{task.number:04d}", "mark"),
        state,
        (task.partner, "text"),
        (when, state[1]),
        (about, "text"),
    )
    return f"task {task.id}", cells


def _request(asked: Request, now_ms: int, local: bool) -> Row:
    state = asked.state(now_ms)
    look = {"waiting": "warn", "overdue": "bad", "granted": "good"}.get(state, "dim")
    about = f"asked {asked.originator}: {printable(asked.reason, 200)}"
    when = fmt.day_clock(asked.due_ms, local)
    return asked.ref, (
        (asked.ref, "mark"), (state, look), (asked.partner, "text"), (when, look), (about, "text"),
    )  # fmt: skip


def _proposal(made: Proposal, now_ms: int, local: bool) -> Row:
    stage, at = made.stage(now_ms), (made.approved or made.proposed).at_ms
    urgent = "EMERGENCY " if made.emergency else ""
    about = f"{urgent}{len(made.lines)} lines: {printable(made.need, 200)}"
    return made.ref, (
        (made.ref, "mark"), (str(stage), _STAGES[stage]), (made.partner, "text"),
        (fmt.day_clock(at, local), "dim"), (about, "text"),
    )  # fmt: skip


def sheet(made: Proposal, held: Sequence[Holder], now_ms: int, local: bool) -> list[Line]:
    """One release: who, what, why, and who holds it."""
    stage = made.stage(now_ms)
    lines: list[Line] = [
        ((f"{made.ref} to {made.partner} ", "strong"), (f"{stage}", _STAGES[stage]),
         (f"  {made.status}, class {made.recipient_class}", "dim")),
        (("need      ", "dim"), (printable(made.need, 400), "text")),
        (("condition ", "dim"), (printable(made.condition, 800), "text")),
    ]  # fmt: skip
    if made.until_ms is not None:
        lines.append((("until     ", "dim"), (fmt.day_clock(made.until_ms, local), "text")))
    if made.emergency:
        lines.append((("emergency ", "dim"), (printable(made.threat, 400), "bad")))
    for word, who in (("proposed", made.proposed), ("approved", made.approved), ("refused", made.refused)):
        if who is not None:
            said = f"{printable(who.name, 60)} {who.partner} {fmt.day_clock(who.at_ms, local)}"
            why = f": {printable(made.refusal, 400)}" if word == "refused" else ""
            lines.append(((f"{word:<10}", "dim"), (said + why, "text")))
    for line in made.lines:
        reads = f": {printable(line.wording, 400)}" if line.wording else ""
        what = f"{line.kind.replace('_', ' ')} of {line.originator}{reads}"
        lines.append((("line      ", "dim"), (what, "text"), (f"  sha256 {line.digest[:12]}", "dim")))
    for one in held:
        lines.append((("holder    ", "dim"), (f"{one.partner} {printable(one.line, 60)}: {one.how}", "text")))
    for name, said in sorted(made.answers.items()):
        told = ": ".join(filter(None, (said.key, printable(said.note, 200))))
        lines.append(((f"{name:<10}", "dim"), (told, "dim")))
    return lines
