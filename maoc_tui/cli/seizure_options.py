"""What is typed with every line of the seizure ledger, alike for every command that records one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.cli.answers import F, answer
from maoc_tui.cli.marking_options import chosen_marking, marking_options
from maoc_tui.cli.text_options import text_options

if TYPE_CHECKING:
    from maoc_tui.desk.seizures import Recorded, Said

_line = text_options(
    (
        ("--at", "TIME", "When it happened, was weighed or counted; now when not given."),
        ("--source --by", "WHO", "Who weighed, counted or says so; you when not given."),
        ("--text", "", "Anything else to say."),
    )
)
_corrects = text_options(
    (
        ("--replaces", "ID", "The line it corrects: its id or the beginning of it; of a find SF-0412."),
        ("--reason", "", "Why it corrects."),
    )
)


def line_options(function: F) -> F:
    """When, who, how marked, and which line is corrected."""
    return event_options(_corrects(function))


def event_options(function: F) -> F:
    """When, who and how marked."""
    return _line(marking_options(function))


def said(given: dict[str, Any], partner: str) -> Said:
    """The options of a line, taken out of those given; ``partner`` is whoever records it."""
    from maoc_tui.desk.seizures import Said

    marking = chosen_marking(given, partner)
    names = [name for name in ("at", "source", "text", "replaces", "reason") if name in given]
    return Said(marking=marking, **{name: given.pop(name) for name in names})


def say(made: Recorded, as_json: bool) -> None:
    """Answer with what was recorded and what to look at."""
    from maoc_tui.cli import seizure_json
    from maoc_tui.domain.text import printable

    told = (f"{made.ref} {made.find}".strip(), *made.warnings)
    answer(as_json, seizure_json.recorded(made), lambda: "\n".join(printable(one, 400) for one in told))
