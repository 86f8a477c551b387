"""Asking what may be done to a contact or target where it is: who acts, on which flag, what is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from maoc_tui.domain.text import printable
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.ui.desk_app import DeskApp

_STATUSES = "claimed, confirmed, denied, no-answer, conflict, stateless, unknown, immune"
_LOOKS = {"GO": "good", "ASK": "warn", "LOOK": "warn", "STOP": "bad"}
_SIGNS = {"GO": "▶ GO", "ASK": "? ASK", "LOOK": "◦ LOOK", "STOP": "■ STOP"}
"""A shape beside the colour and the word."""
_LABEL = 13


def ask(
    app: DeskApp,
    name: str,
    place: tuple[float, float, float],
    *,
    flag: str,
    medium: str,
    seen_ms: int,
    key: int = 0,
    target: str = "",
    top: Sequence[Line] = (),
) -> None:
    """Ask for what the answer rests on, then show it; ``place`` is latitude, longitude and radius in nm."""
    who = app.desk.viewer.name

    def do(values: Values) -> Any:
        LawForm.last[who] = state(values["acting"])
        at, seen = where(values["where"], place, seen_ms)
        asked = _asked(values, medium, seen)
        return line.act(app.desk, "law.of_place", *at, asked, key=key, target=target)

    def show(judged: Any) -> None:
        if judged is not None:
            from maoc_tui.ui.law_sheet import LawSheet

            app.push_screen(LawSheet(name, judged, target))

    fields = _fields(LawForm.last.get(who, app.desk.viewer.partner), flag)
    title, draft = f"{name}: what may be done here", f"law {target} {key}"
    app.push_screen(LawForm(title, fields, do, banner=top, draft=draft), show)


class LawForm(ActForm):
    """What the answer rests on; nothing is recorded."""

    VERB, DOING = "ask", "asking"
    last: ClassVar[dict[str, str]] = {}
    """The acting State each officer asked for last."""


def _fields(acting: str, flag: str) -> list[Field]:
    return [
        Field("acting", "acting State", acting if len(acting) == 2 else "", "who would act: ES, FR, PT …"),
        Field("flag", "flag", flag, "ISO code; empty: unknown"),
        Field("status", "flag status", "claimed" if flag else "unknown", _STATUSES),
        Field("where", "where", hint="the planned contact point; empty: where it was last"),
        Field("voyage", "voyage", hint="inward, outward, passing; empty: not known"),
        Field("offence", "offence", hint="continuing, before_entry, in_territory; empty: not known"),
        Field("pursuit", "hot pursuit", hint="yes; empty: no"),
        Field("distress", "in distress", hint="yes; empty: no"),
        Field("more", "more facts", hint="presence=yes kin=yes waited=yes reaches=yes invited=yes"),
    ]


def _asked(values: Values, medium: str, seen_ms: int | None) -> Any:
    from maoc_tui.desk.law import Asked

    facts = {at: values[at].strip().lower() for at in ("voyage", "offence", "pursuit") if values[at].strip()}
    said = {"distress"} if values["distress"].strip().lower() in ("y", "yes") else set()
    for word in values["more"].lower().split():
        name, sign, value = word.partition("=")
        if name == "invited" or name == "distress":
            said |= {name} if value in ("", "y", "yes") else set()
        else:
            facts[name] = value if sign else "yes"
    return Asked(
        state(values["acting"]), state(values["flag"], empty=True), values["status"].strip().lower(),
        medium, facts, frozenset(said), seen_ms=seen_ms,
    )  # fmt: skip


def where(
    text: str, place: tuple[float, float, float], seen_ms: int
) -> tuple[tuple[float, float, float], int | None]:
    """The place asked about and when it was there: the one typed has no error and no age."""
    if not text.strip():
        return place, seen_ms
    from maoc_tui.domain.positions import parse_position

    found = parse_position(text)
    return (found.lat, found.lon, 0.0), None


def state(text: str, empty: bool = False) -> str:
    """A State's code as typed; BadInput when it is none."""
    from maoc_tui.domain.state_codes import state_code

    if empty and text.strip().upper() in ("", "NONE"):
        return ""
    return state_code(text, "flag" if empty else "acting State")


def law_lines(judged: Any) -> list[Line]:
    """The legal answer as lines: result and rule first, then why, then what would change it."""
    from maoc_tui.desk.law_words import lines

    rule, found = judged.answer.rule, judged.answer
    result = rule.result.name
    whom = "".join(f" {printable(one, 30)}" for one in found.consent_from)
    head: Line = (
        (f" {_SIGNS[result]}{whom} ", _LOOKS[result]),
        (f" {rule.id} ", "mark"),
        (printable(rule.title, 120), "strong"),
    )
    return [head, *(_line(label, text) for label, text in lines(judged))]


def _line(label: str, text: str) -> Line:
    look = {"not known": "warn", "would change": "dim", "checked": "dim"}.get(label, "text")
    return ((label.ljust(_LABEL), "dim"), (printable(text, 600), look))
