"""The body of the Watch screen: panels arranged in slots by a dashboard."""

from __future__ import annotations

from itertools import pairwise

from textual.containers import Container
from textual.widget import Widget

from maoc_tui.ui.dashboards import Dashboard


class Panels(Container):
    """Panels by name; of each slot one is in front."""

    def __init__(self, panels: dict[str, Widget]) -> None:
        super().__init__()
        self._panels = panels
        self._dashboard: Dashboard | None = None
        self._front: dict[int, str] = {}

    def compose(self):  # type: ignore[no-untyped-def]
        yield from self._panels.values()

    @property
    def dashboard(self) -> Dashboard | None:
        """The arrangement in force."""
        return self._dashboard

    async def add_panel(self, name: str, widget: Widget) -> None:
        """Bring in a panel not there from the start, or another in its place; nothing when all is being left."""
        if not self.is_attached:
            return
        before = self._panels.get(name)
        self._panels[name] = widget
        if before is not None:
            await before.remove()
        widget.display = False
        await self.mount(widget)
        if self._dashboard is not None:
            self.lay_out(self._dashboard)

    def lay_out(self, dashboard: Dashboard) -> None:
        """Lay the panels out as a dashboard says."""
        if dashboard != self._dashboard:
            self._front = {}
        self._dashboard = dashboard
        self.styles.grid_size_columns = len(dashboard.columns)
        self.styles.grid_size_rows = len(dashboard.rows)
        self.styles.grid_columns = " ".join(dashboard.columns)  # type: ignore[assignment]
        self.styles.grid_rows = " ".join(dashboard.rows)  # type: ignore[assignment]
        self.set_class(dashboard.framed, "-framed")
        self.set_class(not dashboard.framed, "-lined")
        shown: list[Widget] = []
        for number, slot in enumerate(dashboard.slots):
            panel = self._panels.get(self._in_front(number))
            if panel is not None:
                panel.styles.column_span = slot.columns
                panel.styles.row_span = slot.rows
                panel.set_class(number > 0, "-below")
                shown.append(panel)
        self._put_in_order(shown)

    def _in_front(self, number: int) -> str:
        assert self._dashboard is not None
        there = [name for name in self._dashboard.slots[number].panels if name in self._panels]
        chosen = self._front.get(number, "")
        return chosen if chosen in there else there[0] if there else ""

    def _put_in_order(self, shown: list[Widget]) -> None:
        for panel in self._panels.values():
            panel.display = panel in shown
        for before, after in pairwise(shown):
            if before.parent is self and after.parent is self:
                self.move_child(after, after=before)

    def panel(self, name: str) -> Widget | None:
        """A panel by name; None when it is not there yet."""
        return self._panels.get(name)

    def bring(self, name: str) -> bool:
        """Bring a panel to the front of its slot and give it the keys; False when the dashboard has none."""
        panel, dashboard = self._panels.get(name), self._dashboard
        if panel is None or dashboard is None:
            return False
        for number, slot in enumerate(dashboard.slots):
            if name in slot.panels:
                self._front[number] = name
                self.lay_out(dashboard)
                panel.focus()
                return True
        return False

    def bring_first(self) -> None:
        """Give the keys to the dashboard's first panel, where they are with none that is shown."""
        names = self._dashboard.panels() if self._dashboard is not None else ()
        shown = [self._panels[name] for name in names if name in self._panels and self._panels[name].display]
        if shown and not any(panel.has_focus for panel in shown):
            shown[0].focus()

    def step(self, by: int) -> None:
        """Give the keys to the next panel of the dashboard, or the one before."""
        if self._dashboard is None:
            return
        names = [name for name in self._dashboard.panels() if name in self._panels]
        focused = [name for name in names if self._panels[name].has_focus]
        at = (names.index(focused[0]) + by) % len(names) if focused else 0
        self.bring(names[at])
