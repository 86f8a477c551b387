"""The text of the gate's views: the rule of domain.gate, once per table and viewer."""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns, and small numbers
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maoc_tui.domain.viewer import CENTRE
from maoc_tui.store import gate_masks
from maoc_tui.store.gate_tables import (
    ABOUT,
    BY_RIGHT,
    DIRECTORY,
    FOLLOWING,
    GOVERNED,
    RELEASES,
    About,
    Following,
    Governed,
)


@dataclass(frozen=True, slots=True)
class Views:
    """What is run on a new connection, in order, and the names of what that makes."""

    sql: tuple[str, ...]
    inner: frozenset[str]
    """Views that read the tables."""
    outer: frozenset[str]
    """Views of the tables' own names, over the inner ones."""


def statements(tables: Mapping[str, Sequence[str]], prefix: str, viewers: int) -> Views:
    """The views over the tables there are (name to its columns); ``prefix`` must be beyond guessing."""
    rows = {
        **{name: _governed(name, tables.get(name, ()), prefix, viewers) for name in GOVERNED},
        **{name: _following(name, prefix, viewers) for name in FOLLOWING},
        **{name: _about(name, prefix, viewers) for name in ABOUT},
        **{name: _by_right(name, tables.get(name, ()), right, viewers) for name, right in BY_RIGHT.items()},
        RELEASES: _releases(prefix, viewers),
        DIRECTORY: _directory(viewers),
        **{name: _steps(name, tables.get(name, ()), prefix, viewers) for name in gate_masks.STEPS},
    }
    there = {name: select for name, select in rows.items() if name in tables}
    below = {**dict(_halves(tables, prefix, viewers)), **there}
    inner = (f'CREATE TEMP VIEW "{prefix}{name}" AS {select}' for name, select in below.items())
    outer = (f'CREATE TEMP VIEW "{name}" AS SELECT * FROM temp."{prefix}{name}"' for name in there)
    return Views((*inner, *outer), frozenset(prefix + name for name in below), frozenset(there))


def _governed(name: str, columns: Sequence[str], prefix: str, viewers: int) -> str:
    kind = GOVERNED[name]
    terms = [*(seen(kind, place) for place in range(viewers)), *_closure(kind, prefix)]
    by_right = [_by_marking(kind, place) for place in range(viewers)]
    shown = gate_masks.columns(name, columns, by_right, [_live(place) for place in range(viewers)])
    return f'SELECT {shown} FROM main."{name}" t WHERE {" AND ".join(terms)}'


def seen(kind: Governed, place: int) -> str:
    """Whether row ``t`` by itself is seen by the viewer at ``place``: domain.gate.may_see without the parent."""
    released = f'EXISTS (SELECT 1 FROM main."release" r WHERE {_live(place)})'
    return f"(SELECT gate_reads({place})) AND ({_by_marking(kind, place)} OR {released})"


def _by_marking(kind: Governed, place: int, row: str = "t") -> str:
    """Whether the viewer at ``place`` is the originator of ``row``, or named where naming suffices."""
    return f"""{row}.originator = (SELECT gate_partner({place}))
        OR ({row}.{kind.recorded} >= (SELECT gate_named_from({place}))
            AND instr({row}.releasable_to, (SELECT gate_named({place}))) > 0)"""


def _live(place: int, statement: str = "t.id") -> str:
    """Whether release ``r`` of ``statement`` is to the viewer at ``place`` and counts now (plus: look up by row)."""
    return f"""r.statement_id = {statement} AND +r.partner = (SELECT gate_partner({place}))
          AND r.from_ms <= (SELECT gate_now({place}))
          AND (r.until_ms IS NULL OR r.until_ms > (SELECT gate_now({place})))
          AND NOT EXISTS (SELECT 1 FROM main.release_recall x WHERE x.release_id = r.id)"""


def _releases(prefix: str, viewers: int) -> str:
    """Those of statements that are seen; whom naming does not reach sees those to it and of its own, no others."""
    line = 'SELECT 1 FROM main."release_line" o WHERE o.proposal_id = t.proposal_id AND o.statement_id = t.statement_id'
    own = (
        f"(t.partner = {_partner(place)} OR {_member(place)}"
        f" OR EXISTS ({line} AND o.originator = {_partner(place)}))"
        for place in range(viewers)
    )
    return f'SELECT t.* FROM main."{RELEASES}" t WHERE {" AND ".join(own)} AND ({_shown("t", prefix)})'


def _closure(kind: Governed, prefix: str) -> Iterator[str]:
    """The row it is a line of is seen too, if there is one."""
    if kind.column:
        above = f'EXISTS (SELECT 1 FROM temp."{prefix}{kind.parent}" p WHERE p.id = t.{kind.column})'
        yield f"(t.{kind.column} IS NULL OR {above})" if kind.alone else above


def _following(name: str, prefix: str, viewers: int) -> str:
    kind = FOLLOWING[name]

    def under(view: str) -> str:
        return f'EXISTS (SELECT 1 FROM temp."{prefix}{view}" p WHERE p.id = t.{kind.column})'

    if not kind.part:
        return f'SELECT t.* FROM main."{name}" t WHERE {under(kind.table)}'
    own = " AND ".join(kind.part.format(partner=_partner(place)) for place in range(viewers))
    whole, part = under(kind.table + _WHOLE), under(kind.table + _PART)
    return f'SELECT t.* FROM main."{name}" t WHERE {whole} OR ({part} AND {own})'


def _by_right(name: str, columns: Sequence[str], right: str, viewers: int) -> str:
    """All rows or none. A count must touch a column, or SQLite takes it for a read of the table from outside."""
    terms = " AND ".join(f"(SELECT gate_{right}({place}))" for place in range(viewers))
    column = columns[-1] if columns else ""
    return f'SELECT t.* FROM main."{name}" t WHERE {terms} AND t."{column}" IS t."{column}"'


