"""A log line from any screen: into the operation on the screen, of its target, or the one asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.log_typing import LINE, PURPOSE, WATCH_LOG, LogTyping

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import OperationRow


class LogLines(LogTyping):
    """The part of the program that knows which operation a log line goes into."""

    def action_log_line(self, text: str = "") -> None:
        """Open the line to type on, for the operation on the screen; where none is, ask which."""
        screen = self.screen
        if hasattr(screen, "write_log"):
            screen.write_log(text)
            return
        if not hasattr(screen, "hold_line"):
            raise BadInput("A window is open.", "Close it with Esc, then press l.")
        if self.seeing_as:
            raise BadInput(f"Nothing is written while you see as {self.seeing_as}.", "Esc leaves the view.")
        if screen.open_line is not None:
            return
        if getattr(screen, "is_watch_log", False):
            screen.hold_line(PURPOSE)
            self.type_line(screen, *WATCH_LOG, text)
            return
        here = screen.marked_row() if hasattr(screen, "marked_row") else None
        target = self._target_here(screen)
        screen.hold_line(PURPOSE)
        self.read(
            self._operations,
            lambda rows: self._choose(screen, rows, here, target, text),
            lambda problem: self._not_opened(screen, problem),
        )

    def _operations(self) -> tuple[OperationRow, ...]:
        """The operations that are not closed; what a line's words mean is read too, before the first is typed."""
        from maoc_tui.domain.operation_rules import shipped

        shipped()
        rows: tuple[OperationRow, ...] = line.act(self.desk, "operations.operations")
        return rows

    @staticmethod
    def _target_here(screen: Any) -> str:
        """The target selected on a screen of targets; "" elsewhere."""
        sheet = screen.selected() if hasattr(screen, "selected") else None
        target = getattr(sheet, "target", None)
        return str(sheet.row.ref) if sheet is not None and target is not None else ""

    def _choose(self, screen: Any, rows: tuple[OperationRow, ...], here: Any, target: str, text: str) -> None:
        if here is not None:
            self.type_line(screen, here.ref, here.name, text)
            return
        about = [row for row in rows if target and target in row.targets]
        left = self.drafts.offered(LINE)
        shown = [row for row in rows if row.ref == (left.about if left else self.operation_shown[0])]
        fits = (about if target else shown) or rows
        if len(fits) == 1 and (not target or about):
            self.type_line(screen, fits[0].ref, fits[0].name, text)
        elif not rows:
            self.type_line(screen, *WATCH_LOG, text)
        else:
            self._ask_which(screen, tuple(fits), text)

    def _ask_which(self, screen: Any, rows: tuple[OperationRow, ...], text: str) -> None:
        from maoc_tui.ui.operation_windows import OperationWindow

        typed = text or screen.held_text()
        screen.let_line_go()

        def chosen(ref: str | None) -> None:
            names = {row.ref: row.name for row in rows} | dict([WATCH_LOG])
            if ref in names:
                screen.hold_line(PURPOSE)
                self.type_line(screen, str(ref), names[str(ref)], typed)

        self.push_screen(OperationWindow(rows), chosen)

    def _not_opened(self, screen: Any, problem: Problem) -> None:
        screen.let_line_go()
        self.say_problem(problem)
