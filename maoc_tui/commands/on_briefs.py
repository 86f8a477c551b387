"""What can be done on the Briefs screen, and in its check."""

from __future__ import annotations

from maoc_tui.commands.command import BRIEFS, Command

ON_BRIEFS = tuple(
    Command(id, title, help, keys, (BRIEFS,), bar, word=word)
    for id, title, help, keys, bar, word in (  # noqa: A001
        ("brief_next", "Recipient", "The next recipient's column.", "right", 0, ""),
        ("brief_previous", "Recipient before", "The column before.", "left", 0, ""),
        ("brief_why", "Why", "The line in full, and why it is in or out of the copy selected.", "w", 3, ""),
        ("brief_ask", "Ask", "Ask the originators of what keeps the line out of the copy selected.", "A", 4, "askline"),
        ("brief_read", "Read", "Read the copy of the recipient selected, exactly as its text form is.", "v", 5, "copy"),
        ("brief_check", "Check", "What is missing, stale, ungraded, held back; Enter goes to it.", "c", 6, "check"),
        ("brief_draft", "Draft", "Compile and keep a copy for every recipient.", "n", 7, "draft"),
        ("brief_approve", "Approve", "Approve the version selected as the second person, with a word.", "a", 8,
         "approve"),
        ("brief_issue", "Issue", "Write the approved version into a folder, in every form.", "x", 10, "issue"),
        ("brief_recall", "Recall", "Recall the line selected of an approved version; names who holds it.", "r", 0,
         "recall"),
        ("brief_release", "Release", "What the recipient selected sees of the line's target; release it.", "R", 0, ""),
        ("brief_item", "Go to", "Go to what the line is about, on its own screen.", "o", 0, ""),
    )
)  # fmt: skip
