"""Forms of the course of an operation: nominate, step, who is which State, which targets, check-ins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from maoc_tui.domain.text import printable
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.marking_form import MarkedAct

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import OperationSheet, StepChoice
    from maoc_tui.domain.marking import Marking

FIELDS = "lead, seizing, flag, coastal, destination, prosecuting"
YES = ("y", "yes", "x")
WHEN = "0312 or 140312Z; empty: now"


def identity(sheet: OperationSheet) -> tuple[Line, ...]:
    """Which operation that is, on which boats, so that nobody writes to the wrong one."""
    about = "  ".join(f"{one.ref} {printable(one.title, 40)}" for one in sheet.targets)
    head = (
        (f"{sheet.row.ref} ", "mark"),
        (printable(sheet.row.name, 60), "strong"),
        (f"  {sheet.row.state_title}", "text"),
    )
    return (head, ((about or "no target", "mark"),))


def opened(desk: LiveDesk, target: str = "") -> MarkedAct:
    """Nominate an operation."""
    fields = [
        Field("name", "name", hint="what the operation is called"),
        Field("targets", "targets", target, "T-0417, T-0418"),
    ]

    def do(values: Values, marking: Marking | None) -> Any:
        return line.act(desk, "operations.open_operation", values["name"], values["targets"], marking=marking)

    return MarkedAct(desk, "Nominate an operation", fields, do, draft=f"nominate {target}")


class StepForm(ActForm):
    """A step: what is missing before it and who fills it stands above the fields, for the step typed."""

    VERB, DOING = "step", "stepping"

    def __init__(self, desk: LiveDesk, sheet: OperationSheet) -> None:
        self._sheet, self._desk = sheet, desk
        forward = [one for one in sheet.steps if not one.back]
        words = ", ".join(one.to.value for one in sheet.steps)
        fields = [
            Field("to", "to", forward[0].to.value if forward else "", words),
            Field("outcome", "outcome", hint=_outcomes(), shown=False),
            Field("at", "when", hint=WHEN),
            Field(
                "override", "override", hint="what is passed over, by its word above; the coordinator alone"
            ),
            Field("reason", "reason", hint="why, when something is overridden or it goes back"),
        ]
        title = f"{sheet.row.ref}: step"
        draft = f"{title} {sheet.row.state_title} {fields[0].value}"
        super().__init__(title, fields, self._do_step, banner=identity(sheet), draft=draft)

    def on_mount(self) -> None:
        """Start in the first field: Ctrl+S at once takes the usual step."""
        super().on_mount()
        self.query_one("#field-to", Input).focus()

    def typed(self) -> None:
        """Show what stands against the step as typed; ask for an outcome where one is due."""
        values = self.values
        choice = self._choice(values["to"])
        self.show_field("outcome", choice is not None and choice.to.value == "closed")
        self.query_one("#form-banner", Banner).show([*identity(self._sheet), *_stands(choice)])
        self.say(())

    def _choice(self, word: str) -> StepChoice | None:
        wanted = word.strip().lower().replace(" ", "_").replace("-", "_")
        fits = [one for one in self._sheet.steps if wanted and one.to.value.startswith(wanted)]
        return fits[0] if fits else None

    def _do_step(self, values: Values) -> Any:
        choice = self._choice(values["to"])
        return line.act(
            self._desk, "operations.step", self._sheet.row.ref, choice.to.value if choice else values["to"],
            at=values["at"], outcome=values["outcome"], reason=values["reason"],
            override=tuple(values["override"].replace(",", " ").split()),
        )  # fmt: skip


def _stands(choice: StepChoice | None) -> list[Line]:
    if choice is None:
        return []
    way = "Back to" if choice.back else "To"
    if choice.free:
        return [((f"{way} {choice.title}: nothing is missing.", "good"),)]
    lines: list[Line] = [((f"{way} {choice.title}, missing:", "title"),)]
    for one in choice.missing:
        sign = f"! {one.guard}: " if one.overridable else f"■ {one.guard}: "
        never = "" if one.overridable else "; nobody overrides it"
        lines.append(
            (
                (sign, "warn" if one.overridable else "bad"),
                (printable(one.words, 300), "text"),
                (f" – {printable(one.who, 120)}{never}", "dim"),
            )
        )
    return lines


def _outcomes() -> str:
    from maoc_tui.domain.operation_rules import shipped

    return ", ".join(shipped().outcomes)


def state(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Say which State leads, seizes, is flag, coastal, destination or prosecuting State."""
    first = next((field.value for field, code in sheet.row.states.items() if not code), "")
    fields = [
        Field("field", "which", first, FIELDS),
        Field("code", "State", hint="ES; for the lead also: none, when none is agreed"),
        Field("source", "source", hint="who says so"),
        Field("at", "since", hint=WHEN),
    ]

    def do(values: Values) -> Any:
        which, code, source = values["field"], values["code"], values["source"]
        return line.act(
            desk, "operations.set_state_field", sheet.row.ref, which, code, source, at=values["at"]
        )

    stands: Line = tuple(
        (f"{'  ' if at else ''}{field.value} {printable(code, 12) or '–'}", "text" if code else "dim")
        for at, (field, code) in enumerate(sheet.row.states.items())
    )
    title, top = f"{sheet.row.ref}: the States", (*identity(sheet), stands)
    saw = {field.value: code for field, code in sheet.row.states.items()}

    def seen(values: Values) -> Values:
        which = values["field"].strip().lower()
        return {"code": saw[which]} if which in saw else {}

    return ActForm(title, fields, do, banner=top, draft=f"{title} {first}", saw=seen)


