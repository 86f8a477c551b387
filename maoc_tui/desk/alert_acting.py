"""What officers do to an alert. Each is one commit and counts for every terminal; nothing is deleted.

Whatever somebody does to an alert also says that it was heard. The reason somebody writes is a statement with a
marking of its own; that something was done, by whom and when is seen by whoever sees the alert.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.alert_reading import row_of
from maoc_tui.desk.alert_snapshots import AlertRow
from maoc_tui.desk.alert_words import said_time, signed
from maoc_tui.desk.clash import Stands, settle
from maoc_tui.desk.gate import changing
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import marked, words
from maoc_tui.domain.alert_stages import CLOSED, Standing, check_stage, standing, verdict_of
from maoc_tui.domain.inbox_rules import shipped
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import alert_acts as acts
from maoc_tui.store import alerts as store
from maoc_tui.store.alert_acts import By
from maoc_tui.store.alerts import Alert

_REASON = 400


@dataclass(frozen=True, slots=True)
class Doing:
    """An act on an alert, inside its transaction."""

    conn: Connection
    seen: Connection
    """The record as the viewer sees it: what an act depends on is asked here, never of ``conn``."""
    viewer: Viewer
    alert: Alert
    stands: Standing
    by: By

    def note(self, what: str) -> None:
        """Write it into the journal, without the words of any statement."""
        journal.note(self.conn, self.viewer, self.by.at_ms, "alter", "alert", self.alert.ref, detail=what)

    def say(self, text: str, marking: Marking, act: UUID | None) -> None:
        """Record words as a statement."""
        acts.say(self.conn, self.alert, self.by, text, marking, act)
        owner = journal.origin(marking)
        journal.note(
            self.conn, self.viewer, self.by.at_ms, "collect", "alert_word", self.alert.ref, owner=owner
        )

    def hear(self) -> None:
        """Say that it was heard, unless somebody did already."""
        if self.stands.heard is None:
            acts.add(self.conn, self.alert, "ack", self.by)


@contextmanager
def doing(room: Room, viewer: Viewer, ref: str) -> Iterator[Doing]:
    """The transaction of an act on an alert the viewer sees. Raises BadInput, NotPermitted."""
    require(viewer, Act.ALERT)
    with changing(room, viewer) as (conn, seen):
        alert = store.find(seen, ref)
        stands = standing(acts.done(seen, alert.id).get(alert.id, []), alert.revision)
        by = By(viewer.name, viewer.officer, viewer.partner, room.clock.now_ms())
        yield Doing(conn, seen, viewer, alert, stands, by)


def acknowledge(room: Room, viewer: Viewer, ref: str) -> AlertRow:
    """Say for every terminal that an alert was heard; raises BadInput, with the name, where somebody was faster."""
    with doing(room, viewer, ref) as act:
        if act.stands.heard is not None:
            raise BadInput(f"{act.alert.ref}: {signed(act.stands.heard)} heard it.", "Nothing is to be done.")
        acts.add(act.conn, act.alert, "ack", act.by)
        act.note("acknowledged")
    return row_of(room, viewer, act.alert.ref)


def silence(
    room: Room,
    viewer: Viewer,
    ref: str,
    length: str,
    reason: str,
    *,
    wide: bool = False,
    marking: Marking | None = None,
) -> AlertRow:
    """Keep an alert quiet for a time (``1h`` to ``1y``), with ``wide`` its rule on its contact. Raises BadInput.

    It is heard all the same once it gets graver than it is now.
    """
    lasts, why = shipped().length(length), words(reason, "reason", _REASON)
    mark = marked(viewer, marking)
    with doing(room, viewer, ref) as act:
        until = act.by.at_ms + lasts.ms
        act.say(why, mark, acts.silence(act.conn, act.alert, act.by, until, wide))
        act.hear()
        act.note(f"silenced until {said_time(until)}{', the rule on its contact' * wide}")
    return row_of(room, viewer, act.alert.ref)


def end_silence(room: Room, viewer: Viewer, ref: str) -> AlertRow:
    """End every silence that keeps an alert quiet, before its time. Raises BadInput where none does."""
    with doing(room, viewer, ref) as act:
        found, now = act.alert.finding, act.by.at_ms
        lasting = [
            quiet
            for quiet in acts.silences(act.seen)
            if quiet.live(now)
            and quiet.covers(str(act.alert.id), found.rule, found.keys[0], found.asset, found.level)
        ]
        if not lasting:
            raise BadInput(f"{act.alert.ref} is not silenced.", "Nothing is to be done.")
        for quiet in lasting:
            acts.end_silence(act.conn, quiet.id, act.by)
        act.note("silence ended")
    return row_of(room, viewer, act.alert.ref)


def stage(
    room: Room,
    viewer: Viewer,
    ref: str,
    to: str,
    *,
    useful: bool | None = None,
    reason: str = "",
    marking: Marking | None = None,
) -> AlertRow:
    """Move an alert to a stage of the gap board: explained, watching, searching, found, closed. Raises BadInput.

    Closing asks whether it was ``useful``, unless that was said before.
    """
    why, mark = words(reason, "reason", _REASON, empty=True), marked(viewer, marking)
    with doing(room, viewer, ref) as act:
        reached = check_stage(to, act.stands.stage)
        by = act.stands.stage_by
        now = Stands(act.stands.stage, by.by, by.at_ms, "stage") if by else Stands(act.stands.stage)
        settle(act.alert.ref, {"to": now}, {"to": reached})
        worth = verdict_of(reached) if useful is None else useful
        if reached == CLOSED and worth is None and act.stands.useful is None and not _became(act):
            raise BadInput("Was it worth the time?", "Say useful or not useful when you close it.")
        made = acts.add(act.conn, act.alert, "stage", act.by, stage=reached, useful=worth)
        if why:
            act.say(why, mark, made)
        act.note(f"stage {reached}")
    return row_of(room, viewer, act.alert.ref)


def escalate(
    room: Room, viewer: Viewer, ref: str, reason: str, *, marking: Marking | None = None
) -> AlertRow:
    """Ask everybody to act now: it rings once on every terminal, until somebody acknowledges it again."""
    why, mark = words(reason, "reason", _REASON), marked(viewer, marking)
    with doing(room, viewer, ref) as act:
        act.say(why, mark, acts.add(act.conn, act.alert, "escalate", act.by, useful=True))
        act.note("escalated")
    return row_of(room, viewer, act.alert.ref)


def judge(room: Room, viewer: Viewer, ref: str, useful: bool) -> AlertRow:
    """Say whether an alert was worth the time: what the precision of its rule is reckoned from."""
    with doing(room, viewer, ref) as act:
        acts.add(act.conn, act.alert, "judge", act.by, useful=useful)
        act.note("judged useful" if useful else "judged not useful")
    return row_of(room, viewer, act.alert.ref)


def note(room: Room, viewer: Viewer, ref: str, text: str, *, marking: Marking | None = None) -> AlertRow:
    """Write a note about an alert: a statement, seen by whom its marking names."""
    said, mark = words(text, "text", 2000), marked(viewer, marking)
    with doing(room, viewer, ref) as act:
        act.say(said, mark, None)
    return row_of(room, viewer, act.alert.ref)


def _became(act: Doing) -> bool:
    return bool(acts.became(act.seen).get(act.alert.id))
