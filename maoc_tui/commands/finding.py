"""What finds and brings back: the search, saved views, recent records, pins."""

from __future__ import annotations

from maoc_tui.commands.command import Command

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
)
