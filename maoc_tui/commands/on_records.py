"""What can be done on the Targets, Liaison and Requests screens."""

from __future__ import annotations

from maoc_tui.commands.command import LIAISON, REQUESTS, TARGETS, Command

ON_TARGETS = tuple(
    Command(id, title, help, keys, (TARGETS,), bar, word=word, argument=argument)
    for id, title, help, keys, bar, word, argument in (  # noqa: A001
        ("target_filter", "Filter", "Show only what matches: flag:VE.", "slash", 3, "only", "[QUERY]"),
        ("target_new", "New", "A new target from a description and a place.", "n", 4, "new", ""),
        ("target_fact", "State", "State something about its identity, with source.", "e", 5, "fact", ""),
        ("target_status", "Status", "Change its status, with the reason.", "s", 6, "status", ""),
        ("target_sight", "Sighting", "Where and when somebody saw it.", "o", 7, "sighting", ""),
        ("target_link", "Link", "It is heard as a contact.", "c", 8, "link", ""),
        ("target_unlink", "Unlink", "It is not, or no longer, heard as a contact.", "x", 0, "unlink", ""),
        ("target_rename", "Designation", "Change what the Centre calls it.", "r", 0, "designation", ""),
        ("target_correct", "Correct", "Choose a statement and say what it should be.", "E", 0, "correct", ""),
        ("target_withdraw", "Withdraw", "Choose a statement and say why it no longer stands.", "W", 0, "withdraw", ""),
        ("target_assign", "Ask", "Ask a partner to lead, to support, to be informed.", "a", 0, "assign", ""),
        ("target_release", "Release", "What a partner sees of it, and why; release it.", "R", 0, "release", "[XX]"),
        ("target_releases", "Releases", "What was asked, released, and is to be done.", "", 0, "releases", ""),
        ("target_on_chart", "On chart", "Centre the chart on its last place.", "m", 9, "", ""),
        ("target_copy", "Copy", "Copy its sheet: to a file, and offered to the clipboard.", "y", 0, "", ""),
    )
)  # fmt: skip
ON_LIAISON = tuple(
    Command(id, title, help, keys, (LIAISON,), bar, word=word)
    for id, title, help, keys, bar, word in (  # noqa: A001
        ("liaison_assign", "Ask", "Ask a partner to be something to the target selected.", "a", 3, "offer"),
        ("liaison_answer", "Answer", "Accept, decline, begin or relieve an assignment.", "s", 4, "answer"),
        ("liaison_not_agreed", "Not agreed", "Record that no lead is agreed, and why.", "N", 0, "notagreed"),
        ("liaison_confirm", "Confirm", "Confirm what is reported of the partner selected.", "c", 5, "confirm"),
        ("liaison_status", "Status", "Record what the partner selected is, from a day on.", "e", 0, "standing"),
        ("liaison_new", "New", "Add an officer, a duty or an assignment: to the list with the keys.", "n", 6, ""),
        ("liaison_channel", "Channel", "Add a way to reach the officer selected.", "C", 0, "channel"),
        ("liaison_verify", "It works", "A channel of the officer selected was found to work.", "v", 7, "works"),
        ("liaison_end", "End", "End the posting, duty or assignment selected.", "x", 8, ""),
    )
)  # fmt: skip
_SEEN = (
    Command(
        "seen_why", "Why", "Who sees it and who does not, each with the reason.", "w", (REQUESTS, LIAISON)
    ),
    Command(
        "seen_release",
        "Release",
        "What a partner sees of its target, and why; release it, requests and assignments too.",
        "R",
        (REQUESTS, LIAISON),
        by="target_release",
    ),
)
ON_REQUESTS = (*_SEEN, *tuple(
    Command(id, title, help, keys, (REQUESTS,), bar, word=word)
    for id, title, help, keys, bar, word in (  # noqa: A001
        ("request_new", "New", "Open a request; its clock starts when it is recorded as sent.", "n", 3, "request"),
        ("request_record", "Record", "What became of it: sent, chased, granted; stop a clock.", "s", 4, "record"),
        ("request_form", "Form", "The request filled from the record, with what is blank.", "f", 5, "form"),
        ("request_follow", "Reply", "The reply to fill; once answered, the action-taken report.", "F", 0, "report"),
        ("clock_new", "Clock", "Start a clock by hand: a line with a time, or C5 to C8.", "c", 7, "clock"),
        ("clock_heard", "Heard", "You heard its bell: no terminal rings for that again.", "x", 8, "heard"),
        ("request_past", "Past", "Show answered and withdrawn requests too, or not.", "p", 6, "past"),
        ("request_copy", "Copy", "Copy the filled request: to a file, and offered to the clipboard.", "y", 0, ""),
    )
))  # fmt: skip
