"""Asking how far a target can have gone, and laying the answer over the chart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.chart_overlay import fan

if TYPE_CHECKING:
    from maoc_tui.ui.actions import Actions

_TYPED = re.compile(
    r"(?P<ref>[Tt]-?[0-9]+)?\s*(?:(?P<slow>[0-9.]+)\s*(?:-|to|\s)\s*(?P<fast>[0-9.]+)(?:\s*kn)?)?"
)


def show_fan(app: Actions, text: str = "") -> None:
    """Lay the reach fan of a target over the chart: ``T-0417 4-7``, or of the target selected. Raises BadInput."""
    typed = _TYPED.fullmatch(text.strip())
    if typed is None:
        raise BadInput("That is no target with its speeds.", "Type: fan T-0417 4-7, or fan alone.")
    ref = typed["ref"] or selected_target(app)
    if not ref:
        raise BadInput("No target is selected.", "Select one here, or press m on Targets or Operations.")
    given = {"slow": f"{typed['slow']} kn", "fast": f"{typed['fast']} kn"} if typed["slow"] else {}
    desk, local = app.desk, app.local
    app.say(f"{ref}: reckoning how far it can have gone …")

    def shown(found: Any) -> None:
        app.say("")
        app.show_overlay(fan(found, local))

    def failed(problem: Any) -> None:
        app.say_problem(problem)

    app.read(lambda: line.act(desk, "reach.fan", ref, **given), shown, failed)


def selected_target(app: Actions) -> str:
    """The target put on the chart, until another contact is selected; then that contact's own; "" for none."""
    moment, chosen = app.moment, app.chosen
    row = moment.picture.row(chosen) if moment is not None and chosen else -1
    heard = str(moment.picture.target[row]) if moment is not None and row >= 0 else ""
    return app.target_shown or heard
