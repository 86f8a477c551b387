"""The brief as PDF/A-2b (ISO 19005-2), set by Typst from a template in layouts/; needs the ``typst`` package.

The template gets the document as one JSON text and shows it as text: nothing in the record is read as markup. No
file but the template is read, no font but those that Typst brings along, so that the bytes are the same everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from maoc_tui import resources
from maoc_tui.brief.document import Document
from maoc_tui.brief.in_short import sections
from maoc_tui.brief.picture import as_svg, legend, signed
from maoc_tui.brief.text_form import footing, heading
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.text import safe_line
from maoc_tui.problems import Problem


def as_pdf(document: Document) -> bytes:
    """The PDF; Problem when Typst is not installed or does not accept the template."""
    try:
        import typst
    except ImportError:
        raise Problem("PDF needs the package typst.", "Install it, or use txt, md or html.") from None
    told = _shaped(json.dumps(_values(document), ensure_ascii=False))
    try:
        made: Any = typst.compile(
            _template(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"brief": told},
            pdf_standards=["a-2b"],
            timestamp=_dated(document) // 1000,
        )
    except BaseException as error:
        if isinstance(error, typst.TypstError) or type(error).__name__ == _PANIC:
            fault = "".join(str(error).splitlines()[:1])
            raise Problem(f"The PDF cannot be set ({fault}).", "Use txt, md or html.") from None
        raise
    return bytes(made)


_PANIC = "PanicException"
"""What a fault inside Typst comes out as; it is no Exception, and ended the whole program."""
_SHAPED = re.compile(
    "[^\x20-\u02ff\u0370-\u04ff\u0531-\u058a\u05d0-\u05ea\u0621-\u063a\u0640-\u064a\u0660-\u066d\u067e\u0686\u0691"
    "\u0698\u06a4\u06a9\u06af\u06cc\u06f0-\u06f9\u10d0-\u10ff\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20b0"
    "\u2100-\u2117\u2190-\u21ff\u2200-\u22ff]+"
)
"""Runs of what the fonts that come with Typst have no shape for: Chinese, Japanese, Korean, Thai, marks that stand
alone. None of it is given to Typst: PDF/A lets no character through that a font does not show, and a mark without its
letter brought Typst 0.15.1 down."""
_UNSHAPED = (
    "Letters this page has no fonts for stand as their Unicode numbers, [U+6D77]; the other forms show them."
)


def _shaped(told: str) -> str:
    """The text with each character that may have no shape as its number: to be read and looked up, never lost."""
    return _SHAPED.sub(lambda run: _numbers(run[0]), normalize("NFC", told))


def _numbers(run: str) -> str:
    return f"[{' '.join(f'U+{ord(char):04X}' for char in run)}]"


def _dated(document: Document) -> int:
    return document.issued_ms if document.issued_ms is not None else document.as_of_ms


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.layout("brief", "brief.typ").read_bytes()


def _values(document: Document) -> dict[str, Any]:
    """What the template shows."""
    drawn = document.picture is not None
    places = legend(signed(document.places)) if drawn else []
    return {
        "title": f"MAOC (N) daily brief {document.name}",
        "date": list(from_ms(_dated(document)).timetuple()[:6]),
        "marking": document.marking,
        "recipient": document.recipient,
        "number": document.number,
        "version": f"version {document.version}" + ("" if document.issued_ms is not None else ", DRAFT"),
        "copy": f"Copy for {document.recipient_name}" if document.recipient_name else document.recipient,
        "heading": list(heading(document)),
        "footing": footing(document),
        "sections": [
            {
                "title": section.title,
                "note": safe_line(section.note),
                "lines": [
                    {
                        **_headed(safe_line(line.text)),
                        "marking": safe_line(line.marking),
                        "change": line.change,
                        "terms": [safe_line(term) for term in line.terms],
                    }
                    for line in section.lines
                ],
            }
            for section in sections(document)
        ],
        "gone": [safe_line(one) for one in document.gone],
        "picture": as_svg(document, points=True) if drawn else "",
        "places": [{"sign": sign, "text": _together(told)} for sign, told in places],
        "broken": [safe_line(one) for one in document.broken],
        "unshaped": _UNSHAPED if any(_SHAPED.search(safe_line(told)) for told in _told(document)) else "",
    }


_HEAD = re.compile(r"(?=.{0,70}?[,:;])([^,:;]{3,70})(.*)", re.DOTALL)
"""What a line is about, up to its first comma, colon or semicolon."""


def _headed(text: str) -> dict[str, str]:
    """A line in two: what it is about, to be seen at a glance, and the rest of it."""
    match = _HEAD.fullmatch(_together(text))
    return {"head": match[1], "text": match[2]} if match else {"head": "", "text": _together(text)}


_APART = re.compile(
    r"(?<=['′][NS]) (?=\d{3}°)"  # latitude and longitude
    r"|(?<=[\d°]) (?=(?:kn|nm|kg|m|min|h|t)\b)"  # a number and its unit
    r"|(?<=\d°) (?=\d)"  # course and speed
    r"|(?<=\bBft) (?=\d)|(?<=\bn) (?== \d)|(?<=\bn =) (?=\d)"
)
"""Where a line must not end: what stands on both sides is one thing."""


def _together(text: str) -> str:
    """The text with no-break spaces between what is read as one."""
    return _APART.sub("\u00a0", text)


def _told(document: Document) -> Iterator[str]:
    """Every text of the record that stands in it."""
    for line in document.lines:
        yield from (line.text, *line.terms)
    yield from (place.label for place in document.places)
    yield from document.broken
