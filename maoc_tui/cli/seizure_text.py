"""The seizure ledger in text: one line an event, one event whole, a table of figures with its n and doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.seizure_terms import shipped
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.weights import format_kg

if TYPE_CHECKING:
    from maoc_tui.desk.seizure_proof import LedgerProof
    from maoc_tui.desk.seizures import Figures, FindLine, SeizureRow, SeizureSheet
    from maoc_tui.domain.seizure_figures import Row
    from maoc_tui.domain.seizures import Weighing


def clean(lines: Iterable[str]) -> str:
    """Lines made printable, whatever people typed."""
    return "\n".join(
        " " * (len(line) - len(line.lstrip(" "))) + printable(line.strip(), 400) for line in lines
    )


def columns(rows: Iterable[SeizureRow]) -> list[dict[str, str]]:
    """One line an event, for a list."""
    return [
        {
            "ref": row.ref,
            "operation": row.operation,
            "when": row.when,
            "vessel": row.vessel,
            "lead": row.lead,
            "found": "; ".join(map(_found, row.finds)),
            "persons": ", ".join(f"{one.total} {one.condition.lower()}" for one in row.persons),
            "doubts": f"counted as {row.counted_as}" if row.counted_as else str(len(row.doubts) or ""),
        }
        for row in rows
    ]


def _found(line: FindLine) -> str:
    weight = weight_words(line.shown) if line.shown is not None else "not weighed"
    lost = "" if line.find.fate.name == "SEIZED" else " jettisoned"
    return f"{weight} {line.substance}{lost}"


def weight_words(weight: Weighing) -> str:
    """``3,281 kg net``; an estimate is never shown without saying so."""
    return f"{format_kg(weight.grams)} {shipped().bases[weight.basis].title}"


def sheet(shown: SeizureSheet) -> Iterator[str]:
    """Everything on one event."""
    row = shown.row
    yield f"{row.ref} {row.when} {row.vessel} {row.area}"
    yield f"  {row.marking}"
    if row.operation:
        yield f"  of {row.operation}"
    if shown.event.text:
        yield f"  {shown.event.text}"
    yield from _stated(shown)
    for find in row.finds:
        yield from _find(find)
    for account in shown.accounts:
        parts = ", ".join(f"{count} {code}" for code, count in account.nationalities)
        official = " official" if account.official else ""
        yield (
            f"  {account.total} {account.condition.lower()}{f' ({parts})' if parts else ''}: {account.source}{official}"
        )
    for item, links in shown.custody.items():
        yield f"  custody of {item}"
        for link in links:
            one = link.transfer
            held = f"{one.giver or 'found on board'} to {one.taker}, seal {one.seal or 'none'} {one.place}"
            yield f"    {_at(one.at_ms)} {held.strip()}{f' ! {link.gap}' if link.gap else ''}"
            if one.file:
                yield f"      {one.file}, {one.size} bytes, SHA-256 {one.sha256}"
    for doubt in row.doubts:
        yield f"  ? {doubt.text}"


def _stated(shown: SeizureSheet) -> Iterator[str]:
    terms = shipped()
    for what, held in shown.stated.items():
        for one in held:
            status = (
                f" {terms.flag_statuses[one.status].title}" if what == "FLAG" else f" {one.status}".rstrip()
            )
            yield f"  {terms.facts[what].title}: {value_words(what, one.value)}{status} ({one.source})"
    for what, value in shown.inherited.items():
        yield f"  {terms.facts[what].title}: {value} (from {shown.row.operation})"


def value_words(what: str, value: str) -> str:
    """A stated value in words: the title of a disposition or a type; anything else as it is."""
    terms = shipped()
    kind = terms.facts[what].kind
    if kind in ("vessel", "drugs"):
        return (terms.vessel if kind == "vessel" else terms.drugs)[value].title
    if kind == "type":
        from maoc_tui.desk.target_listing import types

        found = types().get(value)
        return found.title if found is not None else value
    return value


def _find(line: FindLine) -> Iterator[str]:
    packages = f", {line.find.packages} packages" if line.find.packages is not None else ""
    hidden = f", {line.find.hidden}" if line.find.hidden else ""
    yield f"  {line.find.ref} {_found(line)}{packages}{hidden}"
    for one in line.weights:
        mark = "*" if one is line.shown else " "
        official = ", official" if one.official else ""
        yield f"   {mark}{weight_words(one)}, {one.source}, {_at(one.at_ms)}{official} (typed {one.said})"


def _at(ms: int) -> str:
    return format_dtg(from_ms(ms))


def figures_rows(shown: Figures) -> list[dict[str, str]]:
    """A table of figures, its total last."""
    rows = [(shown.titles[row.key], row) for row in shown.rows]
    return [_figures(title, row) for title, row in (*rows, ("total", shown.total))]


def _figures(title: str, row: Row) -> dict[str, str]:
    return {
        "key": title,
        "n": str(row.n),
        "weighed": _kg(row.seized.weighed_g),
        "estimated": _kg(row.seized.estimated_g),
        "seized": _kg(row.seized.total_g),
        "jettisoned": _kg(row.jettisoned.total_g),
        "disrupted": _kg(row.disrupted_g),
        "unweighed": str(row.unweighed or ""),
    }


def _kg(grams: int) -> str:
    return format_kg(grams) if grams else ""


def beside_figures(shown: Figures, define: bool) -> Iterator[str]:
    """Persons, credits, doubts, definitions and marking under a table of figures."""
    terms = shipped()
    for one in shown.persons:
        if one.n:
            yield f"{terms.conditions[one.condition].title}: {one.total} (n = {one.n})"
    for credit in shown.credits:
        if credit.n:
            shares = ", ".join(f"{code} {share}" for code, share in credit.shares.items())
            yield f"{terms.facts[credit.kind].title}: {shares} (n = {credit.n})"
    yield from (f"? {doubt.ref} {doubt.text}" for doubt in shown.doubts)
    if define:
        yield from (f"{title}: {text}" for title, text in shown.definitions.items())
    if shown.marking is not None:
        yield str(shown.marking)


def proved(found: LedgerProof) -> Iterator[str]:
    """What comparing an event with the journal found."""
    if found.older:
        yield f"{found.older} lines were entered before their digests were kept; they cannot be proved."
    elif found.whole:
        yield f"{found.lines} lines say what was entered; nothing is gone."
    if found.broken:
        yield f"{len(found.broken)} lines do not say what was entered: {', '.join(found.broken)}"
    if found.gone:
        yield f"{len(found.gone)} lines were entered and are gone: {', '.join(found.gone)}"
    if found.hidden:
        yield f"{found.hidden} lines that are not shown to you were changed or are gone."
