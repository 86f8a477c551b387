"""What can be done on the Figures screen."""

from __future__ import annotations

from maoc_tui.commands.command import FIGURES, Command

ON_FIGURES = tuple(
    Command(id, title, help, keys, (FIGURES,), bar, word=word, argument=argument)
    for id, title, help, keys, bar, word, argument in (  # noqa: A001
        ("figure_table", "Table", "The same numbers as a table, and back to the chart.", "t", 3, "numbers", ""),
        ("figure_why", "Why", "The written definition, what decides the month, what is not measured.", "w", 4, "define",
         ""),
        ("figure_doubts", "Doubts", "What is left out, or counted in doubt, and why.", "d", 5, "doubts", ""),
        ("figure_compare", "Compare", "The last period beside the one before, a year before, and five years.", "c", 6,
         "compare", ""),
        ("figure_by", "By year", "By month or by year.", "b", 11, "by", "[month | year]"),
        ("figure_period", "Period", "The span shown: 2026-03, 2025 2026-03, all; freeze after it freezes it.", "p", 7,
         "period", "[2026-03 [2026-05]] [freeze]"),
        ("figure_freeze", "Freeze", "Freeze every figure of a month or year that is over, with a word.", "F", 8,
         "freeze", "[2026-03]"),
        ("figure_frozen", "Frozen", "What was frozen, and what has changed since.", "v", 12, "frozen", ""),
        ("figure_export", "File", "Write the chart or the table to a file.", "x", 9, "takeout", "[svg | csv]"),
        ("figure_copy", "Copy", "Copy what is shown: to a file, and offered to the clipboard.", "y", 0, "", ""),
    )
)  # fmt: skip