def _directory(viewers: int) -> str:
    """Channels of the officers in the directory: the whole one, one's own and the Centre's, or one's own."""
    terms = " AND ".join(
        f"""(SELECT gate_partners({place})) AND ((SELECT gate_directory({place})) = 'whole'
            OR o.partner = (SELECT gate_partner({place}))
            OR ((SELECT gate_directory({place})) = 'own_and_centre' AND o.partner = '{CENTRE}'))"""
        for place in range(viewers)
    )
    above = f"SELECT 1 FROM main.officer o WHERE o.id = t.officer_id AND {terms}"
    return f'SELECT t.* FROM main."{DIRECTORY}" t WHERE EXISTS ({above})'


_WHOLE, _PART = "_whole", "_part"
"""Views below that of a table in ABOUT that is shown to an originator in part."""


def _about(name: str, prefix: str, viewers: int) -> str:
    if ABOUT[name].part:
        return " UNION ALL ".join(f'SELECT * FROM temp."{prefix}{name}{half}"' for half in (_WHOLE, _PART))
    return _whole(name, prefix, viewers)


def _halves(tables: Mapping[str, Sequence[str]], prefix: str, viewers: int) -> Iterator[tuple[str, str]]:
    """Name and text of the views of what is shown as a whole, and of what an originator sees of the rest."""
    for name, kind in ABOUT.items():
        if kind.part and name in tables:
            told = " AND ".join(f"({_member(place)} OR {_by(place)})" for place in range(viewers))
            yield name + _WHOLE, f"{_whole(name, prefix, viewers)} AND {told}"
            yield name + _PART, _part(name, tables[name], prefix, viewers)


def _whole(name: str, prefix: str, viewers: int) -> str:
    kind = ABOUT[name]
    hidden = (
        f'SELECT 1 FROM main."{kind.lines}" l WHERE l.{kind.column} = t.id AND NOT ({_shown("l", prefix)})'
    )
    terms = [_of_target(prefix), *(_concerns(kind, place) for place in range(viewers))]
    return f'SELECT t.* FROM main."{name}" t WHERE {" AND ".join(terms)} AND NOT EXISTS ({hidden})'


def _part(name: str, columns: Sequence[str], prefix: str, viewers: int) -> str:
    kind = ABOUT[name]
    shown = ", ".join(f'{kind.part[c]} AS "{c}"' if c in kind.part else f't."{c}"' for c in columns)
    own = (
        f"t.partner <> {_partner(place)} AND {kind.origin.format(partner=_partner(place))}"
        for place in range(viewers)
    )
    whole = f'SELECT 1 FROM temp."{prefix}{name}{_WHOLE}" w WHERE w.id = t.id'
    terms = [_of_target(prefix), *own, f"NOT EXISTS ({whole})"]
    return f'SELECT {shown} FROM main."{name}" t WHERE {" AND ".join(terms)}'


def _of_target(prefix: str) -> str:
    return f'EXISTS (SELECT 1 FROM temp."{prefix}target" p WHERE p.id = t.target_id)'


def _partner(place: int) -> str:
    return f"(SELECT gate_partner({place}))"


def _member(place: int) -> str:
    """Whether naming reaches the viewer at ``place``."""
    return f"(SELECT gate_named_from({place})) IS NOT NULL"


def _by(place: int) -> str:
    return f"t.by_partner = {_partner(place)}"


def _concerns(kind: About, place: int) -> str:
    """Not to whom it is to, who would read how it was weighed; where naming does not reach, to whom it concerns."""
    own = f"{_by(place)} OR {kind.origin.format(partner=_partner(place))}"
    return f"t.partner <> {_partner(place)} AND ({_member(place)} OR {own})"


def _shown(row: str, prefix: str) -> str:
    """Whether the statement that ``row`` names is seen; of a kind that nobody releases it never is.

    Each kind more makes every statement on releases slower to prepare.
    """
    return " OR ".join(
        f'EXISTS (SELECT 1 FROM temp."{prefix}{name}" s WHERE s.id = {row}.statement_id)'
        for name in gate_masks.MASKS
    )


def _steps(name: str, columns: Sequence[str], prefix: str, viewers: int) -> str:
    """What became of a statement: all of it for who reads that by right, else what there was when it was released."""
    kind = FOLLOWING[name]
    above = f'EXISTS (SELECT 1 FROM temp."{prefix}{kind.table}" p WHERE p.id = t.{kind.column})'
    rights = [_by_right_of_parent(kind, place) for place in range(viewers)]
    later = gate_masks.STEPS[name].narrows
    begun = [
        f"({right} OR {later} OR t.entered_ms <= {_released_at(kind, place)})"
        for place, right in enumerate(rights)
    ]
    shown = gate_masks.steps(name, columns, " AND ".join(rights))
    return f'SELECT {shown} FROM main."{name}" t WHERE {" AND ".join((above, *begun))}'


def _by_right_of_parent(kind: Following, place: int) -> str:
    """Whether the viewer at ``place`` sees what row ``t`` belongs to as its originator, or named."""
    held = _by_marking(GOVERNED[kind.table], place, "g")
    return f'EXISTS (SELECT 1 FROM main."{kind.table}" g WHERE g.id = t.{kind.column} AND ({held}))'


def _released_at(kind: Following, place: int) -> str:
    """When what row ``t`` belongs to was released last to the viewer at ``place``; NULL when it was not."""
    return f"(SELECT max(r.from_ms) FROM main.release r WHERE {_live(place, f't.{kind.column}')})"
