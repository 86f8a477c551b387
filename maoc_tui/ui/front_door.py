"""An entrance in front of everything, while nobody may look.

Nothing of the record is read or shown then: actions of other screens do nothing, windows open unseen in the screen
behind, notices are dropped.
"""

from __future__ import annotations

from typing import Any

from textual.await_complete import AwaitComplete
from textual.screen import Screen

from maoc_tui.ui.desk_app import DeskApp

ENTRANCE = "entrance"


class FrontDoor(DeskApp):
    """The part of the program that stands an entrance before its screens, and takes it away."""

    entrance: Screen[Any] | None = None
    """The screen in front while nobody may look."""
    _behind = ""

    @property
    def locked(self) -> bool:
        """Whether an entrance is in front."""
        return self.entrance is not None

    def stand_before(self, screen: Screen[Any]) -> None:
        """Put an entrance in front of everything, in place of another one if there is one."""
        self.clear_notifications()
        if self.entrance is None:
            self._behind = self.current_mode
        else:
            self._take_away()
        self.entrance = screen
        self.add_mode(ENTRANCE, lambda: screen)
        super().switch_mode(ENTRANCE)

    def open_up(self) -> None:
        """Take the entrance away and show what is behind it."""
        self._take_away()
        self.look_now()
        self.tick()

    def _take_away(self) -> None:
        self.entrance = None
        super().switch_mode(self._behind)
        self.remove_mode(ENTRANCE)

    def switch_mode(self, mode: str) -> Any:
        """Bring a mode to the front; while an entrance is there, have it behind."""
        if self.locked:
            self._behind = mode
            return AwaitComplete.nothing()
        return super().switch_mode(mode)

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """Open a window; while an entrance is in front, unseen over the screen behind."""
        if self.locked:
            kwargs.setdefault("mode", self._behind)
        return super().push_screen(screen, *args, **kwargs)

    def notify(self, *args: Any, **kwargs: Any) -> None:
        """Show a notice; none over an entrance."""
        if not self.locked:
            super().notify(*args, **kwargs)

    async def run_action(self, action: Any, default_namespace: Any = None, namespaces: Any = None) -> bool:
        """Do an action; while an entrance is in front, its own only."""
        front = self.entrance
        if front is not None:
            own = default_namespace is not None and (
                default_namespace is front or front in default_namespace.ancestors
            )
            if not own or str(action).startswith("app."):
                return False
        return await super().run_action(action, default_namespace, namespaces)

    def look_now(self) -> None:
        """Bring the picture up to date; while nobody may look, nothing is read."""
        if not self.locked:
            super().look_now()
