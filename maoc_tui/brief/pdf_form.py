"""The brief as PDF/A-2b (ISO 19005-2), set by Typst from a template in layouts/; needs the ``typst`` package.

The template gets the document as one JSON text and shows it as text: nothing in the record is read as markup. No
file but the template is read, no font but those that Typst brings along, so that the bytes are the same everywhere.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from maoc_tui import resources
from maoc_tui.brief.document import Document
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
    told = json.dumps(_values(document), ensure_ascii=False)
    for text in (told, _shown_by_all(told)):
        try:
            made: Any = typst.compile(
                _template(),
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs={"brief": text},
                pdf_standards=["a-2b"],
                timestamp=_dated(document) // 1000,
            )
            return bytes(made)
        except typst.TypstError as error:
            fault = "".join(str(error).splitlines()[:1])
    raise Problem(f"The PDF cannot be set ({fault}).", "Use txt, md or html.")


_SHOWN = re.compile(r"[^\x20-\u024f\u0370-\u045f\u2010-\u2027\u2032\u2033\u20ac\u2190-\u2193\u2264\u2265]")
"""What the fonts that come with Typst may lack. PDF/A lets no character through that a font does not show."""


def _shown_by_all(text: str) -> str:
    """The text with a question mark for each character that may have no shape; the other forms have them all."""
    return _SHOWN.sub("?", text)


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
        "heading": list(heading(document)),
        "footing": footing(document),
        "sections": [
            {
                "title": section.title,
                "note": safe_line(section.note),
                "lines": [
                    {
                        "text": safe_line(line.text),
                        "marking": safe_line(line.marking),
                        "change": line.change,
                        "terms": [safe_line(term) for term in line.terms],
                    }
                    for line in section.lines
                ],
            }
            for section in document.sections
        ],
        "gone": [safe_line(one) for one in document.gone],
        "picture": as_svg(document, points=True) if drawn else "",
        "places": [{"sign": sign, "text": told} for sign, told in places],
        "broken": [safe_line(one) for one in document.broken],
    }
