"""The alert inbox: what waits for somebody, one line per cause; the gap board is the same list by stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from maoc_tui.commands import ALERTS
from maoc_tui.problems import BadInput
from maoc_tui.ui import alert_rows as rows
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.board import Board
from maoc_tui.ui.columns import Rows
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.live import LiveDesk, Moment

if TYPE_CHECKING:
    from maoc_tui.desk.alert_snapshots import AlertRow

WAITING, EVERY, BY_STAGE = "waiting", "every", "stage"


class AlertsScreen(Board):
    """Alerts: those that wait, all of them, or all by stage."""

    BINDINGS = bindings(ALERTS)
    PLACES = (ALERTS,)

    def __init__(self) -> None:
        super().__init__(rows.COLUMNS, id="alerts-list", waits=True)
        self.shows = WAITING
        self._told: object = None
        """What waited when the list was read last, as the top bar knows it."""

    # -- what is shown -------------------------------------------------------------------------

    def wish(self) -> str:
        """Which alerts are asked for."""
        return self.shows

    def version(self, desk: LiveDesk) -> Any:
        """Differs when something became of an alert, and every minute: links and silences change too."""
        from maoc_tui.desk import alerts

        room = desk.open()
        return alerts.stamp(room), room.clock.now_ms() // 60_000

    def ask(self, desk: LiveDesk, wish: str) -> tuple[AlertRow, ...]:
        """The alerts the viewer may see."""
        found: tuple[AlertRow, ...] = (
            line.act(desk, "alerts.board")
            if wish == BY_STAGE
            else line.act(desk, "alerts.listing", every=wish == EVERY)
        )
        return found

    def listed(self, now_ms: int) -> Rows:
        """The list."""
        return rows.listed(self.known, now_ms, self.app.local, by_stage=self.shows == BY_STAGE)

    def nothing(self) -> str:
        """Nothing waits, or nothing was ever raised."""
        if self.shows == WAITING:
            return "no alert waits for anybody: F shows all, b the gap board"
        return "no alert was ever raised"

    def _widened(self) -> bool:
        """Whether the list is read once more, with all alerts, for the one another screen leads to."""
        if not self._sought or self.shows == EVERY:
            return False
        self.shows = EVERY
        self.call_later(self.read_again, True)
        return True

    def show_moment(self, moment: Moment | None) -> None:
        """Something waits, or does no more: the list follows within the second."""
        told = moment.alerts if moment is not None else None
        if told != self._told:
            self._told = told
            self.read_again(force=True)

    # -- the alert under the cursor ------------------------------------------------------------

    def _selected(self) -> AlertRow:
        found: AlertRow | None = self.row()
        if found is None:
            raise BadInput("No alert is selected.", "Move to one with j and k; F shows all of them.")
        return found

    def open_row(self) -> None:
        """Everything on the alert selected, in a window."""
        from maoc_tui.ui.alert_sheet import sheet

        if rows.is_head(self.list.cursor_key):
            return
        ref = self._selected().ref
        self._window(f"{ref}", lambda desk: line.act(desk, "alerts.one", ref), sheet)

    def _window(self, title: str, ask: Callable[[LiveDesk], Any], lines: Callable[..., list[Any]]) -> None:
        from maoc_tui.ui.liaison_sheets import LongSheet

        desk = self.app.desk

        def show(found: Any) -> None:
            told = lines(found, self.app.clock.now_ms(), self.app.local)
            self.app.push_screen(LongSheet(title, told))

        self.app.read(lambda: ask(desk), show, self.app.say_problem)

    def _form(self, name: str, told: Callable[[Any], str]) -> None:
        from maoc_tui.ui import alert_forms

        self.open_form(getattr(alert_forms, name)(self.app.desk, self._selected()), told)

    def _act(self, name: str, told: str, *args: Any, **given: Any) -> None:
        ref, desk = self._selected().ref, self.app.desk

        def done(_: Any) -> None:
            self.app.say(f"{ref}: {told}")
            self.show_saved(None)

        self.app.read(lambda: line.act(desk, name, ref, *args, **given), done, self.app.say_problem)

    # -- commands ------------------------------------------------------------------------------

    def action_alert_ack(self) -> None:
        """Acknowledge the alert selected, for every terminal."""
        self._act("alerts.acknowledge", "acknowledged for every terminal, with your name.")

    def action_alert_watch(self) -> None:
        """Put the alert selected on watch."""
        self._act("alerts.stage", "on watch.", "watching")

    def action_alert_silence(self) -> None:
        """Keep the alert selected quiet for a time, with the reason; end the silence it has."""
        row = self._selected()
        if row.quiet is not None:
            self._act(
                "alerts.end_silence", "silence ended; what was heard stays so, what comes anew is heard."
            )
        else:
            self._form("silence", lambda made: f"{made.ref}: silenced; Q lists what is.")

    def action_alert_stage(self) -> None:
        """Move the alert selected on."""
        self._form("stage", lambda made: f"{made.ref}: {made.stage}.")

    def action_alert_escalate(self) -> None:
        """Ask everybody to act now."""
        self._form("escalate", lambda made: f"{made.ref}: escalated; it rings on every terminal.")

    def action_alert_note(self) -> None:
        """Write a note about the alert selected."""
        self._form("note", lambda made: f"{made.ref}: note saved.")

    def action_alert_judge(self) -> None:
        """Say whether the alert selected was worth the time."""
        self._form("judge", lambda made: f"{made.ref}: {'' if made.useful else 'not '}worth the time.")

    def action_alert_target(self) -> None:
        """Make the contact of the alert selected a target."""
        self._form("target", lambda made: f"{made.ref} saved: the alert is its source.")

    def action_alert_sighting(self) -> None:
        """Record where the alert selected saw its contact as a sighting of a target."""
        self._form("sighting", lambda made: f"{made.ref}: sighting saved.")

    def action_alert_line(self) -> None:
        """Write the alert selected into the log of an operation."""
        self._form("log_line", lambda made: f"{made.ref} is in the log.")

    def action_alert_why(self) -> None:
        """The rule, its figures and the explanations."""
        self.open_row()

    def action_alert_fan(self) -> None:
        """How far the target of the alert selected can have gone, on the chart."""
        row = self._selected()
        if not row.targets:
            raise BadInput(f"{row.ref} is about no target.", "n makes its contact one; m shows where it was.")
        self.app.action_fan(row.targets[0])

    def action_alert_on_chart(self) -> None:
        """Centre the chart on where it was."""
        row = self._selected()
        if row.lat != row.lat:
            raise BadInput(f"{row.ref} was heard without a position.", "Enter shows what is known of it.")
        linked = [one for one in row.contacts if one.target] or list(row.contacts)
        self.app.chosen = linked[0].key
        if len(row.contacts) > 1:
            self.app.say(f"{linked[0].text} is selected; {row.ref} is about {row.subject}.")
        self.app.show_on_chart(row.lat, row.lon)

    def action_alert_every(self) -> None:
        """All alerts, or only those that wait."""
        self._show(WAITING if self.shows == EVERY else EVERY)

    def action_alert_board(self) -> None:
        """All alerts by stage, or the inbox."""
        self._show(WAITING if self.shows == BY_STAGE else BY_STAGE)

    def _show(self, what: str) -> None:
        self.shows = what
        told = {WAITING: "Alerts that wait.", EVERY: "All alerts.", BY_STAGE: "All alerts by stage."}
        self.app.say(told[what])
        self.read_again(force=True)

    def action_alert_silences(self) -> None:
        """What is kept quiet, until when, by whom."""
        from maoc_tui.ui.alert_sheet import silence_lines

        self._window("Silences", lambda desk: line.act(desk, "alerts.silences"), silence_lines)

    def action_alert_precision(self) -> None:
        """What each rule was worth, and the budget of the watch."""
        from maoc_tui.ui.alert_sheet import worth_lines

        self._window(
            "What the rules were worth", lambda desk: line.act(desk, "alerts.precision"), worth_lines
        )
