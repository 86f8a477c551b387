"""Forms of what somebody answers for in an operation: decisions, go, legal basis, conditions, use of force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.operation_forms import WHEN, identity

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import OperationSheet


def decided(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Record a national decision."""
    own = desk.viewer.partner
    lead = next((code for field, code in sheet.row.states.items() if field.value == "lead"), "")
    state = own if len(own) == 2 else lead if len(lead) == 2 else ""
    fields = [
        Field("state", "State", state, "whose decision it is: ES"),
        Field("decision", "decision", "approved", "approved, refused"),
        Field("who", "who", hint="name and post of who decided"),
        Field("authority", "authority", hint="court, ministry, prosecutor …"),
        Field("right", "by right", hint="the law or power it rests on"),
        Field("told_at", "told", hint=f"when it was told here: {WHEN}"),
        Field("text", "text", hint="limits, reference"),
    ]

    def do(values: Values) -> Any:
        return line.act(desk, "operation_decisions.decide", sheet.row.ref, **values)

    title = f"{sheet.row.ref}: national decision"
    return ActForm(title, fields, do, banner=identity(sheet), draft=f"{title} {state}")


def go(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Say go or no-go."""
    fields = [
        Field("word", "word", hint="go, no-go", kept=False),
        Field("reason", "reason", hint="weather, sea, team, medical: what you looked at"),
    ]

    def do(values: Values) -> Any:
        return line.act(desk, "operation_decisions.go", sheet.row.ref, values["word"], values["reason"])

    said = ((("go", "strong"), (" needs somebody who neither decided nor took the last step", "dim")),)
    return ActForm(f"{sheet.row.ref}: go or no-go", fields, do, banner=(*identity(sheet), *said))


def basis(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Record the legal basis of the boarding."""
    fields = [
        Field("rule", "rule", hint="R26; none takes it back; L shows the rule that fires"),
        Field("text", "reference", hint="letter, telegram, agreement it rests on"),
        Field("at", "when", hint=WHEN),
    ]

    def do(values: Values) -> Any:
        return line.act(
            desk, "operations.basis", sheet.row.ref, values["rule"], values["text"], at=values["at"]
        )

    lacks: list[Line] = [((printable(one, 300), "warn"),) for one in sheet.consent]
    return ActForm(f"{sheet.row.ref}: legal basis", fields, do, banner=(*identity(sheet), *lacks))


def noted(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Take note of the conditions of the consents in force."""
    told: list[Line] = [((printable(one, 300), "warn"),) for one in sheet.conditions]
    fields = [Field("word", "type", hint="noted", kept=False)]

    def do(values: Values) -> Any:
        if values["word"].strip().lower() != "noted":
            raise BadInput("Nothing was recorded.", "Type: noted.")
        return line.act(desk, "operation_decisions.take_note", sheet.row.ref)

    return ActForm(f"{sheet.row.ref}: conditions", fields, do, banner=(*identity(sheet), *told))


def force(desk: LiveDesk, sheet: OperationSheet) -> ActForm:
    """Report a use of force; nothing may be left out."""
    fields: Sequence[Field] = [
        Field("kind", "kind", hint="warning shot, disabling fire"),
        Field("at", "when", hint=WHEN),
        Field("ordered_by", "ordered by", hint="name and post"),
        Field("right", "by right", hint="the rule or power"),
        Field("warnings", "warnings", hint="what warnings came before; none"),
        Field("rounds", "rounds", hint="how many, of what; none"),
        Field("injuries", "injuries", hint="persons hurt, damage; none"),
        Field("flag_told", "flag told", hint="which State, when, by whom; not yet"),
    ]

    def do(values: Values) -> Any:
        given = {name: text for name, text in values.items() if name != "kind"}
        return line.act(desk, "operation_decisions.force", sheet.row.ref, values["kind"], **given)

    return ActForm(f"{sheet.row.ref}: use of force", fields, do, banner=identity(sheet))
