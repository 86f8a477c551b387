"""What can be done in the alert inbox."""

from __future__ import annotations

from maoc_tui.commands.command import ALERTS, Command

TO_INBOX = Command(
    "inbox",
    "Inbox",
    "Alerts that wait for somebody, one line per cause; the gap board.",
    "I",
    word="inbox",
    by="app.go('inbox')",
)
ON_ALERTS = tuple(
    Command(id, title, help, keys, (ALERTS,), bar, word=word)
    for id, title, help, keys, bar, word in (  # noqa: A001
        ("alert_ack", "Heard", "Acknowledge it for every terminal, with your name.", "x", 3, "ack"),
        ("alert_silence", "Silence", "Keep it quiet for 1 h to 1 year, with the reason.", "S", 4, "silence"),
        ("alert_watch", "Watch", "Put it on watch.", "v", 5, "watching"),
        ("alert_stage", "Stage", "Move it on: explained, watching, searching, found, closed.", "s", 6, "stage"),
        ("alert_escalate", "Escalate", "Ask everybody to act now, with the reason.", "exclamation_mark", 8,
         "escalate"),
        ("alert_target", "Target", "Make its contact a target.", "n", 9, "alerttarget"),
        ("alert_sighting", "Sighting", "Record where it was as a sighting of a target.", "o", 0, "alertsighting"),
        ("alert_line", "Line", "Write it into the log of an operation.", "O", 0, "alertline"),
        ("alert_note", "Note", "A note about it: a statement with a marking.", "N", 0, "alertnote"),
        ("alert_judge", "Worth", "Say whether it was worth the time.", "D", 0, "judge"),
        ("alert_why", "Why", "Rule, figures, innocent explanations first, what speaks against them.", "w", 0, ""),
        ("alert_fan", "Fan", "How far its target can have gone since, on the chart.", "f", 0, ""),
        ("alert_on_chart", "On chart", "Centre the chart on where it was.", "m", 10, ""),
        ("alert_every", "All", "All alerts, or only those that wait.", "F", 7, "every"),
        ("alert_board", "Gap board", "All alerts by stage, or the inbox.", "b", 7, "board"),
        ("alert_silences", "Silences", "What is kept quiet, until when, by whom.", "Q", 0, "silences"),
        ("alert_precision", "Precision", "What each rule was worth, with n; the budget of the watch.", "P", 0,
         "precision"),
    )
)  # fmt: skip
