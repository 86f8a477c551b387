"""Choosing a way to intercept: the chosen one with why, the others with why not; and what was chosen before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_span
from maoc_tui.problems import BadInput
from maoc_tui.ui import format as fmt
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.intercept_rows import cell_text
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.operation_forms import identity

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Cell, Matrix, OptionLine
    from maoc_tui.desk.operation_snapshots import OperationSheet
    from maoc_tui.ui.actions import Actions

_MOST = 8
"""Rejected assets that are asked for a reason; of the others the desk says what limits them."""


class ChooseForm(ActForm):
    """Why this one, and why not those that could as well; what is left empty is said by what limits it."""

    VERB, DOING = "choose", "choosing"

    def __init__(
        self, desk: LiveDesk, about: OperationSheet, matrix: Matrix, cell: Cell, assumed: Mapping[str, Any]
    ) -> None:
        others = _others(matrix, cell)
        names = {one.ref: one.name for one in matrix.assets}
        fields = [Field("why", "why", hint=f"why {cell.asset} {printable(names.get(cell.asset, ''), 30)}")]
        fields += [Field(f"not-{one.asset}", f"not {one.asset}", hint=_because(one, cell)) for one in others]

        def do(values: Values) -> Any:
            rejected = {
                one.asset: values[f"not-{one.asset}"] for one in others if values[f"not-{one.asset}"].strip()
            }
            return line.act(
                desk, "intercept_options.choose", about.row.ref, cell.asset, cell.target, values["why"],
                rejected=rejected, **assumed,
            )  # fmt: skip

        told, look = cell_text(cell)
        chosen: Line = (
            (f"{cell.asset} {printable(names.get(cell.asset, ''), 40)} → {cell.target}  ", "strong"),
            (told, look),
        )
        what_if: tuple[Line, ...] = (((f"WHAT IF {matrix.what_if}", "warn"),),) if matrix.what_if else ()
        super().__init__(
            f"{about.row.ref}: choose {cell.asset}",
            fields,
            do,
            banner=(*identity(about), chosen, *what_if),
            draft=f"{about.row.ref}: choose {cell.asset} {cell.target}",
        )


def _others(matrix: Matrix, cell: Cell) -> list[Cell]:
    """The other assets that could meet it, the soonest first."""
    cells = [
        one for row in matrix.cells for one in row if one.target == cell.target and one.asset != cell.asset
    ]
    able = [one for one in cells if one.possible and one.tone != "unable"]
    return sorted(able, key=lambda one: one.hours)[:_MOST]


def _because(one: Cell, chosen: Cell) -> str:
    """What will stand there when nothing is typed."""
    if chosen.possible and one.hours > chosen.hours:
        return f"{format_span((one.hours - chosen.hours) * 3600)} later"
    return f"{one.limits[0].words}" if one.limits else "why not, though it is sooner"


def show_options(app: Actions, ref: str) -> None:
    """The ways considered for an operation, the newest set first."""
    from maoc_tui.ui.liaison_sheets import LongSheet

    def shown(found: tuple[OptionLine, ...]) -> None:
        if not found:
            app.say_problem(BadInput(f"No way to intercept was kept for {ref}.", "i, then c keeps one."))
            return
        app.push_screen(
            LongSheet(f"{ref}: ways considered", option_lines(found, app.clock.now_ms(), app.local))
        )

    app.read(lambda: line.act(app.desk, "intercept_options.options", ref), shown)


def option_lines(found: tuple[OptionLine, ...], now_ms: int, local: bool) -> list[Line]:
    """Every option with its reason; the chosen one of each set by shape and colour."""
    lines: list[Line] = []
    before = ""
    for one in sorted(found, key=lambda one: (-one.entered_ms, one.ref, not one.chosen)):
        if one.ref != before:
            at = fmt.short_time(one.entered_ms, now_ms, local)
            lines += [(("", "text"),)] if before else []
            lines.append(((f"{one.ref}  {at}  {one.target}  by {printable(one.by, 40)}", "title"),))
            before = one.ref
        when = f"contact {fmt.short_time(one.contact_ms, now_ms, local)}" if one.contact_ms else "no contact"
        facts = "; ".join(filter(None, (when, one.zone, f"law {one.law}" if one.law else "", one.limiting)))
        sign, look = ("▶ ", "good") if one.chosen else ("· ", "dim")
        lines.append(
            (
                (f"{sign}{one.asset} {printable(one.asset_name, 30)}: ", look),
                (printable(one.reason, 300), "strong" if one.chosen else "text"),
                (f"  {printable(facts, 200)}", "dim"),
            )
        )
    return lines
