"""Forms of the inbox: silence, move on, escalate, note, and what record an alert becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.alert_rows import stages
from maoc_tui.ui.alert_sheet import banner
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.alert_snapshots import AlertRow

_MARKING = Field("marking", "marking", hint="H2 rel ES,FR; empty: you alone")


def silence(desk: LiveDesk, row: AlertRow) -> ActForm:
    """Keep an alert quiet: for how long, why, this cause or the rule on the contact."""
    fields = [
        Field("length", "for", "8h", "1h, 8h, 1d, 1w or 1y"),
        Field("reason", "reason", hint="why it need not be heard; compulsory"),
        Field("wide", "also", "", "yes: the rule on this contact, not this cause only"),
        _MARKING,
    ]

    def do(values: Values) -> Any:
        wide = bool(_yes_or_no(values["wide"], "Is it the rule on this contact?"))
        given = {"wide": wide, "marking": _marked(desk, values)}
        return line.act(desk, "alerts.silence", row.ref, values["length"], values["reason"], **given)

    return ActForm(f"{row.ref}: silence", fields, do, banner=banner(row))


def stage(desk: LiveDesk, row: AlertRow) -> ActForm:
    """Move an alert on; closing asks whether it was worth the time."""
    worth = {True: "yes", False: "no", None: ""}[row.useful]
    fields = [
        Field("to", "stage", hint=stages()),
        Field("useful", "worth it", worth, "yes or no: was it worth the time? asked when it is closed"),
        Field("reason", "reason", hint="what explains it, where it was found"),
        _MARKING,
    ]

    def do(values: Values) -> Any:
        said = _yes_or_no(values["useful"]) if values["useful"] != worth else None
        given = {"useful": said, "reason": values["reason"], "marking": _marked(desk, values)}
        return line.act(desk, "alerts.stage", row.ref, values["to"], **given)

    return ActForm(f"{row.ref}: stage", fields, do, banner=banner(row), saw={"to": row.stage})


def escalate(desk: LiveDesk, row: AlertRow) -> ActForm:
    """Ask everybody to act now."""
    fields = [Field("reason", "reason", hint="why somebody must act now; compulsory"), _MARKING]
    return _said(desk, row, "alerts.escalate", "escalate", fields, "reason")


def note(desk: LiveDesk, row: AlertRow) -> ActForm:
    """Write a note about an alert."""
    fields = [Field("text", "note", hint="what you know of it"), _MARKING]
    return _said(desk, row, "alerts.note", "note", fields, "text")


def judge(desk: LiveDesk, row: AlertRow) -> ActForm:
    """Say whether an alert was worth the time."""
    fields = [Field("useful", "worth it", hint="yes or no")]

    def do(values: Values) -> Any:
        return line.act(desk, "alerts.judge", row.ref, _yes_or_no(values["useful"], compulsory=True))

    return ActForm(f"{row.ref}: was it worth the time?", fields, do, banner=banner(row))


def target(desk: LiveDesk, row: AlertRow) -> ActForm:
    """Make the contact of an alert a target."""
    fields = [
        *_which(row),
        Field("description", "description", hint="empty: what it says of itself"),
        Field("designation", "designation", hint="what the Centre calls it; may stay empty"),
        _MARKING,
    ]

    def do(values: Values) -> Any:
        from dataclasses import replace

        said = values.get("contact", "")
        meant, entry = row.contact(said), None
        if meant is not None:  # else the desk asks which
            proposed = line.act(desk, "targets.prefill", meant.key).entry
            entry = replace(
                proposed,
                description=values["description"] or proposed.description,
                designation=values["designation"],
                marking=_marked(desk, values),
            )
        return line.act(desk, "alerts.become_target", row.ref, entry, contact=said)

    return ActForm(f"{row.ref}: a new target", fields, do, banner=banner(row))


def sighting(desk: LiveDesk, row: AlertRow) -> ActForm:
    """Record where an alert saw its contact as a sighting of a target."""
    fields = [
        Field(
            "to", "target", row.targets[0] if len(row.targets) == 1 else "", " ".join(row.targets) or "T-0417"
        ),
        *_which(row, "empty: the one linked to the target; else "),
        Field("text", "text", hint=row.because),
        _MARKING,
    ]
    return _became(desk, row, "alerts.become_sighting", "a sighting", fields)


def log_line(desk: LiveDesk, row: AlertRow) -> ActForm:
    """Write an alert into the log of an operation."""
    fields = [Field("to", "operation", hint="OP-0031"), Field("text", "text", hint=row.because), _MARKING]
    return _became(desk, row, "alerts.become_line", "a log line", fields)


def _became(desk: LiveDesk, row: AlertRow, act: str, what: str, fields: list[Field]) -> ActForm:
    def do(values: Values) -> Any:
        given = {"contact": values["contact"]} if "contact" in values else {}
        marking = _marked(desk, values)
        return line.act(desk, act, row.ref, values["to"], values["text"], marking=marking, **given)

    title = f"{row.ref}: {what}"
    return ActForm(title, fields, do, banner=banner(row), draft=f"{title} {fields[0].value}")


def _which(row: AlertRow, empty: str = "") -> list[Field]:
    """Asks which contact is meant, where there are two."""
    names = " or ".join(one.text for one in row.contacts)
    return [Field("contact", "contact", hint=f"{empty}{names}")] if len(row.contacts) > 1 else []


def _said(desk: LiveDesk, row: AlertRow, act: str, what: str, fields: list[Field], name: str) -> ActForm:
    do: Callable[[Values], Any] = lambda values: line.act(  # noqa: E731
        desk, act, row.ref, values[name], marking=_marked(desk, values)
    )
    return ActForm(f"{row.ref}: {what}", fields, do, banner=banner(row))


def _marked(desk: LiveDesk, values: Values) -> Any:
    from maoc_tui.domain.marking_entry import parse

    said = values["marking"].strip()
    return parse(said, desk.viewer.partner) if said else None


def _yes_or_no(text: str, asked: str = "Was it worth the time?", *, compulsory: bool = False) -> bool | None:
    from maoc_tui.problems import BadInput

    word = text.strip().lower()
    if word in ("y", "yes", "n", "no"):
        return word.startswith("y")
    if word or compulsory:
        raise BadInput(asked, "Say yes or no.")
    return None
