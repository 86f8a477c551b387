"""What a recall does to copies: the next one says so, and those that are kept show the line no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from maoc_tui.brief.document import Document, Line, Section, dtg
from maoc_tui.brief.told import as_line
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.viewer import CENTRE
from maoc_tui.store.briefs import Brief


def with_recalls(document: Document, issued: Iterable[Brief]) -> Document:
    """The document with a correction for each line recalled in the period of a copy that its recipient was given."""
    return _corrected(
        document,
        tuple(
            _notice(one.name, recalled.line.partition("/")[2], document.recipient)
            for one in issued
            if one.went_out(document.recipient)
            for recalled in one.recalls
            if recalled.recipient == document.recipient
            and document.from_ms <= recalled.by.at_ms < document.to_ms
        ),
    )


def struck(document: Document, brief: Brief, *, words: bool) -> Document:
    """A kept copy with every recalled line marked; its ``words`` for its compilers alone. A position is taken out."""
    when = {one.line: one.by.at_ms for one in brief.recalls if one.recipient == document.recipient}
    if not when:
        return document
    sections = tuple(
        replace(section, lines=tuple(_struck(line, when.get(line.key), words) for line in section.lines))
        for section in document.sections
    )
    kept = tuple(place for place in document.places if as_line(place).key not in when)
    out = (as_line(place).key.partition("/")[2] for place in document.places if place not in kept)
    made = replace(document, sections=sections, places=kept, picture=document.picture if kept else None)
    return _corrected(made, tuple(_notice(brief.name, ref, document.recipient) for ref in out))


def _struck(line: Line, at_ms: int | None, words: bool) -> Line:
    if at_ms is None:
        return line
    said = f"RECALLED {dtg(at_ms)}, do not use: "
    return replace(line, text=f"{said}{line.text if words else line.key.partition('/')[2]}")


def recalled_refs(brief: Brief, recipient: str) -> tuple[str, ...]:
    """References of what was recalled of a copy."""
    return tuple(one.line.partition("/")[2] for one in brief.recalls if one.recipient == recipient)


def _corrected(document: Document, told: tuple[Line, ...]) -> Document:
    """The document with lines at the head of its corrections."""
    return replace(document, sections=tuple(_sections(document, told))) if told else document


def _sections(document: Document, told: tuple[Line, ...]) -> Iterator[Section]:
    title = shipped().titles.get("corrections", "Corrections")
    for section in document.sections:
        yield replace(section, lines=(*told, *section.lines), note="") if section.title == title else section


def _notice(issue_name: str, ref: str, recipient: str) -> Line:
    marking = Marking(frozenset({CENTRE}), releasable_to=frozenset({recipient}))
    text = f"{issue_name}: the line on {ref} is recalled. Do not use it; destroy or strike it in every copy."
    return Line(
        f"corrections/{issue_name} {ref}", text, str(marking), "In: recalled by the Centre", owners=(CENTRE,)
    )
