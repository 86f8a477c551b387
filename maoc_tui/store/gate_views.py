"""The text of the gate's views: the rule of domain.gate, once per table and viewer."""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns, and small numbers
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maoc_tui.store.gate_tables import ABOUT, BY_RIGHT, FOLLOWING, GOVERNED, RELEASES, Governed


@dataclass(frozen=True, slots=True)
class Views:
    """What is run on a new connection, in order, and the names of what that makes."""

    sql: tuple[str, ...]
    inner: frozenset[str]
    """Views that read the tables."""
    outer: frozenset[str]
    """Views of the tables' own names, over the inner ones."""


def statements(tables: Mapping[str, str], prefix: str, viewers: int) -> Views:
    """The views over the tables there are (name to a column that is no key); ``prefix`` must be beyond guessing."""
    rows = {
        **{name: _governed(name, prefix, viewers) for name in GOVERNED},
        **{name: _following(name, prefix) for name in FOLLOWING},
        **{name: _about(name, prefix) for name in ABOUT},
        **{name: _by_right(name, tables.get(name, ""), right, viewers) for name, right in BY_RIGHT.items()},
        RELEASES: f'SELECT t.* FROM main."{RELEASES}" t WHERE {_shown("t", prefix)}',
    }
    there = {name: select for name, select in rows.items() if name in tables}
    inner = (f'CREATE TEMP VIEW "{prefix}{name}" AS {select}' for name, select in there.items())
    outer = (f'CREATE TEMP VIEW "{name}" AS SELECT * FROM temp."{prefix}{name}"' for name in there)
    return Views((*inner, *outer), frozenset(prefix + name for name in there), frozenset(there))


def _governed(name: str, prefix: str, viewers: int) -> str:
    kind = GOVERNED[name]
    terms = [*(seen(kind, place) for place in range(viewers)), *_closure(kind, prefix)]
    return f'SELECT t.* FROM main."{name}" t WHERE {" AND ".join(terms)}'


def seen(kind: Governed, place: int) -> str:
    """Whether row ``t`` by itself is seen by the viewer at ``place``: domain.gate.may_see without the parent."""
    return f"""(SELECT gate_reads({place})) AND (
        t.originator = (SELECT gate_partner({place}))
        OR (t.{kind.recorded} >= (SELECT gate_named_from({place}))
            AND instr(t.releasable_to, (SELECT gate_named({place}))) > 0)
        OR {_released(place)}
    )"""


def _released(place: int) -> str:
    """Whether a release of row ``t`` to the viewer at ``place`` counts now."""
    return f"""EXISTS (
        SELECT 1 FROM main."release" r
        WHERE r.statement_id = t.id AND r.partner = (SELECT gate_partner({place}))
          AND r.from_ms <= (SELECT gate_now({place}))
          AND (r.until_ms IS NULL OR r.until_ms > (SELECT gate_now({place})))
          AND NOT EXISTS (SELECT 1 FROM main.release_recall x WHERE x.release_id = r.id)
    )"""


def _closure(kind: Governed, prefix: str) -> Iterator[str]:
    """The row it is a line of is seen too, if there is one."""
    if kind.column:
        above = f'EXISTS (SELECT 1 FROM temp."{prefix}{kind.parent}" p WHERE p.id = t.{kind.column})'
        yield f"(t.{kind.column} IS NULL OR {above})" if kind.alone else above


def _following(name: str, prefix: str) -> str:
    kind = FOLLOWING[name]
    above = f'SELECT 1 FROM temp."{prefix}{kind.table}" p WHERE p.id = t.{kind.column}'
    return f'SELECT t.* FROM main."{name}" t WHERE EXISTS ({above})'


def _by_right(name: str, column: str, right: str, viewers: int) -> str:
    """All rows or none. A count must touch a column, or SQLite takes it for a read of the table from outside."""
    terms = " AND ".join(f"(SELECT gate_{right}({place}))" for place in range(viewers))
    return f'SELECT t.* FROM main."{name}" t WHERE {terms} AND t."{column}" IS t."{column}"'


def _about(name: str, prefix: str) -> str:
    kind = ABOUT[name]
    target = f'EXISTS (SELECT 1 FROM temp."{prefix}target" p WHERE p.id = t.target_id)'
    hidden = (
        f'SELECT 1 FROM main."{kind.lines}" l WHERE l.{kind.column} = t.id AND NOT ({_shown("l", prefix)})'
    )
    return f'SELECT t.* FROM main."{name}" t WHERE {target} AND NOT EXISTS ({hidden})'


def _shown(row: str, prefix: str) -> str:
    """Whether the statement that ``row`` names is seen, whatever it is."""
    return " OR ".join(
        f'EXISTS (SELECT 1 FROM temp."{prefix}{name}" s WHERE s.id = {row}.statement_id)' for name in GOVERNED
    )
