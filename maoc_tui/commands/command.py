"""What a command is, where commands apply, and their keys as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass

EVERYWHERE, LIST, SIGHT, WATCH = "everywhere", "list", "sight", "watch"
TARGETS, CHART, DIALOG, FORM = "targets", "chart", "dialog", "form"
LIAISON, REQUESTS, BRIEFS = "liaison", "requests", "briefs"
FIGURES, ALERTS = "figures", "alerts"
OPERATIONS, ASSETS, MATRIX, INTERCEPT = "operations", "assets", "matrix", "intercept"
WATCH_LOG, HANDOVER = "watch_log", "handover"
RELEASE, CHECKLIST, RELEASE_SHEET = "release", "checklist", "release_sheet"
MARKING_LINE = "marking_line"
VIEWS, MARKS = "views", "marks"
PLACES = {
    EVERYWHERE: "Everywhere",
    LIST: "In a list",
    WATCH: "On the Watch screen",
    SIGHT: "With contacts (Watch and Chart)",
    TARGETS: "On the Targets screen",
    LIAISON: "On the Liaison screen",
    REQUESTS: "On the Requests screen",
    OPERATIONS: "On the Operations screen",
    ASSETS: "On the Assets screen",
    BRIEFS: "On the Briefs screen",
    FIGURES: "On the Figures screen",
    ALERTS: "In the alert inbox",
    WATCH_LOG: "On the Log screen",
    HANDOVER: "On the sheet of a handover",
    MATRIX: "In the intercept matrix",
    INTERCEPT: "On one way to intercept",
    CHART: "On the chart",
    DIALOG: "In a window that is open",
    RELEASE: "On the release panel",
    CHECKLIST: "On the checklist of a release",
    RELEASE_SHEET: "On the sheet of a release",
    FORM: "In a form",
    MARKING_LINE: "In a form with a marking",
    VIEWS: "In the list of views",
    MARKS: "In the lists of records opened last and of pins",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do, by key, by name or from the palette."""

    id: str
    """Name for rebinding (settings: keys.ID); the method that does it is ``action_ID``."""
    title: str
    """Two or three words, for the bar and the palette."""
    help: str
    """One sentence for ``?`` and the manual."""
    keys: str = ""
    """Default keys, separated by commas, as Textual names them."""
    where: tuple[str, ...] = (EVERYWHERE,)
    bar: int = 0
    """Rank in the bottom bar, 1 first; 0 is not shown there."""
    word: str = ""
    """What to type after ``:`` for it; "" when it has no line form."""
    argument: str = ""
    """What may follow the word, for the help."""
    by: str = ""
    """The action that does it, where it is not ``action_ID`` of the place: ``app.`` for the program's own."""

    @property
    def action(self) -> str:
        """The Textual action string."""
        return self.by or self.id


_KEY_TEXT = {
    "question_mark": "?", "colon": ":", "slash": "/", "plus": "+", "minus": "-", "equals_sign": "=",
    "space": "Space", "escape": "Esc", "enter": "Enter", "tab": "Tab", "shift+tab": "Shift+Tab",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End", "apostrophe": "'", "comma": ",", "full_stop": ".",
    "left_square_bracket": "[", "right_square_bracket": "]", "less_than_sign": "<",
    "greater_than_sign": ">", "left_curly_bracket": "{",
    "right_curly_bracket": "}", "underscore": "_", "asterisk": "*", "number_sign": "#",
    "exclamation_mark": "!", "delete": "Del", "backspace": "Backspace",
}  # fmt: skip


def key_text(keys: str) -> str:
    """Textual's key names as a person reads them: ``j,down`` is ``j ↓``."""
    return " ".join(_one_key(key) for key in keys.split(",") if key)


def _one_key(key: str) -> str:
    if key in _KEY_TEXT:
        return _KEY_TEXT[key]
    if key.startswith("f") and key[1:].isdigit():
        return key.upper()
    return "+".join(part.capitalize() if len(part) > 1 else part for part in key.split("+"))


def keys_of(command: Command, rebound: dict[str, str]) -> str:
    """The keys a command has now: the user's own, or the default ones."""
    return rebound.get(command.id, command.keys)
