"""What can be done on the Log screen, and on the sheet of a handover."""

from __future__ import annotations

from maoc_tui.commands.command import HANDOVER, WATCH_LOG, Command

ON_WATCH_LOG = tuple(
    Command(id, title, help, keys, (WATCH_LOG,), bar)
    for id, title, help, keys, bar in (  # noqa: A001
        ("watch_take", "Take", "Take the watch; over from a holder who is gone, with the reason.", "t", 3),
        (
            "watch_hand",
            "Hand over",
            "The handover: offer the watch you hold, or walk what is offered.",
            "h",
            4,
        ),
        ("watch_line", "New", "A line with its kind, times and marking to choose.", "n", 5),
        ("watch_kept", "Done", "What the line promised is done, or why it is not to be done.", "x", 6),
        ("watch_lines", "Which", "All lines, your own, or those since you held the watch last.", "f", 7),
        ("watch_correct", "Correct", "Write what the line should have been; both stay.", "E", 0),
        ("watch_withdraw", "Withdraw", "Say why the line no longer stands; both stay.", "W", 0),
        ("watch_leave", "Leave", "End the watch with nobody to take over, with the reason.", "X", 0),
        ("watch_copy", "Copy", "Copy the line: to a file, and offered to the clipboard.", "y", 0),
    )
)
ON_HANDOVER = tuple(
    Command(id, title, help, keys, (HANDOVER,), by=by)
    for id, title, help, keys, by in (  # noqa: A001
        (
            "handover_taken",
            "Taken",
            "The item is taken; on to the next. For who hands over: the item in full.",
            "enter",
            "accept",
        ),
        (
            "handover_question",
            "Question",
            "Ask about the item: it is answered, or owned by a name and a time.",
            "q",
            "",
        ),
        ("handover_answer", "Answer", "Answer the question on the item.", "a", ""),
        ("handover_own", "Own", "Whose the question is, and until when: it runs as a clock.", "o", ""),
        ("handover_refuse", "Not accepted", "The item is not accepted, with the reason.", "N", ""),
        (
            "handover_line",
            "Free line",
            "Add a worry, the weather, people, or any line of the watch log.",
            "l",
            "",
        ),
        ("handover_sign", "Sign", "Offer the watch, or take it over: with your passphrase.", "S", ""),
        ("handover_back", "Take back", "Take your offer back, with the reason.", "B", ""),
        ("handover_whole", "In full", "The item in full, with what was said of it.", "v", ""),
        ("handover_copy", "Copy", "Copy the sheet: to a file, and offered to the clipboard.", "y", ""),
        ("handover_close", "Close", "Close the sheet; what was said of items stays.", "escape", "close"),
    )
)
