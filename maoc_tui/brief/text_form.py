"""The brief as plain text and as Markdown: always there, with nothing but this program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from maoc_tui.brief.document import GONE, Document, Line, dtg
from maoc_tui.brief.in_short import sections
from maoc_tui.brief.picture import drawn
from maoc_tui.domain.text import safe_line

WIDTH = 80
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|!~])")


def as_text(document: Document) -> str:
    """Eighty columns, the marking at head and foot."""
    return "\n".join(line.rstrip() for line in _text(document)) + "\n"


def _text(document: Document) -> Iterator[str]:
    rule = "=" * WIDTH
    yield from (document.marking.center(WIDTH), rule, *_wrapped(_title(document), "", ""))
    yield from (line for told in heading(document) for line in _wrapped(told, "", "  "))
    yield rule
    for number, section in enumerate(sections(document)):
        yield from ("", f"{number}. {section.title.upper()}" if number else section.title.upper())
        if section.note:
            yield from _wrapped(section.note, "   ", "   ")
        for line in section.lines:
            yield from _wrapped(line.text, f" {line.change or ' '} ", "   ")
            yield from _wrapped(f"[{line.marking}]", "     ", "     ")
            yield from (
                part for term in line.terms for part in _wrapped(f"Condition: {term}", "     ", "     ")
            )
    if document.gone:
        yield from ("", "NO LONGER IN THIS BRIEF", *(f" {GONE} {safe_line(ref)}" for ref in document.gone))
    if document.picture is not None:
        yield from ("", "POSITIONS", *drawn(document))
    if document.broken:
        yield from ("", "COULD NOT BE READ", *(f"   {safe_line(one)}" for one in document.broken))
    yield from ("", rule, *_wrapped(footing(document), "", ""), document.marking.center(WIDTH))


def _title(document: Document) -> str:
    return f"MAOC (N) DAILY BRIEF {document.name} for {document.recipient} ({document.recipient_name})"


def heading(document: Document) -> tuple[str, ...]:
    """The lines under the title: period, when issued, what it takes the place of, what marks mean."""
    issued = f"Issued {dtg(document.issued_ms)}" if document.issued_ms is not None else "Draft, not issued"
    issued += f"; digest of all copies {document.digest}" if document.digest else ""
    since = f"{document.since}: + new, ~ changed, - no longer in" if document.since else "no earlier issue"
    return (
        f"Period {document.period}; {issued}; record read {dtg(document.as_of_ms)}",
        f"Distribution: {document.recipient} only"
        + (f"; supersedes {', '.join(document.supersedes)}" if document.supersedes else ""),
        f"Changes against: {since}. Times are Zulu, positions WGS-84, miles nautical, courses true",
    )


def footing(document: Document) -> str:
    """The last line: which brief, whose copy, and where the journal stood."""
    journal = f"; journal {document.checkpoint}" if document.checkpoint else ""
    return f"{document.name}, copy for {document.recipient}{journal}. No onward transmission without consent."


@lru_cache(maxsize=8192)
def _wrapped(text: str, first: str, rest: str) -> tuple[str, ...]:
    """Words of a text in lines of the page's width; a word that is too long stands alone."""
    lines: list[str] = []
    line, lead = first, first
    for word in safe_line(text).split():
        if len(line) > len(lead) and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = lead = rest
        line += word if line == lead else f" {word}"
    return (*lines, line)


def as_markdown(document: Document) -> str:
    """The same as Markdown (CommonMark); nothing in the record can make a heading, a link or raw HTML."""
    return "\n".join(_markdown(document)) + "\n"


def _markdown(document: Document) -> Iterator[str]:
    yield from (f"**{plain(document.marking)}**", "", f"# {plain(_title(document))}", "")
    yield from (f"- {plain(told)}" for told in heading(document))
    for section in sections(document):
        yield from ("", f"## {plain(section.title)}", "")
        if section.note:
            yield from (plain(section.note), "")
        yield from _items(section.lines)
    if document.gone:
        yield from ("", "## No longer in this brief", "", *(f"- {plain(ref)}" for ref in document.gone))
    if document.picture is not None:
        yield from ("", "## Positions", "", "```text", *(row.rstrip() for row in drawn(document)), "```")
    if document.broken:
        yield from ("", "## Could not be read", "", *(f"- {plain(one)}" for one in document.broken))
    yield from ("", "---", "", plain(footing(document)), "", f"**{plain(document.marking)}**")


def _items(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        mark = f"**{plain(line.change)}** " if line.change else ""
        yield f"- {mark}{plain(line.text)} `[{line.marking.replace('`', chr(39))}]`"
        yield from (f"  - Condition: {plain(term)}" for term in line.terms)


def plain(text: str) -> str:
    """Text from the record with every sign that Markdown would obey made plain."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(safe_line(text).split())).replace("&", "&amp;")
    return re.sub(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", r"\1\\\2", escaped).replace("://", r":\//")
