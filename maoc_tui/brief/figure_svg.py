"""A figure's chart as SVG: the numbers of the text chart, without script, style, link or metadata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from maoc_tui.domain.figure_shown import Figure
from maoc_tui.domain.figure_text import head
from maoc_tui.domain.figure_words import drawn, drawn_words, foot, happened, runs, span_words, unit_of
from maoc_tui.domain.figures import Tally
from maoc_tui.domain.text import safe_line

WIDTH = 900
_LEFT, _RIGHT, _ROW, _BAR = 210, 190, 22, 14
_FILLS = ('fill="#0b4f6c"', 'fill="url(#hatch)" stroke="#0b4f6c"')
"""Whole and hatched: the two parts differ without colour."""
_CHARS = 118
"""Characters of a line of text that fit the width."""
_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path d="M0 6 L6 0" stroke="#0b4f6c" stroke-width="1.5"/></pattern></defs>'
)


def as_svg(shown: Figure) -> str:
    """Marking, title, legend, bars by period and by row; n, span, as of, note, definition, and the marking again."""
    body, height = _drawn(shown)
    frame = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="sans-serif" font-size="13">',
            f"<title>{_clean(head(shown))}</title><desc>{_clean(shown.measure.definition)}</desc>{_HATCH}",
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *body,
            "</svg>\n",
        )
    )


def _drawn(shown: Figure) -> tuple[list[str], int]:
    """Elements from top to bottom, and how high they are."""
    made: list[str] = []
    at = 24
    for words, size in ((shown.marking_text, 12), (head(shown), 16)):
        for line in _wrapped(words, _CHARS * 13 // size):
            made.append(_text(16, at, line, f' font-size="{size}"'))
            at += size + 6
    made += _legend(shown, at)
    at += _ROW
    periods = [
        (f"{one[0].period.key} … {one[1].period.key}", None) if isinstance(one, tuple)
        else (one.period.key, one.table.total)
        for one in runs(shown.slices)
    ]  # fmt: skip
    at = _bars(made, shown, periods, at)
    if shown.whole.rows:
        made.append(_text(16, at + 14, f"by row, {span_words(shown)}"))
        order = sorted(shown.whole.rows, key=lambda row: (-sum(drawn(shown.measure, row)), row.key))
        at = _bars(made, shown, [(shown.titles.get(row.key, row.key), row) for row in order], at + _ROW)
    for words in (
        *happened(shown),
        foot(shown),
        shown.note,
        f"Counted by {shown.measure.at}. {shown.measure.definition}",
        shown.marking_text,
    ):
        for line in _wrapped(words, _CHARS * 13 // 12):
            at += 17
            made.append(_text(16, at, line, ' font-size="12"'))
    return made, at + 16


def _legend(shown: Figure, at: int) -> Iterator[str]:
    left = 16
    for fill, place in zip(_FILLS, shown.measure.drawn, strict=False):
        title = shown.measure.columns[place].title
        yield f'<rect x="{left}" y="{at - 11}" width="14" height="12" {fill}/>'
        yield _text(left + 20, at, title)
        left += 40 + 8 * len(title)
    yield _text(left, at, unit_of(shown.measure))


def _bars(made: list[str], shown: Figure, rows: Sequence[tuple[str, Tally | None]], at: int) -> int:
    """Draw one bar below another; where the next element begins."""
    top = max((sum(drawn(shown.measure, tally)) for _, tally in rows if tally is not None), default=0.0)
    for label, tally in rows:
        made.append(_text(16, at + 11, label if len(label) <= 28 else f"{label[:27]}…"))
        if tally is None:
            made.append(_text(_LEFT, at + 11, "nothing"))
        else:
            made += _bar(shown, tally, at, top)
        at += _ROW
    return at + 6


def _bar(shown: Figure, tally: Tally, at: int, top: float) -> Iterator[str]:
    left = float(_LEFT)
    for fill, part in zip(_FILLS, drawn(shown.measure, tally), strict=False):
        width = part / top * (WIDTH - _LEFT - _RIGHT) if top else 0.0
        if width:
            yield f'<rect x="{left:.1f}" y="{at}" width="{width:.1f}" height="{_BAR}" {fill}/>'
        left += width
    yield _text(round(left) + 6, at + 11, f"{drawn_words(shown.measure, tally)}  n = {tally.n:,}")


def _wrapped(words: str, most: int) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and len(line) + len(word) + 1 > most:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def _text(x: int, y: int, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}"{more}>{_clean(words)}</text>'


def _clean(words: str) -> str:
    return escape(safe_line(words))
