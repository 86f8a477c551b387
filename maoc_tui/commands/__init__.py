"""Every command of the program, once: keys, bar, help, palette and manual are all made from this table."""

from __future__ import annotations

from maoc_tui.commands.command import (
    ALERTS,
    ASSETS,
    BRIEFS,
    CHART,
    CHECKLIST,
    DIALOG,
    EVERYWHERE,
    FIGURES,
    FORM,
    HANDOVER,
    INTERCEPT,
    LIAISON,
    LIST,
    MARKING_LINE,
    MATRIX,
    OPERATIONS,
    PLACES,
    RELEASE,
    RELEASE_SHEET,
    REQUESTS,
    SIGHT,
    TARGETS,
    WATCH,
    WATCH_LOG,
    Command,
    key_text,
    keys_of,
)
from maoc_tui.commands.everywhere import FIRST, LAST
from maoc_tui.commands.finding import FINDING
from maoc_tui.commands.on_alerts import ON_ALERTS, TO_INBOX
from maoc_tui.commands.on_briefs import ON_BRIEFS
from maoc_tui.commands.on_chart import ON_CHART
from maoc_tui.commands.on_figures import ON_FIGURES
from maoc_tui.commands.on_operations import IN_INTERCEPT, IN_MATRIX, ON_ASSETS, ON_OPERATIONS
from maoc_tui.commands.on_records import ON_LIAISON, ON_REQUESTS, ON_TARGETS
from maoc_tui.commands.on_release import IN_FORM, ON_RELEASE
from maoc_tui.commands.on_watch_log import ON_HANDOVER, ON_WATCH_LOG

__all__ = [
    "ALERTS",
    "ASSETS",
    "BRIEFS",
    "BY_ID",
    "BY_WORD",
    "CHART",
    "CHECKLIST",
    "COMMANDS",
    "DIALOG",
    "EVERYWHERE",
    "FIGURES",
    "FORM",
    "HANDOVER",
    "INTERCEPT",
    "LIAISON",
    "LIST",
    "MARKING_LINE",
    "MATRIX",
    "OPERATIONS",
    "PLACES",
    "RELEASE",
    "RELEASE_SHEET",
    "REQUESTS",
    "SIGHT",
    "TARGETS",
    "WATCH",
    "WATCH_LOG",
    "Command",
    "commands_of",
    "key_text",
    "keys_of",
]

COMMANDS: tuple[Command, ...] = (
    *FIRST,
    TO_INBOX,
    *FINDING,
    *ON_CHART,
    *ON_TARGETS,
    *ON_LIAISON,
    *ON_REQUESTS,
    *ON_OPERATIONS,
    *ON_ASSETS,
    *IN_MATRIX,
    *IN_INTERCEPT,
    *ON_BRIEFS,
    *ON_FIGURES,
    *ON_ALERTS,
    *ON_WATCH_LOG,
    *ON_HANDOVER,
    *ON_RELEASE,
    *IN_FORM,
    *LAST,
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
BY_WORD: dict[str, Command] = {command.word: command for command in COMMANDS if command.word}


def commands_of(*places: str) -> tuple[Command, ...]:
    """The commands that apply in any of these places, in the table's order."""
    return tuple(command for command in COMMANDS if set(places) & set(command.where))