def target(desk: LiveDesk, sheet: OperationSheet, proposed: str = "") -> ActForm:
    """Add a target, or drop one."""
    fields = [
        Field("about", "target", proposed, "T-0417"),
        Field("drop", "drop it", hint="yes; empty: add it"),
        Field("reason", "reason", hint="why it is dropped"),
    ]

    def do(values: Values) -> Any:
        drop = values["drop"].strip().lower() in YES
        return line.act(
            desk, "operations.target", sheet.row.ref, values["about"], drop=drop, reason=values["reason"]
        )

    title = f"{sheet.row.ref}: target"
    return ActForm(title, fields, do, banner=identity(sheet), draft=f"{title} {proposed}")


def check_in(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Set a team's check-in, hear ops normal, end it."""
    live = [one for one in sheet.check_ins if one.due_ms is not None]
    fields = [
        Field("act", "what", "ok" if live else "set", "ok: ops normal; set: from now on; end: all are back"),
        Field("team", "team", live[0].team if len(live) == 1 else sheet.team, "which boarding team"),
        Field("minutes", "minutes", hint="between two ops normal, when set; empty: 15"),
        Field("at", "when", hint=WHEN),
        Field("text", "text", hint="what the team said"),
    ]
    return ActForm(
        f"{sheet.row.ref}: check-in",
        fields,
        lambda values: _check_in(desk, sheet.row.ref, values),
        banner=identity(sheet),
        draft=f"{sheet.row.ref}: check-in {' '.join(one.value for one in fields)}",
    )


def _check_in(desk: LiveDesk, ref: str, values: Mapping[str, str]) -> Any:
    from maoc_tui.problems import BadInput

    act, team, minutes = values["act"].strip().lower(), values["team"], values["minutes"].strip()
    if act == "set":
        if minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):
            raise BadInput(f"{minutes[:20]!r} is no number of minutes.", "Type 15.")
        return line.act(
            desk, "operation_check_ins.check_in_every", ref, team, int(minutes or 0), at=values["at"]
        )
    if act in ("ok", "end"):
        name = "operation_check_ins.ops_normal" if act == "ok" else "operation_check_ins.end"
        return line.act(desk, name, ref, team, at=values["at"], text=values["text"])
    raise BadInput(f"{act[:20]!r} is nothing a check-in does.", "Type ok, set or end.")
