"""The seizure desk: one line per event, counted once, with every weight, count and statement kept side by side."""

from __future__ import annotations

from maoc_tui.desk.seizure_figures import figures, measures, period_words
from maoc_tui.desk.seizure_reading import listing, matching, opened, sheet
from maoc_tui.desk.seizure_recording import add, find, persons, weigh
from maoc_tui.desk.seizure_snapshots import (
    Figures,
    FindLine,
    NewFind,
    NewSeizure,
    Recorded,
    Said,
    SeizureRow,
    SeizureSheet,
    Statement,
)
from maoc_tui.desk.seizure_stating import state, transfer, withdraw

__all__ = [
    "Figures", "FindLine", "NewFind", "NewSeizure", "Recorded", "Said", "SeizureRow", "SeizureSheet", "Statement",
    "add", "figures", "find", "listing", "matching", "measures", "opened", "period_words", "persons", "sheet", "state",
    "transfer", "weigh", "withdraw",
]  # fmt: skip
