"""What can be done on the release panel and in forms."""

from __future__ import annotations

from maoc_tui.commands.command import CHECKLIST, FORM, MARKING_LINE, RELEASE, RELEASE_SHEET, Command

ON_RELEASE = tuple(
    Command(id, title, help, keys, (place,))
    for place, id, title, help, keys in (  # noqa: A001
        (RELEASE, "release_choose", "Choose", "Choose the line for the release, or not.", "space"),
        (RELEASE, "release_wording", "Wording", "Another wording beside the original.", "e"),
        (RELEASE, "release_preview", "Preview", "What the partner would read, and nothing else.", "v"),
        (RELEASE, "release_why", "Why", "Why the partner sees the line, or not; who must permit it.", "w"),
        (RELEASE, "release_ask", "Ask", "Ask the originators of the chosen lines, with a clock.", "A"),
        (RELEASE, "release_checklist", "Checklist", "Answer the questions this partner's class brings.", "c"),
        (RELEASE, "release_propose", "Propose", "Propose it to the second person.", "p"),
        (
            RELEASE,
            "release_emergency",
            "Emergency",
            "Threat to life: two fields now, tasks after.",
            "exclamation_mark",
        ),
        (
            MARKING_LINE,
            "marking_preset",
            "Preset",
            "Who may read it: originator only, the Centre, all members.",
            "f3",
        ),
        (CHECKLIST, "checklist_next", "Next open", "To the next question not answered yet.", "n"),
        (RELEASE_SHEET, "release_approve", "Approve", "Approve it as the second person, with a word.", "a"),
        (RELEASE_SHEET, "release_refuse", "Refuse", "Refuse it, or take your own proposal back.", "x"),
        (RELEASE_SHEET, "release_recall", "Recall", "Take it back; names everybody who holds it.", "r"),
    )
)
IN_FORM = tuple(
    Command(id, title, help, keys, (FORM,))
    for id, title, help, keys in (  # noqa: A001
        ("save", "Save", "Save the form; asks again when something speaks against it.", "ctrl+s,f2"),
        ("field_done", "Go on", "Go to the next field; from the last one save.", "enter"),
        ("field_next", "Next field", "Go to the next field.", "tab,down"),
        ("field_previous", "Field before", "Go to the field before.", "shift+tab,up"),
        ("take_theirs", "Theirs", "In a field that two changed: theirs instead of yours, and back.", "f4"),
        (
            "drop_draft",
            "Drop",
            "Throw away the draft that a form opened with, before anything else is typed.",
            "delete",
        ),
        ("leave_form", "Close", "Close the form; what was typed is there again next time.", "escape"),
    )
)
