"""Every form a brief is written in, by the word that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from maoc_tui.brief.csv_form import as_csv
from maoc_tui.brief.document import Document
from maoc_tui.brief.html_form import as_html
from maoc_tui.brief.place_forms import as_geojson, as_gpx, as_kml
from maoc_tui.brief.record_form import as_json
from maoc_tui.brief.text_form import as_markdown, as_text
from maoc_tui.problems import BadInput

TEXTS: Mapping[str, Callable[[Document], str]] = {
    "txt": as_text,
    "md": as_markdown,
    "json": as_json,
    "html": as_html,
    "csv": as_csv,
    "geojson": lambda document: as_geojson(document.places),
    "kml": lambda document: as_kml(document.places, document.name),
    "gpx": lambda document: as_gpx(document.places),
}
"""Forms that are text, by the ending of their file: always there."""
PDF = "pdf"
FORMS = (*TEXTS, PDF)
_ALSO = {"text": "txt", "markdown": "md"}


def parse_form(text: str) -> str:
    """The ending of a form as typed: ``text``, ``MD``; raises BadInput."""
    word = text.strip().lower().removeprefix(".")
    word = _ALSO.get(word, word)
    if word not in FORMS:
        raise BadInput(f"A brief is not written as {text[:20]!r}.", f"Choose from {', '.join(FORMS)}.")
    return word


def written(document: Document, form: str) -> bytes:
    """The file of a form: the same bytes for the same document. Problem where a PDF cannot be made."""
    if form == PDF:
        from maoc_tui.brief.pdf_form import as_pdf

        return as_pdf(document)
    return TEXTS[form](document).encode()


def file_name(document: Document, form: str) -> str:
    """``BR-2022-348_v1_BE.txt``: number, version, recipient; no word of the record."""
    draft = "_draft" if document.issued_ms is None else ""
    return f"{document.number}_v{document.version}_{document.recipient}{draft}.{form}"
