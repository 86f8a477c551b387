"""What a saved view keeps of a screen, and bringing a screen back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.saved_views import PAST, SORTABLE, SORTED, WITH_PAST
from maoc_tui.ui.moment import View

if TYPE_CHECKING:
    from maoc_tui.desk.views import SavedView


def standing(app: Any) -> tuple[str, str, str, bool]:
    """Screen, filter, column and whether from the greatest down, as they stand now."""
    mode, screen = app.current_mode, app.screen_stack[0]
    if mode in SORTED:
        return mode, app.view.query, app.view.column, app.view.descending
    if mode == "targets":
        return mode, screen.query_text, "", False
    return mode, PAST if getattr(screen, "past", False) else "", "", False


def take_up(app: Any, view: SavedView) -> None:
    """Bring the screen of a view to the front, with its filter and order."""
    app.action_go(view.screen)

    def there() -> None:
        screen: Any = app.screen_stack[0]
        if view.screen in SORTED:
            column = view.sort if view.sort in SORTABLE else View().column
            screen.set_view(View(view.query, column, view.descending))
        elif view.screen == "targets":
            screen.show_only(view.query)
        elif view.screen in WITH_PAST:
            screen.past = view.query == PAST
            screen.read_again(force=True)
        app.say(f"View {view.name}.")

    app.call_after_refresh(there)
