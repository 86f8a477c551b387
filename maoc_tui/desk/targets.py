"""The targets desk: what may be read of targets and done to them, for the screen and the command line.

Every function takes the room and the viewer. What writes returns only after the commit.
"""

from __future__ import annotations

from maoc_tui.desk.target_adding import add, add_from_contact
from maoc_tui.desk.target_duplicates import duplicates, likely_duplicates
from maoc_tui.desk.target_linking import check_joinable, warnings_of
from maoc_tui.desk.target_listing import listing, types
from maoc_tui.desk.target_opening import opened
from maoc_tui.desk.target_prefill import duplicates_of, prefill
from maoc_tui.desk.target_reading import heard_spans, highest_heard, links_now, sheet
from maoc_tui.desk.target_report import filled, offers
from maoc_tui.desk.target_selection import chosen
from maoc_tui.desk.target_snapshots import (
    Duplicate,
    DuplicatePair,
    FactLine,
    LastSeen,
    LinkLine,
    NewTarget,
    Prefilled,
    Saved,
    TargetRow,
    TargetSheet,
)
from maoc_tui.desk.target_words import time_span
from maoc_tui.desk.target_writing import (
    fact,
    link,
    rename,
    set_status,
    sight,
    unlink,
    withdraw_fact,
)

__all__ = [
    "Duplicate", "DuplicatePair", "FactLine", "LastSeen", "LinkLine", "NewTarget", "Prefilled", "Saved", "TargetRow",
    "TargetSheet", "add", "add_from_contact", "check_joinable", "chosen", "duplicates", "duplicates_of", "fact",
    "filled", "heard_spans", "highest_heard", "likely_duplicates", "link", "links_now", "listing", "offers", "opened",
    "prefill", "rename", "set_status", "sheet", "sight", "time_span", "types", "unlink", "warnings_of",
    "withdraw_fact",
]  # fmt: skip
