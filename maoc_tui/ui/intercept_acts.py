"""What can be done with a cell of the intercept matrix: read it whole, choose it, ask for the asset, see it, log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.ui import intercept_rows as rows
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.list_window import ListWindow

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Cell, Matrix
    from maoc_tui.desk.operation_snapshots import OperationSheet
    from maoc_tui.ui.actions import Actions


class MatrixActs(ListWindow):
    """A window over the ways to intercept of one operation, with a cell under the cursor."""

    _app: Actions
    _about: OperationSheet
    known: Matrix | None
    _changed = False
    """Something was recorded from here."""
    _sea = ""
    """The sea assumed, as typed."""

    @property
    def assumed(self) -> dict[str, Any]:
        """What is assumed, as the desk takes it."""
        raise NotImplementedError

    def _here(self) -> Cell:
        """The cell under the cursor; raises BadInput while there is none."""
        raise NotImplementedError

    def action_matrix_sea(self) -> None:
        """What if there is a sea where they meet?"""
        from maoc_tui.ui.intercept_sea import SeaForm

        self._app.push_screen(SeaForm(self._sea), self._take_sea)

    def _take_sea(self, typed: str | None) -> None:
        if typed is not None:
            self._sea = typed
            self.show_rows()

    def action_matrix_law(self) -> None:
        """The law at the contact, whole."""
        from maoc_tui.ui.liaison_sheets import LongSheet

        def shown(detail: Any) -> None:
            if not detail.law_lines:
                self.say("No law is judged there: they do not meet, or the asset is no State's.", "warn")
                return
            title = f"{detail.asset.ref} to {detail.target.ref}: the law at the contact"
            self._app.push_screen(LongSheet(title, rows.law_lines(detail)))

        self._with_detail(shown)

    def write_log(self, _: str = "") -> None:
        """Write into the log of the operation, in a form of its own."""
        from maoc_tui.ui.log_forms import written
        from maoc_tui.ui.operation_told import logged

        def said(made: Any) -> None:
            if made is not None:
                self._changed = True
                self.say(logged(made), "good")

        self._app.push_screen(written(self._app.desk, self._about), said)

    def action_accept(self) -> None:
        """Everything on the way to intercept under the cursor."""
        self._with_detail(self._open_detail)

    def _with_detail(self, do: Any) -> None:
        cell, desk, given = self._here(), self._app.desk, self.assumed
        self._app.read(
            lambda: line.act(desk, "intercept_detail.detail", cell.asset, cell.target, **given),
            do,
            self.failed,
        )

    def _open_detail(self, detail: Any) -> None:
        from maoc_tui.ui.intercept_sheet import InterceptSheet

        def left(choice: Any) -> None:
            if choice == "choose":
                self.action_matrix_choose()
            elif choice == "chart":
                self._to_chart(detail)

        self._app.push_screen(InterceptSheet(self._about.row.ref, detail, self._app.local), left)

    def action_matrix_on_chart(self) -> None:
        """The way to contact, on the chart."""
        self._with_detail(self._to_chart)

    def _to_chart(self, detail: Any) -> None:
        from maoc_tui.ui.chart_overlay import intercept

        self.dismiss(self._changed)
        self._app.show_overlay(intercept(detail))

    def action_matrix_ask(self) -> None:
        """Ask the State of the asset under the cursor for it."""
        from maoc_tui.ui import asset_forms

        cell = self._here()

        def opened(detail: Any) -> None:
            form = asset_forms.asked(
                self._app.desk, cell.asset, self._about.row.ref, cell.target, self._about, task_words(detail)
            )
            self._app.push_screen(form, self._asked_for)

        self._with_detail(opened)

    def _asked_for(self, made: Any) -> None:
        from maoc_tui.ui.asset_forms import told

        if made is not None:
            self._changed = True
            self._app.say(told(made))
            self.show_rows()

    def action_matrix_choose(self) -> None:
        """Keep this way as chosen, the others with the reasons why not."""
        from maoc_tui.ui.intercept_options import ChooseForm

        assert self.known is not None
        cell = self._here()
        form = ChooseForm(self._app.desk, self._about, self.known, cell, self.assumed)
        self._app.push_screen(form, self._chosen)

    def _chosen(self, made: Any) -> None:
        if made is not None:
            self._changed = True
            chosen = next(one for one in made if one.chosen)
            self._app.say(
                f"{chosen.operation}: {chosen.asset} is chosen, {len(made) - 1} rejected with reasons."
            )
            self.say(f"{chosen.asset} is kept as chosen; a asks its State for it.", "good")


def task_words(detail: Any) -> str:
    """What is asked of an asset, to be read over before it is recorded."""
    from maoc_tui.ui import format as fmt

    cell = detail.cell
    if not cell.possible or cell.contact_ms is None:
        return ""
    at = fmt.position(cell.lat, cell.lon)
    return f"intercept {cell.target} at {fmt.minute(cell.contact_ms)} {at}, steer {fmt.course(cell.course)}"
