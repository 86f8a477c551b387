"""Looking through another partner's eyes: every screen made anew, framed, and nothing can be changed."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.ui.entering import Entering

_BETWEEN = "between views"


class SeeingAs(Entering):
    """The part of the program that changes whose view is shown."""

    _in_front = "watch"

    @property
    def seeing_as(self) -> str:
        """The partner whose view is shown; "" for one's own."""
        return self.desk.viewer.seeing_as

    def action_view_as(self, partner: str = "") -> None:
        """See what officers of a partner see now; without a code back to one's own view."""
        if partner.strip():
            self.read(lambda: self._through(partner), self._look_through)
        elif self.seeing_as:
            self.action_leave_view()
        else:
            raise BadInput("Whose view is not said.", "Type the partner's code: view-as BE")

    def _through(self, partner: str) -> Viewer:
        from maoc_tui.desk import gate

        return gate.view_as(self.desk.open(), self.desk.viewer, partner)

    def action_leave_view(self, _: str = "") -> None:
        """Back to one's own view."""
        behind = self.desk.viewer.behind
        if behind is not None:
            self._look_through(behind)

    def _look_through(self, viewer: Viewer) -> None:
        """Nothing of the view before stays: neither rows nor a cursor, nor a draft of a form."""
        self.desk.viewer = viewer
        self.another_viewing()
        if self.current_mode != _BETWEEN:
            self._in_front = self.current_mode
        self.run_worker(self._begin_anew(), group="view", exclusive=True)

    async def _begin_anew(self) -> None:
        """Every screen is made again on its next showing; the one in front at once."""
        if _BETWEEN not in self._modes:
            self.add_mode(_BETWEEN, Screen)
        await self.switch_mode(_BETWEEN)
        for mode, make in self.MODES.items():
            gone = self.remove_mode(mode)
            self.add_mode(mode, make)
            await gone
        self.another_viewing()  # nor is anything taken in that a screen asked for while it went
        await self.switch_mode(self._in_front)
        await self.remove_mode(_BETWEEN)
        self.look_now()
        said = (
            f"Seen as {self.seeing_as}: nothing can be changed." if self.seeing_as else "Your own view again."
        )
        self.call_after_refresh(self.say, said)

    async def run_action(self, action: Any, *args: Any, **kwargs: Any) -> bool:
        """On a framed screen the key that goes back leaves the view."""
        if action == "back" and self.seeing_as and hasattr(self.screen, "top_bar"):
            self.action_leave_view()
            return True
        return await super().run_action(action, *args, **kwargs)

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """Forms stay shut while another's view is shown."""
        from maoc_tui.ui.form import Form

        if self.seeing_as and isinstance(screen, Form):
            raise BadInput(f"Nothing is changed while you see as {self.seeing_as}.", "Esc leaves the view.")
        return super().push_screen(screen, *args, **kwargs)
