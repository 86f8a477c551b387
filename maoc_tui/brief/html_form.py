"""The brief as one HTML page: self-contained, no script, nothing fetched, the marking on every printed page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from maoc_tui.brief.document import Document, Line
from maoc_tui.brief.in_short import sections
from maoc_tui.brief.picture import as_svg, legend, signed
from maoc_tui.brief.text_form import footing, heading
from maoc_tui.domain.text import safe_line

_STYLE = """
@page { size: A4; margin: 18mm 16mm }
body { font: 10.5pt/1.4 Georgia, "Times New Roman", serif; color: #14181b; background: #fff; max-width: 46rem;
  margin: 0 auto; padding: 3.2rem 1rem }
.mark { position: fixed; left: 0; right: 0; text-align: center; font: 700 9pt/2.2 Helvetica, Arial, sans-serif;
  letter-spacing: .08em; color: #8a1014; background: #fff; border: solid #8a1014;
  border-width: 0 0 1px; top: 0; z-index: 2 }
.foot { top: auto; bottom: 0; border-width: 1px 0 0 }
.copy { position: fixed; inset: 0; display: grid; place-content: center;
  font: 700 15vw/1 Helvetica, Arial, sans-serif; color: #14181b; opacity: .045;
  transform: rotate(-30deg); pointer-events: none; z-index: 1 }
h1 { font-size: 17pt; line-height: 1.2; margin: .4rem 0 .6rem }
h2 { font: 700 10.5pt/1.4 Helvetica, Arial, sans-serif; text-transform: uppercase; letter-spacing: .06em;
  border-bottom: 1px solid #c3ccd2; margin: 1.5rem 0 .5rem; break-after: avoid }
ul { list-style: none; margin: 0; padding: 0 } li { margin: 0 0 .55rem; padding-left: 1.4rem; break-inside: avoid }
li b { float: left; margin-left: -1.4rem; width: 1.4rem; color: #8a1014 }
small, .head { font: 8pt/1.4 Helvetica, Arial, sans-serif; color: #4a555c } small { display: block }
.terms { color: #8a1014 } table { border-collapse: collapse; font-size: 9pt } td { padding: .1rem .6rem .1rem 0 }
@media (prefers-color-scheme: dark) { @media screen { body, .mark { background: #14181b; color: #e6eaed }
  .mark, li b, .terms { color: #ff8b8e } .copy { color: #fff } small, .head { color: #a9b4bb } } }
"""


def as_html(document: Document) -> str:
    """The whole page."""
    return "".join(_page(document))


def _page(document: Document) -> Iterator[str]:
    mark, title = _text(document.marking), _text(f"MAOC (N) daily brief {document.name}")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n"
        f'<div class="mark">{mark}</div><div class="mark foot">{mark}</div>'
        f'<div class="copy" aria-hidden="true">{_text(document.recipient)}</div>\n<h1>{title}</h1>\n'
    )
    yield from (f'<div class="head">{_text(told)}</div>\n' for told in heading(document))
    for section in sections(document):
        yield f"<h2>{_text(section.title)}</h2>\n"
        yield f'<p class="head">{_text(section.note)}</p>\n' if section.note else ""
        yield f"<ul>{''.join(map(_item, section.lines))}</ul>\n" if section.lines else ""
    yield from _listed("No longer in this brief", document.gone)
    if document.picture is not None:
        rows = "".join(
            f"<tr><td>{_text(sign)}</td><td>{_text(told)}</td></tr>\n"
            for sign, told in legend(signed(document.places))
        )
        yield f"<h2>Positions</h2>\n{as_svg(document)}\n<table>{rows}</table>\n"
    yield from _listed("Could not be read", document.broken)
    yield f'<p class="head">{_text(footing(document))}</p>\n</body></html>\n'


def _item(line: Line) -> str:
    change = f"<b>{_text(line.change)}</b>" if line.change else ""
    terms = "".join(f'<small class="terms">Condition: {_text(term)}</small>' for term in line.terms)
    return f"<li>{change}{_text(line.text)}<small>[{_text(line.marking)}]</small>{terms}</li>\n"


def _listed(title: str, refs: tuple[str, ...]) -> Iterator[str]:
    if refs:
        yield f"<h2>{title}</h2>\n<ul>{''.join(f'<li>{_text(ref)}</li>' for ref in refs)}</ul>\n"


def _text(text: str) -> str:
    return escape(safe_line(text))
