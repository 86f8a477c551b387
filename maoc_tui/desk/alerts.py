"""The alert desk: one line per cause, heard once for all terminals, worked until closed, and what it was worth."""

from __future__ import annotations

from maoc_tui.desk.alert_acting import acknowledge, end_silence, escalate, judge, note, silence, stage
from maoc_tui.desk.alert_becoming import become_line, become_sighting, become_target
from maoc_tui.desk.alert_pending import pending, stamp
from maoc_tui.desk.alert_reading import board, listing, one, silences
from maoc_tui.desk.alert_snapshots import (
    AlertRow,
    Budget,
    Pending,
    Said,
    SilenceLine,
    Step,
    WholeAlert,
    Worth,
)
from maoc_tui.desk.alert_worth import precision

__all__ = [
    "AlertRow", "Budget", "Pending", "Said", "SilenceLine", "Step", "WholeAlert", "Worth", "acknowledge",
    "become_line", "become_sighting", "become_target", "board", "end_silence", "escalate", "judge", "listing",
    "note", "one", "pending", "precision", "silence", "silences", "stage", "stamp",
]  # fmt: skip
