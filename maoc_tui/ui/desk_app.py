"""The state every screen shares: the moment, the chosen contact, the clock.

State flows down: a new Moment or choice is handed to the screen in front. Messages come up.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.reactive import var

from maoc_tui.domain.clock import Clock
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import Problem
from maoc_tui.settings import Settings
from maoc_tui.ui.asking import Answered, Asking
from maoc_tui.ui.clock_bell import Bells
from maoc_tui.ui.drafts import Drafts
from maoc_tui.ui.event_rows import newest_id
from maoc_tui.ui.feeding import Feeding
from maoc_tui.ui.live import LiveDesk, Moment, Subject, View
from maoc_tui.ui.status import Status, signed_in
from maoc_tui.ui.stylesheet import ParsedOnce

LOOK_EVERY_S = 1.0
RETRY_EVERY_S = 5.0
SUBJECT_AFTER_S = 0.12
TRACK_MS = 30 * 86_400_000


class DeskApp(Asking):
    """What the screens know of the program."""

    moment: var[Moment | None] = var[Moment | None](None, init=False)
    chosen: var[int] = var(0, init=False)
    """Contact key selected on any screen; 0 for none."""
    target_shown = ""
    """Reference of the target put on the chart, until another contact is selected; "" for none."""
    subject: var[Subject | None] = var[Subject | None](None, init=False)
    local: var[bool] = var(False, init=False)
    """Times are shown in this terminal's zone instead of UTC."""

    def __init__(self, desk: LiveDesk, clock: Clock, settings: Settings, banner: str = "") -> None:
        self._colours: dict[str, dict[str, str]] = {}
        """The variables of the themes shown so far."""
        super().__init__()
        self.stylesheet = ParsedOnce(self.get_css_variables())
        self.desk = desk
        self.clock = clock
        self.settings = settings
        self.banner = banner
        self.view = View()
        """Which contacts the list and the charts show, and in what order."""
        self.seen_event = -1
        """Id of the newest zone event the officer has looked at."""
        self._looking = False
        self._look_again = False
        self._renewing = False
        """Another zone dataset is being opened."""
        self.fault: Problem | None = None
        """Why the picture stands still; None while it does not."""
        self.last_key = ""
        """The key struck last, as Textual names it."""
        self._subject_timer: Any = None
        self._doing = "opening the record"
        self.desk.said = lambda text: self.post_message(Answered(self._take_doing, text)) and None
        self.feeds = Feeding(self)
        self.drafts = Drafts(self)
        self._bells = Bells()

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme in force, worked out once for each theme."""
        known = self._colours.get(self.theme)
        if known is None:
            known = self._colours[self.theme] = super().get_css_variables()
        self.theme_variables = known
        return known

    # -- the picture ---------------------------------------------------------------------------

    def another_viewing(self) -> None:
        """Somebody else's view is shown from now on: nothing the one before saw, or had asked for, stays."""
        self.drop_answers()
        self.drafts.forget()
        self.moment, self.chosen, self.subject, self.seen_event, self.target_shown = None, 0, None, -1, ""

    def look_now(self) -> None:
        """Bring the picture up to date; one look at a time, the newest wish is never lost."""
        if self._looking:
            self._look_again = True
            return
        self._looking, self._look_again = True, False
        view, before, viewer = self.view, self.moment, self.desk.viewer

        def look() -> Moment:
            moment = self.desk.look(view, before)
            self.drafts.look()
            return moment

        self.read(
            look,
            lambda moment: self._looked(moment, viewer),
            self._look_failed,
            for_anybody=True,
        )

    def _take_doing(self, text: str) -> None:
        self._doing = text
        self.tick()

    def _looked(self, moment: Moment, viewer: Viewer) -> None:
        self._looking, self.fault = False, None
        if viewer != self.desk.viewer:  # what another one saw is not shown
            self.look_now()
            return
        self.drafts.take_in()
        if self.seen_event < 0:
            self.seen_event = newest_id(moment.events)
        if self.desk.zones_outdated and not self._renewing:
            self._renewing = True
            self.read(self.desk.renew_zones, self._zones_renewed, self._zones_kept, for_anybody=True)
        if moment is not self.moment:
            before, self.moment = self.moment, moment
            if before is not None and before.picture.zone_stamp != moment.picture.zone_stamp:
                self.read_subject_again()
            if before is not None and before.picture.zone_dataset != moment.picture.zone_dataset:
                self.say(f"Zones in force from now on: {moment.picture.zone_dataset}.")
            self.tick()
        if self._look_again:
            self.look_now()

    def _zones_renewed(self, _: None) -> None:
        self._renewing = False
        self.look_now()

    def _zones_kept(self, problem: Problem) -> None:
        """The dataset chosen cannot be opened: the one before stays in force, and that is said."""
        self._renewing = False
        self.show_problem(problem)

    def _look_failed(self, problem: Problem) -> None:
        self.set_timer(RETRY_EVERY_S, self._retry)
        known, self.fault = self.fault, problem
        if self.moment is None:
            self._doing = "no record is open"
            self._front("show_fault", problem)
        if known is None or known.message.partition(".")[0] != problem.message.partition(".")[0]:
            self.show_problem(problem)
        self.tick()

    def _retry(self) -> None:
        self._looking = False
        self.look_now()

    # -- what flows down -----------------------------------------------------------------------

    def watch_moment(self, moment: Moment | None) -> None:
        """Hand the new moment to the screen in front; read the chosen contact again when it moved."""
        self._front("show_moment", moment)
        subject = self.subject
        if moment is not None and subject is not None:
            row = moment.picture.row(subject.key)
            if (
                row >= 0
                and len(subject.track)
                and int(moment.picture.time[row]) > int(subject.track.time[-1])
            ):
                self._read_subject()

    def watch_chosen(self, key: int) -> None:
        """Show the choice at once, read its history when the cursor rests; no other target is shown any more."""
        self.target_shown = ""
        self._front("show_chosen", key)
        if self._subject_timer is not None:
            self._subject_timer.stop()
        self._subject_timer = self.set_timer(SUBJECT_AFTER_S, self._read_subject) if key else None

    def read_subject_again(self) -> None:
        """What is said of the chosen contact may have changed though it was not heard."""
        if self.chosen:
            self._read_subject()

    def _read_subject(self) -> None:
        self._front("show_rested", self.chosen)
        key, moment, now = self.chosen, self.moment, self.clock.now_ms()
        if key and moment is not None:
            shown = moment.picture
            self.read(lambda: self.desk.subject(shown, key, now - TRACK_MS, now), self._take_subject)

    def _take_subject(self, subject: Subject) -> None:
        if subject.key == self.chosen:
            self.subject = subject

    def watch_subject(self, subject: Subject | None) -> None:
        """Hand the chosen contact's history to the screen in front."""
        self._front("show_subject", subject)

    def watch_local(self) -> None:
        """Write every time anew."""
        self._front("show_moment", self.moment)
        self.tick()

    def tick(self) -> None:
        """The clock moved on by a second."""
        self._front("show_status", self.status())
        self._hear_bells()

    def _hear_bells(self) -> None:
        """Ring once and say which clock has passed half of its time or its end, which interception slips, what came.

        What was just said to be done, such as a line that is in the log, stays before it.
        """
        if self.moment is None:
            return
        if said := self._bells.hear(self.moment, self.clock.now_ms()):
            bar = getattr(self.screen, "key_bar", None)
            done = bar.confirmed if bar is not None else ""
            self.say("  ".join(filter(None, (done, *said[:2]))), bad=True)
            if self.settings.bell:
                self.bell()

    def status(self) -> Status:
        """What the top bar says now."""
        moment = self.moment
        now_ms = self.clock.now_ms()
        waiting = [one for one in (moment.alerts or () if moment else ()) if one.loud(now_ms)]
        unseen = [e for e in moment.events if e.id > self.seen_event] if moment else []
        return Status(
            now_ms=now_ms,
            local=self.local,
            banner=self.banner,
            rate=self.clock.rate,
            moment=moment,
            unseen=len(unseen),
            unseen_targets=sum(1 for e in unseen if e.target),
            alerts=len(waiting),
            critical=sum(1 for one in waiting if one.critical),
            fault="picture stands still" if self.fault else "",
            reason=f"{self.fault.message} {self.fault.way_out}".strip() if self.fault else "",
            doing=self._doing,
            who=signed_in(self.desk.viewer) if moment is not None else "",
        )

    def see_events(self) -> None:
        """The officer has looked at the events: none of them is new any more."""
        if self.moment:
            self.seen_event = newest_id(self.moment.events)
            self.tick()

    async def on_event(self, event: events.Event) -> None:
        """Look at every key before it does anything."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.key_struck(event.key)
        await super().on_event(event)

    def key_struck(self, key: str) -> None:
        """A key was struck: what the bottom bar said has been read."""
        self.last_key = key
        self._front("unsay", None)

    def on_key(self, event: events.Key) -> None:
        """While a line to type on is open, letters that missed it go into it and nowhere else."""
        line = getattr(self.screen, "open_line", None)
        if line is not None and line.take_key(event.key, event.character):
            event.prevent_default()
