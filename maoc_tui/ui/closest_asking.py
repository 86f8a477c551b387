"""Asking how close two objects come: typed after :cpa, or in a form; the answer in a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Closest
    from maoc_tui.ui.actions import Actions

_HINT = "T-0417, AS-0007, ais:263601890, or 38.0,-9.5/090/12"
_LABEL = 10


class ClosestForm(ActForm):
    """Which two; nothing is recorded."""

    VERB, DOING = "ask", "asking"


def ask_closest(app: Actions, text: str) -> None:
    """Show how close two objects come; where not both are typed, ask which, the target selected first."""
    from maoc_tui.ui.reaching import selected_target

    desk, words = app.desk, text.split()
    if len(words) == 2:
        app.read(lambda: line.act(desk, "closest.closest", *words), lambda found: _show(app, found))
        return
    first = " ".join(words) or selected_target(app)
    fields = [Field("first", "of", first, _HINT), Field("second", "and", hint=_HINT)]

    def do(values: Values) -> Any:
        return line.act(desk, "closest.closest", values["first"], values["second"])

    form = ClosestForm("Closest approach", fields, do, draft=f"closest {first}")
    app.push_screen(form, lambda found: found and _show(app, found))


def _show(app: Actions, found: Closest) -> None:
    from maoc_tui.ui.liaison_sheets import LongSheet

    names = f"{printable(found.first, 40)} and {printable(found.second, 40)}"
    app.push_screen(LongSheet(f"{names}: closest approach", closest_lines(found, app.local)))


def closest_lines(found: Closest, local: bool) -> list[Line]:
    """How close, when, and where both are then."""
    then = max(found.closest_ms, found.at_ms)

    def said(label: str, text: str, look: str = "text") -> Line:
        return ((label.ljust(_LABEL) + " ", "dim"), (printable(text, 300), look))

    lines = [
        said("closest", found.text, "strong"),
        said("from", f"both brought to {fmt.minute(found.at_ms, local)}, {found.now_nm:.1f} nm apart then"),
        said(
            printable(found.first, _LABEL), f"{fmt.minute(then, local)} {fmt.position(found.lat, found.lon)}"
        ),
        said(
            printable(found.second, _LABEL),
            f"{fmt.minute(then, local)} {fmt.position(found.other_lat, found.other_lon)}",
        ),
    ]
    return [*lines, said("model", "both hold course and speed along a rhumb line")]
