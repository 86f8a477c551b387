"""What a saved view keeps of which screen."""

from __future__ import annotations

from maoc_tui.problems import BadInput

SORTABLE = ("target", "age", "flag", "name", "number", "type", "zone", "speed", "course")
"""Columns a list of contacts is sorted by, in the order the sort key goes through them."""
PAST = "past"
"""Stands for the filter of a board that shows past ones too."""
SORTED = ("watch", "chart")
"""Screens of contacts: filter and order."""
FILTERED = (*SORTED, "targets")
"""Screens whose lists take a filter."""
WITH_PAST = ("operations", "requests")
"""Boards that show past ones too when asked."""
SCREENS = (*FILTERED, *WITH_PAST, "liaison", "assets", "briefs", "figures")


def check_screen(screen: str) -> None:
    """Raise BadInput for what is no screen that a view keeps."""
    if screen not in SCREENS:
        raise BadInput(f"{screen[:40]!r} is no screen that is saved.", f"Choose from: {', '.join(SCREENS)}.")


def check_kept(screen: str, query: str, sort: str, descending: bool) -> None:
    """Raise BadInput for a screen, filter or order that opening the view could not bring back."""
    check_screen(screen)
    if screen in FILTERED:
        from maoc_tui.domain.query import parse  # with what parses filters the first screen would wait

        parse(query)
    elif query not in ("", PAST) or (query and screen not in WITH_PAST):
        raise BadInput(f"The screen {screen} takes no such filter.", "Leave the filter out.")
    if screen not in SORTED and (sort or descending):
        raise BadInput(f"The screen {screen} has no order to save.", f"Those that have: {', '.join(SORTED)}.")
    if sort and sort not in SORTABLE:
        raise BadInput(f"There is no column {sort[:20]!r}.", f"Columns: {', '.join(SORTABLE)}.")
