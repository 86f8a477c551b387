"""The Assets screen: what partners may send, what is not known or too old on top, and who answered what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui import resources
from maoc_tui.commands import ASSETS
from maoc_tui.problems import BadInput
from maoc_tui.ui import asset_rows as rows
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.columns import Rows
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.sheet_board import SheetBoard

if TYPE_CHECKING:
    from maoc_tui.desk.asset_snapshots import AssetRow, AssetSheet, TaskLine


class AssetsScreen(SheetBoard["AssetSheet"]):
    """One list, and everything on the asset selected."""

    CSS_PATH = str(resources.layout("operations.tcss"))
    BINDINGS = bindings(ASSETS)
    PLACES = (ASSETS,)
    ROWS_ABOVE = 12
    UNCHOSEN = "No asset selected."
    NEEDED = ("No asset is selected.", "Enter one of your own State with n.")

    def __init__(self) -> None:
        super().__init__(rows.COLUMNS, id="assets", one="asset")

    # -- what is shown -------------------------------------------------------------------------

    def ask(self, desk: LiveDesk, wish: None) -> tuple[AssetRow, ...]:
        """The assets the viewer may see."""
        found: tuple[AssetRow, ...] = line.act(desk, "assets.assets")
        return found

    def ask_sheet(self, desk: LiveDesk, ref: str) -> AssetSheet:
        """Everything on one asset."""
        sheet: AssetSheet = line.act(desk, "assets.sheet", ref)
        return sheet

    def listed(self, now_ms: int) -> Rows:
        """The list."""
        return rows.listed(self.known, now_ms)

    def nothing(self) -> str:
        """No asset at all."""
        return "no asset yet: n enters one of your own State"

    def lines_of(self, sheet: AssetSheet, now_ms: int, local: bool) -> Sequence[Line]:
        """Everything on one asset, which asset that is on top."""
        return rows.sheet_lines(sheet, now_ms, local)

    # -- commands ------------------------------------------------------------------------------

    def _row(self) -> AssetRow:
        row: AssetRow | None = self.row()
        if row is None:
            raise BadInput(*self.NEEDED)
        return row

    def _asked_for(self) -> TaskLine:
        row = self._row()
        if row.task is None:
            raise BadInput(f"{row.ref} is asked for nothing that you see.", "Ask its State for it with a.")
        return row.task

    def _form(self, name: str, *given: Any) -> None:
        from maoc_tui.ui import asset_forms as forms

        self.open_form(getattr(forms, name)(self.app.desk, *given), forms.told)

    def action_asset_new(self, _: str = "") -> None:
        """Enter an asset."""
        self._form("added")

    def action_asset_profile(self, _: str = "") -> None:
        """Say anew what it can do."""
        self._form("profile", self._row())

    def action_asset_report(self, _: str = "") -> None:
        """What is told of it now."""
        self._form("reported", self._row())

    def action_asset_ask(self, _: str = "") -> None:
        """Ask its State for it; the operation shown last is proposed."""
        self._form("asked", self._row().ref, self.app.operation_shown[0])

    def action_asset_answer(self, _: str = "") -> None:
        """What its State answered."""
        self._form("answered", self._asked_for())

    def action_asset_release(self, partner: str = "") -> None:
        """What a partner sees of it and why; release it, ask for it."""
        from maoc_tui.ui.release_panel import open_panel

        open_panel(self.app, self._row().ref, partner)

    def action_asset_on_chart(self, _: str = "") -> None:
        """Centre the chart on it."""
        row = self._row()
        if row.lat != row.lat:
            raise BadInput(f"No position of {row.ref} is known.", "Tell one with s.")
        self.app.show_on_chart(row.lat, row.lon)
