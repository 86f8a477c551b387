"""The sheet of a handover: its holder offers and signs, the next officer walks it item by item and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on

from maoc_tui.commands import HANDOVER
from maoc_tui.domain.handover import Verdict
from maoc_tui.problems import BadInput
from maoc_tui.ui import handover_forms as forms
from maoc_tui.ui import handover_rows as rows
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.list_window import ListWindow

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import HandoverSheet, SignedSheet, WatchState
    from maoc_tui.domain.handover import Item

LOOK_EVERY_S = 2.0
_FOOT = "Enter taken · q ask a answer o own · N not accepted · l line · S sign · Esc"


class HandoverWindow(ListWindow, inherit_bindings=False):
    """Every item with what was said of it; closes with who holds the watch once it is signed."""

    BINDINGS = bindings(HANDOVER)

    def __init__(self, app: Any) -> None:
        super().__init__("Handover of the watch", rows.COLUMNS, _FOOT, empty="reading …")
        self._app = app
        self._made: HandoverSheet | None = None
        self._signed: SignedSheet | None = None
        self._unkept = False  # it was signed here and nobody kept the sheet yet
        self._over: WatchState | None = (
            None  # who took the watch over here: the sheet stands as it was signed
        )
        self._seen: Any = None
        self._busy = False
        self._under_told = ""

    @property
    def made(self) -> HandoverSheet | None:
        """The sheet as it was read last."""
        return self._made

    def on_mount(self) -> None:
        """Read it, and again whenever something was committed."""
        super().on_mount()
        self.set_interval(LOOK_EVERY_S, self._look)

    def show_rows(self) -> None:
        """Read it anew."""
        self._seen = None
        self._look()

    def _look(self) -> None:
        if self._busy or self._over is not None or not self.is_current:
            return
        self._busy, desk, seen = True, self._app.desk, self._seen

        def ask() -> tuple[Any, HandoverSheet | None]:
            now = line.version(desk)
            return now, None if now == seen else line.act(desk, "handover_sheet.sheet")

        self._app.read(ask, self._looked, self._amiss)

    def _looked(self, found: tuple[Any, HandoverSheet | None]) -> None:
        self._busy = False
        self._seen, made = found
        if made is not None:
            self._take(made)

    def _amiss(self, problem: Any) -> None:
        self._busy = False
        self.failed(problem)

    def _take(self, made: HandoverSheet) -> None:
        self._made = made
        if self.is_mounted:
            self.head(rows.head(made, self._app.local))
            self.list.say("Nothing to hand over.")
            self.list.show(rows.listed(made))
            self._told()

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        self._told()

    def _told(self) -> None:
        """The item under the cursor in full, below the list; what was said there stays until another is told."""
        item = self._under()
        if item is None:
            return
        last = f"  {item.said[-1].verdict}: {item.said[-1].words}" if item.said else ""
        why = f"RED: {item.red}. " if item.red else ""
        text = f"{why}{item.text}{last}"
        if text != self._under_told:
            self._under_told = text
            self.say(text, "bad" if item.red and not item.dealt_with else "text")

    def _under(self) -> Item | None:
        known = self._made.items if self._made is not None else ()
        return next((one for one in known if one.key == self.list.cursor_key), None)

    def _item(self) -> Item:
        item = self._under()
        if item is None:
            raise BadInput("No item is selected.", "Choose one with j and k.")
        return item

    # -- walking -------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """The item is taken, and on to the next; who hands over reads it in full."""
        item = self._under()
        if item is None:
            return
        if self._made is None or not self._made.walking:
            self.action_handover_whole()
            return
        if item.verdict is Verdict.QUESTION:
            self.say("The question is open. a answers it, o gives it to somebody with a time.", "bad")
            return
        desk, seen = self._app.desk, item.digest

        def take() -> tuple[Any, HandoverSheet]:
            made: HandoverSheet = line.act(desk, "handover_walk.say", item.key, "taken", seen=seen)
            return line.version(desk), made

        self._app.read(take, self._on, self._not_taken)

    def _not_taken(self, problem: Any) -> None:
        """It may have changed since: show it as it is now, and say why it was not taken."""
        desk = self._app.desk

        def shown(made: HandoverSheet) -> None:
            self._take(made)
            self.failed(problem)

        self._app.read(lambda: line.act(desk, "handover_sheet.sheet"), shown, self.failed)

    def _on(self, found: tuple[Any, HandoverSheet]) -> None:
        """On to the next item that is not dealt with, behind the cursor first; its own act is no news."""
        before = self.list.cursor_key
        self._seen, made = found
        self._take(made)
        keys = [item.key for item in made.items]
        at = keys.index(before) + 1 if before in keys else 0
        left = [item.key for item in (*made.items[at:], *made.items[:at]) if not item.dealt_with]
        if left:
            self.list.select(left[0])
        self._told()

    def action_handover_question(self) -> None:
        """Ask about the item."""
        self._say_of("question")

    def action_handover_refuse(self) -> None:
        """Do not accept the item."""
        self._say_of("not accepted")

    def _say_of(self, verdict: str) -> None:
        item = self._item()
        if self._made is None or not self._made.walking:
            raise BadInput("Nothing is offered that you could walk.", "Its holder offers it with S.")
        state = self._made.state
        self._fill(forms.said(self._app.desk, item, verdict, f"{state.name} {state.partner}"), self._take)

    def action_handover_answer(self) -> None:
        """Answer the question on the item."""
        self._fill(forms.answered(self._app.desk, self._item()), self._take)

    def action_handover_own(self) -> None:
        """Give the question to somebody, with a time."""
        self._fill(forms.owned(self._app.desk, self._item()), self._take)

    def action_handover_line(self) -> None:
        """Add a line to the watch log."""
        from maoc_tui.ui.watch_forms import written

        self._fill(written(self._app.desk), lambda _: self.show_rows())

    # -- signing -------------------------------------------------------------------------------

    def action_handover_sign(self) -> None:
        """Offer the watch, or take it over."""
        made = self._made
        if made is None:
            return
        if made.state.mine and made.state.offer is not None:
            raise BadInput("It is offered already.", "Another officer walks it and signs; B takes it back.")
        if not made.state.mine and made.state.offer is None:
            raise BadInput("No handover is offered.", "Its holder offers it with S.")
        self._fill(forms.signed(self._app.desk, made), self._after)

    def _after(self, signed: SignedSheet) -> None:
        self._signed, self._unkept = signed, True
        self._app.look_now()
        if signed.state.mine and signed.state.offer is None:
            self._over = signed.state
            self.say(
                f"{signed.ref}: you hold the watch. y keeps the sheet as you signed it; Esc closes.", "good"
            )
            return
        told = f"{signed.ref} is offered; y keeps the sheet as you signed it. Another officer walks it and signs."
        self.say(told, "good")
        self.show_rows()

    def action_close(self) -> None:
        """Close it; a signed sheet that was not kept stands nowhere else, and that is said once."""
        if self._unkept:
            self._unkept = False
            self.say(
                "The sheet as you signed it is kept nowhere. y keeps it; Esc again closes without.", "warn"
            )
            return
        self.dismiss(self._over)

    def action_handover_back(self) -> None:
        """Take the offer back."""
        self._fill(forms.taken_back(self._app.desk), lambda _: self.show_rows())

    def _fill(self, form: Any, done: Any) -> None:
        def closed(made: Any) -> None:
            if made is not None:
                done(made)

        self._app.push_screen(form, closed)

    # -- reading -------------------------------------------------------------------------------

    def action_handover_whole(self) -> None:
        """The item in full."""
        item = self._item()
        self._app.push_screen(Sheet(item.ref or item.section, rows.in_full(item)))

    def action_handover_copy(self) -> None:
        """Copy the sheet: as it was signed here, or as it stands."""
        from maoc_tui.ui.handover_keeping import keep

        def kept() -> None:
            self._unkept = False

        keep(self._app, self._signed, kept)
