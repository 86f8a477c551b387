"""The lines of a brief as a table, one row each."""

from __future__ import annotations

from maoc_tui.brief.cells import table
from maoc_tui.brief.document import Document
from maoc_tui.brief.record_form import iso

COLUMNS = (
    "number", "version", "recipient", "issued_at", "section", "change", "text", "marking", "conditions", "sources",
    "why",
)  # fmt: skip


def as_csv(document: Document) -> str:
    """Every line of the brief; a change mark is a word, for a sign would be taken for a formula."""
    words = {"": "", "+": "new", "~": "changed"}
    head = (document.number, document.version, document.recipient, iso(document.issued_ms))
    rows = (
        (
            *head, section.title, words[line.change], line.text, line.marking, "; ".join(line.terms),
            " ".join(line.sources), line.why,
        )
        for section in document.sections
        for line in section.lines
    )  # fmt: skip
    return table(COLUMNS, rows)
