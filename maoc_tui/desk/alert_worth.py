"""What alerts are worth: precision per rule over a period, and how many a watch has had beside how many it bears."""

from __future__ import annotations

from maoc_tui.desk.alert_reading import listing
from maoc_tui.desk.alert_snapshots import AlertRow, Budget, Worth
from maoc_tui.desk.alert_words import rule_title
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import time_span
from maoc_tui.domain.alert_stages import precision as reckoned
from maoc_tui.domain.inbox_rules import shipped
from maoc_tui.domain.viewer import Viewer


def precision(room: Room, viewer: Viewer, since: str = "", until: str = "") -> Worth:
    """How often each rule was worth the time, of the alerts first raised in a period: the last 30 days if none is said.

    Withdrawn alerts are left out: late data took them back. Reckoned from what the viewer sees. Raises BadInput.
    """
    begins, ends = time_span(room, since, until)
    every = listing(room, viewer, every=True)
    rules = shipped()
    judged = [
        (row.rule, row.useful) for row in every if begins <= row.entered_ms <= ends and not row.withdrawn
    ]
    found = reckoned(judged, below=rules.retire_below, least=rules.retire_least)
    titles = {one.rule: rule_title(one.rule) for one in found}
    return Worth(begins, ends, found, titles, _budget(every, room.clock.now_ms()))


def _budget(every: tuple[AlertRow, ...], now_ms: int) -> Budget:
    rules = shipped()
    since = now_ms - rules.watch_ms
    raised = [row for row in every if row.raised_ms >= since and not row.withdrawn]
    return Budget(since, len(raised), sum(row.quiet is not None for row in raised), rules.budget)
