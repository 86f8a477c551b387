"""The head of a copy in three lines: how much it tells, the first clock, the gravest change; of its own lines alone."""

from __future__ import annotations

from collections import Counter

from maoc_tui.brief.document import Document, Line, Section

TITLE = "In short"
_LONGEST = 220
_COUNTED = {
    "decisions": ("decision due", "decisions due"),
    "targets": ("target with news", "targets with news"),
    "operations": ("line on interceptions", "lines on interceptions"),
    "seizures": ("seizure", "seizures"),
    "requests": ("request", "requests"),
    "corrections": ("correction", "corrections"),
}
"""Sections counted, by what their keys begin with: one and several."""
_GRAVEST = (
    ("corrections/BR-", ""),
    ("seizures/", ""),
    ("targets/", "LOST "),
    ("operations/", ""),
    ("targets/", "NEW "),
    ("corrections/", ""),
    ("targets/", "CHANGED "),
    ("requests/", ""),
    ("targets/", "CLOSED "),
)
"""Kinds of change, the gravest first, by how key and words begin: what was told wrongly comes before all else."""
_CLOCKS = ("Due ", "To be chased ")


def sections(document: Document) -> tuple[Section, ...]:
    """The three lines as a section, then those of the document."""
    return (Section(TITLE, in_short(document)), *document.sections)


def in_short(document: Document) -> tuple[Line, Line, Line]:
    """Three lines; what repeats a line bears its marking and its conditions."""
    return _own(document, "counts", _counts(document)), _first_clock(document), _gravest(document)


def _counts(document: Document) -> str:
    held = Counter(line.key.partition("/")[0] for line in document.lines)
    told = [f"{held[name]} {words[held[name] > 1]}" for name, words in _COUNTED.items() if held[name]]
    if document.places:
        told.append(f"{len(document.places)} position{'s' if len(document.places) > 1 else ''}")
    return f"{', '.join(told)}." if told else "Nothing to tell."


def _first_clock(document: Document) -> Line:
    """The clocks stand with the soonest at the top."""
    for line in document.lines:
        if line.key.startswith("decisions/") and line.text.startswith(_CLOCKS):
            return _repeated("clock", "First clock: ", line)
    return _own(document, "clock", "No clock runs in this copy.")


def _gravest(document: Document) -> Line:
    """Of what is new or changed since the last issue; of everything where there was none."""
    fresh = [line for line in document.lines if line.change or not document.since]
    for key, words in _GRAVEST:
        fits = [line for line in fresh if line.key.startswith(key) and line.text.startswith(words)]
        if fits:
            return _repeated("gravest", "Gravest change: ", fits[0])
    return _own(document, "gravest", "Nothing changed.")


def _own(document: Document, name: str, text: str) -> Line:
    """What is said of the copy as a whole, with the marking of its pages."""
    marking = document.marking.removesuffix(f" · for {document.recipient} only")
    return Line(f"short/{name}", text, marking, "In: counted in this copy")


def _repeated(name: str, head: str, line: Line) -> Line:
    text = line.text
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rpartition(' ')[0]} …"
    return Line(f"short/{name}", f"{head}{text}", line.marking, line.why, line.cites, line.terms, line.owners)
