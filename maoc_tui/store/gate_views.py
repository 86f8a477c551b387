"""The text of the gate's views: the rule of domain.gate, once per table and viewer."""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns, and small numbers
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maoc_tui.domain.viewer import CENTRE
from maoc_tui.store import gate_masks
from maoc_tui.store.gate_about import PART, SEEN, WHOLE, halves, partner, releases, shown_in_halves
from maoc_tui.store.gate_tables import (
    ABOUT,
    BESIDE,
    BY_RIGHT,
    DIRECTORY,
    FOLLOWING,
    GOVERNED,
    RELEASES,
    Beside,
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
        **{name: _beside(kind, name, prefix, viewers) for name, kind in BESIDE.items()},
        **{name: shown_in_halves(name, prefix, viewers) for name in ABOUT},
        **{name: _by_right(name, tables.get(name, ()), right, viewers) for name, right in BY_RIGHT.items()},
        RELEASES: releases(tables.get(RELEASES, ()), prefix, viewers),
        DIRECTORY: _directory(viewers),
        **{name: _steps(name, tables.get(name, ()), prefix, viewers) for name in gate_masks.STEPS},
    }
    there = {name: select for name, select in rows.items() if name in tables}
    seen_of = {name + SEEN: _seen(name, prefix, viewers) for name in GOVERNED if name in tables}
    below = {**seen_of, **dict(halves(tables, prefix, viewers)), **there}
    inner = (f'CREATE TEMP VIEW "{prefix}{name}" AS {select}' for name, select in below.items())
    outer = (f'CREATE TEMP VIEW "{name}" AS SELECT * FROM temp."{prefix}{name}"' for name in there)
    return Views((*inner, *outer), frozenset(prefix + name for name in below), frozenset(there))


def _governed(name: str, columns: Sequence[str], prefix: str, viewers: int) -> str:
    by_right = [_by_marking(GOVERNED[name], place) for place in range(viewers)]
    shown = gate_masks.columns(name, columns, by_right, [_live(place) for place in range(viewers)])
    return f'SELECT {shown} FROM main."{name}" t WHERE {_rule(name, prefix, viewers)}'


def _seen(name: str, prefix: str, viewers: int) -> str:
    """The ids of what is seen: whatever asks only that need not prepare the masks of every column."""
    return f'SELECT t.id FROM main."{name}" t WHERE {_rule(name, prefix, viewers)}'


def _rule(name: str, prefix: str, viewers: int) -> str:
    kind = GOVERNED[name]
    return " AND ".join((*(seen(kind, place) for place in range(viewers)), *_closure(kind, prefix)))


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


def _closure(kind: Governed, prefix: str) -> Iterator[str]:
    """Every row it is a line of is seen too."""
    for one in kind.line_of:
        above = _is_seen(prefix, one.table, one.column)
        yield f"(t.{one.column} IS NULL OR {above})" if one.alone else above


def _is_seen(prefix: str, table: str, column: str) -> str:
    """Whether the row of ``table`` that ``column`` of row ``t`` names is seen."""
    view = table + SEEN if table in GOVERNED else table
    return f'EXISTS (SELECT 1 FROM temp."{prefix}{view}" p WHERE p.id = t.{column})'


def _following(name: str, prefix: str, viewers: int) -> str:
    kind = FOLLOWING[name]
    if not kind.part:
        terms = [_is_seen(prefix, kind.table, kind.column)]
        terms += [_by_right_of_parent(kind, place) for place in range(viewers)] if kind.right else []
        terms += [_is_seen(prefix, kind.also[1], kind.also[0])] if kind.also else []
        return f'SELECT t.* FROM main."{name}" t WHERE {" AND ".join(terms)}'
    own = " AND ".join(kind.part.format(partner=partner(place)) for place in range(viewers))
    whole, part = (_is_seen(prefix, kind.table + half, kind.column) for half in (WHOLE, PART))
    return f'SELECT t.* FROM main."{name}" t WHERE {whole} OR ({part} AND {own})'


def _beside(kind: Beside, name: str, prefix: str, viewers: int) -> str:
    """Rows open by a right; those that name a statement only where that is seen otherwise than by a release."""
    terms = [f"(SELECT gate_{kind.right}({place}))" for place in range(viewers)]
    for column, table in kind.named:
        above = [_is_seen(prefix, table, column)]
        above += [_held(table, column, place) for place in range(viewers)]
        terms.append(f"(t.{column} IS NULL OR ({' AND '.join(above)}))")
    return f'SELECT t.* FROM main."{name}" t WHERE {" AND ".join(terms)}'


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


def _steps(name: str, columns: Sequence[str], prefix: str, viewers: int) -> str:
    """What became of a statement: all of it for who reads that by right, else what there was when it was released."""
    kind = FOLLOWING[name]
    above = _is_seen(prefix, kind.table, kind.column)
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
    return _held(kind.table, kind.column, place)


def _held(above: str, column: str, place: int) -> str:
    held = _by_marking(GOVERNED[above], place, "g")
    return f'EXISTS (SELECT 1 FROM main."{above}" g WHERE g.id = t.{column} AND ({held}))'


def _released_at(kind: Following, place: int) -> str:
    """When what row ``t`` belongs to was released last to the viewer at ``place``; NULL when it was not."""
    return f"(SELECT max(r.from_ms) FROM main.release r WHERE {_live(place, f't.{kind.column}')})"
