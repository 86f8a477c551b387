"""Figures in words: values with their units, the span, and what a chart finds, for its title."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.figure_shown import Figure, Slice
from maoc_tui.domain.figure_terms import Measure, shipped
from maoc_tui.domain.figures import Tally, Value
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.weights import format_kg, kilograms

NONE = "–"
_SPARKS = "▁▂▃▄▅▆▇█"
_CALLED = {
    "operations": "operations", "hit-rate": "operations", "basis": "operations", "consent": "requests",
    "cue": "targets", "assets": "taskings", "release": "questions", "quality": "records",
}  # fmt: skip


def worded(value: Value, unit: str, *, bare: bool = False) -> str:
    """A value with its unit, or ``bare`` under a heading that says it: ``1,688 kg``, ``2/3``, ``3.4 h``, ``67 %``."""
    if value is None:
        return NONE
    if unit == "kg":
        told = format_kg(int(value))
        return told.removesuffix(" kg") if bare else told
    if unit == "rate":
        return f"{float(value) * 100:.0f}{'' if bare else ' %'}"
    if unit == "share":
        return _share(Fraction(value))
    text = f"{float(value):,.1f}".removesuffix(".0")
    return text if bare or unit == "count" else f"{text} {unit}"


def _share(value: Fraction) -> str:
    return str(value) if value.denominator in (1, 2, 3, 4) and value < 10 else f"{float(value):,.2f}"


def plain(value: Value, unit: str) -> int | float | None:
    """A value for scripts: kilograms, hours, days, counts, and rates from 0 to 1."""
    if value is None or (isinstance(value, int) and unit != "kg"):
        return value
    return kilograms(int(value)) if unit == "kg" else round(float(value), 4)


def drawn(measure: Measure, tally: Tally) -> tuple[float, ...]:
    """What a chart draws of a row: the lengths of its parts."""
    return tuple(float(tally.values[at] or 0) for at in measure.drawn)


def drawn_words(measure: Measure, tally: Tally, *, bare: bool = True) -> str:
    """The same in words: ``1,688 + 840``; a last part that is nothing is not told."""
    held = [(tally.values[at], measure.columns[at].unit) for at in measure.drawn]
    while len(held) > 1 and not held[-1][0]:
        held.pop()
    return " + ".join(worded(value, unit, bare=bare) for value, unit in held)


def unit_of(measure: Measure) -> str:
    """The unit a chart is drawn in, for its legend; "" for a count."""
    unit = measure.columns[measure.drawn[0]].unit
    return {"count": "", "share": "events"}.get(unit, unit)


def counted_as(measure: Measure, n: int) -> str:
    """What n counts."""
    called = _CALLED.get(measure.code, "events")
    return called.removesuffix("s") if n == 1 else called


def adds_up(measure: Measure) -> bool:
    """Whether what is drawn of the parts adds to what is drawn of the whole: a median does not."""
    return all(measure.columns[at].id != "median" for at in measure.drawn)


def finding(shown: Figure) -> str:
    """What the chart shows, in one line: ``most in 2022-11, 3,800 kg of 5,488 kg; cocaine first``."""
    measure, total = shown.measure, sum(drawn(shown.measure, shown.whole.total))
    if not shown.n:
        return "nothing is counted in this span"
    told = []
    peak = max(shown.slices, key=lambda one: sum(drawn(measure, one.table.total)))
    whole = f" of {_sum(measure, shown.whole.total)}" if adds_up(measure) and len(shown.slices) > 1 else ""
    if total:
        most = "most" if adds_up(measure) else "longest"
        told.append(f"{most} in {peak.period.key}, {_sum(measure, peak.table.total)}{whole}")
    rows = sorted(shown.whole.rows, key=lambda row: -sum(drawn(measure, row)))
    if len(rows) > 1 and sum(drawn(measure, rows[0])) > sum(drawn(measure, rows[1])):
        told.append(f"{shown.titles.get(rows[0].key, rows[0].key)} first, {_sum(measure, rows[0])}")
    return "; ".join(told) or f"n = {shown.n}, and nothing to draw"


def _sum(measure: Measure, tally: Tally) -> str:
    unit = measure.columns[measure.drawn[0]].unit
    held = [tally.values[at] for at in measure.drawn]
    return worded(sum(value for value in held if value is not None), unit)


def span_words(shown: Figure) -> str:
    """The span in words: ``2022-10 to 2022-12``; to the day where it is no whole month or year."""
    first, last = shown.slices[0].period, shown.slices[-1].period
    if shown.from_ms == first.from_ms and shown.to_ms == last.to_ms:
        return first.key if first == last else f"{first.key} to {last.key}"
    return f"{from_ms(shown.from_ms):%Y-%m-%d} to {from_ms(shown.to_ms - 1):%Y-%m-%d}"


def foot(shown: Figure) -> str:
    """What stands under every chart and table: n, span, as of, source, marking."""
    as_of = format_dtg(from_ms(shown.as_of_ms))
    counts = f"n = {shown.n:,} {counted_as(shown.measure, shown.n)}"
    return f"{counts}, {span_words(shown)}, as of {as_of}, from this record, {shown.marking_text}"


def happened(shown: Figure) -> tuple[str, ...]:
    """What happened in the span that a reader of this chart must know, a line each."""
    found = shipped().during(shown.measure.code, shown.from_ms, shown.to_ms)
    return tuple(one.words for one in found)


def sparks(shown: Figure, most: int) -> str:
    """The last periods as a row of bars, each as high as what its chart draws."""
    lengths = [sum(drawn(shown.measure, one.table.total)) for one in shown.slices][-most:]
    top = max(lengths, default=0)
    if not top:
        return "·" * len(lengths)
    return "".join("·" if not one else _SPARKS[min(int(one / top * 8), 7)] for one in lengths)


def runs(slices: Sequence[Slice]) -> list[Slice | tuple[Slice, Slice]]:
    """The periods, with three or more in a row in which nothing is counted as one pair, the first and the last."""
    made: list[Slice | tuple[Slice, Slice]] = []
    empty: list[Slice] = []

    def close() -> None:
        made.extend([(empty[0], empty[-1])] if len(empty) > 2 else empty)
        empty.clear()

    for one in slices:
        if one.table.total.n:
            close()
            made.append(one)
        else:
            empty.append(one)
    close()
    return made
