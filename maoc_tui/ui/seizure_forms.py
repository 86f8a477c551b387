"""Forms of what a boarding brings: finds, what went overboard, persons, custody, weights, what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.operation_forms import WHEN, YES, identity

if TYPE_CHECKING:
    from maoc_tui.desk.seizure_snapshots import NewSeizure, SeizureRow
    from maoc_tui.ui.operations_desk import OperationView

SUBSTANCES = "cocaine, cannabis-resin, cannabis-herb, heroin, synthetic, precursor, other, suspected"
NEW = "new"
NONE = ("none", "nil", "0")


def _event(view: OperationView) -> Field:
    """Which event of the ledger a line is of: the last one, or a new one where there is none."""
    known = [row for row in view.seizures if not row.counted_as]
    refs = ", ".join(row.ref for row in known)
    return Field("event", "event", known[0].ref if known else NEW, f"{refs}; new" if refs else NEW)


def _form(view: OperationView, title: str, fields: Sequence[Field], do: Callable[[Values], Any]) -> ActForm:
    """A form about one event or find: what is typed for that is not offered for the next."""
    which = next((one.value for one in fields if one.name in ("event", "find")), "")
    named = f"{view.row.ref}: {title}"
    return ActForm(named, fields, do, banner=_banner(view), draft=f"{named} {which}")


def _banner(view: OperationView) -> tuple[Line, ...]:
    return (*identity(view.sheet), *_so_far(view.seizures))


def _so_far(rows: Sequence[SeizureRow]) -> list[Line]:
    """The totals so far, so that one find is not entered twice."""
    lines: list[Line] = []
    for row in rows:
        finds = "; ".join(
            f"{one.find.ref} {one.substance} {one.shown.said if one.shown else 'not weighed'}"
            f"{' est.' if one.shown and one.shown.basis == 'ESTIMATED' else ''}"
            for one in row.finds
        )
        lines.append(((f"{row.ref} ", "mark"), (printable(finds, 300) or "nothing found yet", "dim")))
    return lines


def _said(values: Values) -> Any:
    from maoc_tui.desk.seizure_snapshots import Said

    return Said(at=values.get("at", ""), source=values.get("source", ""), text=values.get("text", ""))


def _of_event(desk: LiveDesk, view: OperationView, values: Values) -> str | NewSeizure:
    """The event named; a new one of the operation where none is, recorded in one commit with the line."""
    from maoc_tui.desk.seizure_snapshots import NewSeizure

    event = values["event"].strip()
    if event.lower() not in ("", NEW):
        return event
    if view.seizures and event.lower() != NEW:
        raise BadInput("Which event is it of?", f"Type {view.seizures[0].ref}, or new for another one.")
    return NewSeizure(_when(desk, values.get("at", "")), view.row.ref)


def _when(desk: LiveDesk, text: str) -> str:
    """When an event happened: now, a time of the watch as in the log (0312), or as exact as it was typed."""
    from maoc_tui.desk.target_words import time_of
    from maoc_tui.domain.clock import from_ms
    from maoc_tui.domain.times import format_dtg

    clock, word = desk.open().clock, text.strip()
    if not word:
        return format_dtg(from_ms(clock.now_ms()))
    short = word.upper().removesuffix("Z").replace(":", "")
    if len(short) == 4 and short.isascii() and short.isdigit():
        return format_dtg(from_ms(time_of(word, clock)))
    return word


def found(desk: LiveDesk, view: OperationView, *, jettisoned: bool = False) -> ActForm:
    """What was found, or what went overboard."""
    where = "where it went overboard, recovered or not" if jettisoned else "where it was hidden, who found it"
    fields = [
        _event(view),
        Field(
            "substance", "substance", "suspected" if jettisoned else "", f"{SUBSTANCES}; none: nothing found"
        ),
        Field("packages", "packages", hint="how many"),
        Field("weight", "weight", hint="1.2 t, 840 kg"),
        Field("basis", "basis", "estimated", "estimated, gross, net"),
        Field("hidden", "where", hint=where),
        Field("at", "when", hint=WHEN),
        Field("source", "who says so", hint="on-scene commander, laboratory …; empty: you"),
    ]

    def do(values: Values) -> Any:
        from maoc_tui.desk.seizure_snapshots import NewFind, NewSeizure

        if values["substance"].strip().lower() in NONE and not jettisoned:
            return line.act(desk, "operations.nil", view.row.ref, "seizure", values["hidden"])
        find = NewFind(
            values["substance"], jettisoned, values["packages"], values["hidden"], values["weight"],
            values["basis"] if values["weight"].strip() else "",
        )  # fmt: skip
        event = values["event"].strip()
        if event.lower() == NEW or not view.seizures:
            when = _when(desk, values["at"])
            entry = NewSeizure(when, view.row.ref, find=find, said=_said(values))
            return line.act(desk, "seizures.add", entry)
        return line.act(desk, "seizures.find", event, find, _said(values))

    title = "jettisoned" if jettisoned else "found"
    return _form(view, title, fields, do)


def persons(desk: LiveDesk, view: OperationView) -> ActForm:
    """Persons met, as counts; or that there were none."""
    fields = [
        Field("count", "how many", hint="7; none: nobody was concerned"),
        Field("condition", "condition", hint="arrested, released, rescued, deceased"),
        Field("nationality", "nationality", hint="ISO code as claimed; empty: all together"),
        Field("at", "when", hint=WHEN),
        Field("source", "who says so", hint="on-scene commander …; empty: you"),
        Field("text", "text", hint="hurt, minors, language; never a name"),
        _event(view),
    ]

    def do(values: Values) -> Any:
        if values["count"].strip().lower() in NONE[:2]:
            return line.act(desk, "operations.nil", view.row.ref, "persons", values["text"])
        from maoc_tui.desk.seizure_words import count_of
        from maoc_tui.domain.seizure_terms import shipped

        count_of(values["count"], "persons")
        shipped().condition(values["condition"])
        event = _of_event(desk, view, values)
        return line.act(
            desk, "seizures.persons", event, values["condition"], values["count"],
            nationality=values["nationality"], said=_said(values),
        )  # fmt: skip

    return _form(view, "persons", fields, do)


def custody(desk: LiveDesk, view: OperationView) -> ActForm:
    """What passed from whom to whom."""
    fields = [
        Field("item", "what", hint="SF-0412, hull, phones; empty: everything seized"),
        Field("giver", "from", hint="empty: found on board"),
        Field("taker", "to", hint="name and post, ship, court"),
        Field("seal", "seal", hint="its number"),
        Field("resealed", "why other", hint="why another seal than before: cut for sampling …"),
        Field("place", "where", hint="at sea, Ponta Delgada …"),
        Field("file", "photo", hint="path of a file on this machine: its hash is kept"),
        Field("at", "when", hint=WHEN),
        Field("text", "text", hint="who was there, weather …"),
        _event(view),
    ]

    def do(values: Values) -> Any:
        if not values["taker"].strip():
            raise BadInput("Who has it now is missing.", "Type whom it passed to.")
        given = {name: values[name] for name in ("giver", "item", "seal", "resealed", "place", "file")}
        event = _of_event(desk, view, values)
        return line.act(desk, "seizures.transfer", event, values["taker"], said=_said(values), **given)

    return _form(view, "custody", fields, do)


def weighed(desk: LiveDesk, view: OperationView) -> ActForm:
    """A new weight of a find; those before are kept beside it."""
    finds = [one.find for row in view.seizures for one in row.finds]
    if not finds:
        raise BadInput(f"Nothing is recorded as found in {view.row.ref}.", "Record the find with D.")
    refs = ", ".join(f"{one.ref} {one.substance.lower()}" for one in finds)
    fields = [
        Field("find", "find", finds[0].ref if len(finds) == 1 else "", refs),
        Field("weight", "weight", hint="1 184.6 kg"),
        Field("basis", "basis", "net", "net, gross, estimated"),
        Field("source", "weighed by", hint="laboratory, court, unit"),
        Field("at", "when", hint=WHEN),
        Field("packages", "packages", hint="how many were weighed"),
        Field("official", "official", hint="yes: the figure that is quoted"),
    ]

    def do(values: Values) -> Any:
        return line.act(
            desk, "seizures.weigh", values["find"], values["weight"], values["basis"],
            packages=values["packages"], official=values["official"].strip().lower() in YES, said=_said(values),
        )  # fmt: skip

    return _form(view, "weight", fields, do)


def stated(desk: LiveDesk, view: OperationView) -> ActForm:
    """What became of vessel and drugs, whose credit it is."""
    what = (
        "vessel-disposition, drugs-disposition, credit-information, credit-asset, credit-prosecution, flag …"
    )
    fields = [
        Field("what", "what", hint=what),
        Field("value", "is", hint="escorted, towed, scuttled-by-crew, ES 1/2, FR 1/2 …"),
        Field("status", "flag status", hint="of a flag: claimed, confirmed …"),
        Field("source", "who says so", hint="empty: you"),
        Field("at", "when", hint=WHEN),
        _event(view),
    ]

    def do(values: Values) -> Any:
        from maoc_tui.desk.seizure_words import stated as checked
        from maoc_tui.domain.seizure_terms import shipped

        terms = shipped()
        checked(terms, terms.fact(values["what"]), values["value"], values["status"])
        event = _of_event(desk, view, values)
        return line.act(
            desk, "seizures.state", event, values["what"], values["value"], status=values["status"],
            said=_said(values),
        )  # fmt: skip

    return _form(view, "statement of the seizure", fields, do)
