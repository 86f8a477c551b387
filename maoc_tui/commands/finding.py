"""What finds and brings back: the search, saved views, recent records, pins."""

from __future__ import annotations

from maoc_tui.commands.command import MARKS, VIEWS, Command

FINDING: tuple[Command, ...] = (
    Command(
        "search",
        "Search",
        "One search over everything you may see: names, numbers, references, words in any order.",
        "f4",
        by="app.search",
        word="find",
        argument="[TEXT]",
    ),
    Command(
        "views",
        "Views",
        "Saved views, yours and shared: a figure opens one, n saves this screen with its filter.",
        "V",
        by="app.views",
        word="views",
    ),
    Command(
        "recent",
        "Opened last",
        "The records you opened last; Enter goes back to one.",
        "ctrl+o",
        by="app.recent",
        word="recent",
    ),
    Command("pins", "Pins", "The records you pinned.", "apostrophe", by="app.pins", word="pins"),
    Command("view_digit", "Open", "Open the view with that key.", "1,2,3,4,5,6,7,8,9", (VIEWS,)),
    Command("view_save", "Save", "Save what stands on the screen as a view.", "n", (VIEWS,)),
    Command("view_remove", "Withdraw", "Withdraw the view, when it is yours.", "x", (VIEWS,)),
    Command("mark_pin", "Pin", "Pin the record, or let it go.", "p", (MARKS,)),
)
