"""Releases, requests and what is still to be done, in one window; Enter does what the row waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.commands import DIALOG, RELEASE_SHEET
from maoc_tui.domain.releases import Stage
from maoc_tui.domain.text import printable
from maoc_tui.ui import release_desk as line
from maoc_tui.ui import release_forms as forms
from maoc_tui.ui import release_rows as rows
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.list_window import ListWindow

if TYPE_CHECKING:
    from maoc_tui.ui.desk_app import DeskApp


class ReleaseList(ListWindow):
    """The release log: tasks first, then requests, then releases, the newest first."""

    def __init__(self, app: DeskApp, key: str = "") -> None:
        """``key`` of the row the cursor begins on; "" for the first."""
        foot = "Enter opens: do, answer, approve, recall · Esc close"
        super().__init__("Releases", rows.LOG, foot, empty="nothing was asked or released yet")
        self._app, self._wanted = app, key
        self._found: Any = ((), (), ())

    def show_rows(self) -> None:
        """Read it anew."""
        desk = self._app.desk
        self._app.read(lambda: line.everything(desk), self._take, self.failed)

    def _take(self, found: Any) -> None:
        self._found = found
        if self.is_mounted:
            self.list.show(rows.log_rows(found, self._app.clock.now_ms(), self._app.local))
            if self._wanted and not self.list.select(self._wanted):
                self.say("What you came for is done, or hidden from you by now.", "warn")
            self._wanted = ""

    def action_accept(self) -> None:
        """Do what the row waits for."""
        key, desk = str(self.list.cursor_key or ""), self._app.desk
        tasks, requests, _ = self._found
        task = next((one for one in tasks if f"task {one.id}" == key), None)
        request = next((one for one in requests if one.ref == key), None)
        if task is not None:
            self._fill(forms.done(desk, task.id, task.text), "Recorded.")
        elif request is not None:
            self._answer(request)
        elif key:
            self._app.read(lambda: line.one(desk, key), self._open, self.failed)

    def _answer(self, request: Any) -> None:
        state = request.state(self._app.clock.now_ms())
        last = request.last
        said = f"{state}: {last.reason or last.condition}" if last is not None else state
        banner = [
            ((f"{request.originator}: may {request.partner} read {len(request.lines)} lines? ", "strong"),
             (printable(said, 200), "text")),
            (("asked     ", "dim"), (f"{printable(request.asked.name, 60)}: {printable(request.reason, 300)}", "text")),
            *((("wording   ", "dim"), (printable(text, 400), "text")) for _, _, text in request.lines if text),
        ]  # fmt: skip
        if request.originator == self._app.desk.viewer.partner:
            self._fill(forms.answer(self._app.desk, request.ref, banner), "Answered.")
        else:
            self.app.push_screen(Sheet(request.ref, banner))

    def _open(self, found: Any) -> None:
        made, held = found
        self.app.push_screen(ReleaseSheet(self._app, made, held), lambda _: self.show_rows())

    def _fill(self, form: Any, told: str) -> None:
        def done(made: Any) -> None:
            if made is not None:
                self.say(told, "good")
                self.show_rows()

        self.app.push_screen(form, done)


class ReleaseSheet(Sheet):
    """One release: who, what, why, who holds it; a approves, x refuses, r recalls."""

    BINDINGS = bindings(DIALOG, RELEASE_SHEET)

    def __init__(self, app: DeskApp, made: Any, held: Any) -> None:
        self._app, self._made = app, made
        lines = rows.sheet(made, held, app.clock.now_ms(), app.local)
        can = {Stage.PROPOSED: "a approve · x refuse · ", Stage.RELEASED: "r recall · "}
        foot = f"{can.get(made.stage(app.clock.now_ms()), '')}Esc closes · j k scroll"
        super().__init__(made.ref, lines, foot)

    def action_release_approve(self) -> None:
        """Approve it as the second person."""
        made = self._made
        banner = [
            ((f"{made.ref} lets {made.partner} read {len(made.lines)} lines. ", "strong"),
             (f"Proposed by {printable(made.proposed.name, 60)}.", "text")),
            (("need      ", "dim"), (printable(made.need, 400), "text")),
        ]  # fmt: skip
        self._fill(forms.approve(self._app.desk, made.ref, banner))

    def action_release_refuse(self) -> None:
        """Refuse it, or take one's own proposal back."""
        self._fill(forms.refuse(self._app.desk, self._made.ref))

    def action_release_recall(self) -> None:
        """Take it back; every holder is named."""
        self._fill(forms.recall(self._app.desk, self._made.ref), self._recalled)

    def _fill(self, form: Any, then: Any = None) -> None:
        def done(made: Any) -> None:
            if made is None:
                return
            self._app.look_now()
            self.dismiss(True)
            if then is not None:
                then(made)

        self.app.push_screen(form, done)

    def _recalled(self, gone: Any) -> None:
        lines: list[Any] = [((f"Hidden from {gone.partner} from now on. Tell them:", "warn"),)]
        for one in gone.holders:
            lines.append(((f"{one.partner} {printable(one.line, 60)}: {one.how}", "strong"),))
            lines += [((printable(one.draft, 800), "text"),)] if one.draft else []
        self._app.push_screen(Sheet(f"{gone.ref}: who holds it", lines))


def open_list(app: DeskApp, key: str = "") -> None:
    """Open the release log, the cursor on a row of it."""
    app.push_screen(ReleaseList(app, key))
