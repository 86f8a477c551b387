"""The gate's views of releases and of what originators were asked: as hidden as the statements they are about."""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns, and small numbers
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maoc_tui.store import gate_masks
from maoc_tui.store.gate_tables import ABOUT, RELEASES, SUBJECTS, About

WHOLE, PART = "_whole", "_part"
"""Views below that of a table in ABOUT that is shown to an originator in part."""
SEEN = "_seen"
"""Views below that of a governed table: the ids of the rows of it that are seen."""


def shown_in_halves(name: str, prefix: str, viewers: int) -> str:
    """What the view of a table in ABOUT selects."""
    if ABOUT[name].part:
        return " UNION ALL ".join(f'SELECT * FROM temp."{prefix}{name}{half}"' for half in (WHOLE, PART))
    return _whole(name, prefix, viewers)


def halves(tables: Mapping[str, Sequence[str]], prefix: str, viewers: int) -> Iterator[tuple[str, str]]:
    """Name and text of the views of what is shown as a whole, and of what an originator sees of the rest."""
    for name, kind in ABOUT.items():
        if kind.part and name in tables:
            told = " AND ".join(f"({member(place)} OR {_by(place)})" for place in range(viewers))
            yield name + WHOLE, f"{_whole(name, prefix, viewers)} AND {told}"
            yield name + PART, _part(name, tables[name], prefix, viewers)


WEIGHED = ("digest", "proposed_by", "approved_by", "approved_officer")
"""Columns of a release that its recipient is not shown: a digest lets guesses at the original be tried."""


def releases(columns: Sequence[str], prefix: str, viewers: int) -> str:
    """Those of statements that are seen; whom naming does not reach sees those to it and of its own, no others."""
    to_it = " OR ".join(f"t.partner = {partner(place)}" for place in range(viewers))
    shown = (
        f'CASE WHEN {to_it} THEN \'\' ELSE t."{one}" END AS "{one}"' if one in WEIGHED else f't."{one}"'
        for one in columns
    )
    line = 'SELECT 1 FROM main."release_line" o WHERE o.proposal_id = t.proposal_id AND o.statement_id = t.statement_id'
    own = (
        f"(t.partner = {partner(place)} OR {member(place)}"
        f" OR EXISTS ({line} AND o.originator = {partner(place)}))"
        for place in range(viewers)
    )
    terms = f"{' AND '.join(own)} AND ({_shown('t', prefix)})"
    return f'SELECT {", ".join(shown)} FROM main."{RELEASES}" t WHERE {terms}'


def partner(place: int) -> str:
    """The partner of the viewer at ``place``."""
    return f"(SELECT gate_partner({place}))"


def member(place: int) -> str:
    """Whether naming reaches the viewer at ``place``."""
    return f"(SELECT gate_named_from({place})) IS NOT NULL"


def _whole(name: str, prefix: str, viewers: int) -> str:
    kind = ABOUT[name]
    hidden = (
        f'SELECT 1 FROM main."{kind.lines}" l WHERE l.{kind.column} = t.id AND NOT ({_shown("l", prefix)})'
    )
    terms = [_of_subject(prefix), *(_concerns(kind, place) for place in range(viewers))]
    return f'SELECT t.* FROM main."{name}" t WHERE {" AND ".join(terms)} AND NOT EXISTS ({hidden})'


def _part(name: str, columns: Sequence[str], prefix: str, viewers: int) -> str:
    kind = ABOUT[name]
    masks = {**_subjects(prefix), **kind.part}
    shown = ", ".join(f'{masks[c]} AS "{c}"' if c in masks else f't."{c}"' for c in columns)
    own = (
        f"t.partner <> {partner(place)} AND {kind.origin.format(partner=partner(place))}"
        for place in range(viewers)
    )
    whole = f'SELECT 1 FROM temp."{prefix}{name}{WHOLE}" w WHERE w.id = t.id'
    terms = [*own, f"NOT EXISTS ({whole})"]
    return f'SELECT {shown} FROM main."{name}" t WHERE {" AND ".join(terms)}'


def _of_subject(prefix: str) -> str:
    """Whether the target, operation, seizure or asset that row ``t`` is about is seen."""
    return f"({' OR '.join(_is_seen(prefix, name) for name in SUBJECTS)})"


def _subjects(prefix: str) -> dict[str, str]:
    """Column that says what row ``t`` is about -> what it shows an originator: NULL for what is hidden from it."""
    return {
        column: f"CASE WHEN {_is_seen(prefix, name)} THEN t.{column} END" for name, column in SUBJECTS.items()
    }


def _is_seen(prefix: str, subject: str) -> str:
    return f'EXISTS (SELECT 1 FROM temp."{prefix}{subject}{SEEN}" p WHERE p.id = t.{SUBJECTS[subject]})'


def _by(place: int) -> str:
    return f"t.by_partner = {partner(place)}"


def _concerns(kind: About, place: int) -> str:
    """Not to whom it is to, who would read how it was weighed; where naming does not reach, to whom it concerns."""
    own = f"{_by(place)} OR {kind.origin.format(partner=partner(place))}"
    return f"t.partner <> {partner(place)} AND ({member(place)} OR {own})"


def _shown(row: str, prefix: str) -> str:
    """Whether the statement that ``row`` names is seen; of a kind that nobody releases it never is.

    Each kind more makes every statement on releases slower to prepare.
    """
    return " OR ".join(
        f'EXISTS (SELECT 1 FROM temp."{prefix}{name}{SEEN}" s WHERE s.id = {row}.statement_id)'
        for name in gate_masks.MASKS
    )
