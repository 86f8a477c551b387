"""A national file explained by a small TOML file: which column says what, or what holds for every row."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maoc_tui.domain.text import printable
from maoc_tui.geo.official import Refused, Source
from maoc_tui.geo.official_columns import Described, code_of, sovereign
from maoc_tui.geo.zonemodel import KINDS, STATUSES
from maoc_tui.problems import BadInput

_TEXTS = ("source", "edition", "licence", "attribution", "layer", "kind", "status", "name", "territory")
_COLUMNS = ("kind", "states", "status", "name", "territory")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mapping file says."""

    source: Source
    layer: str | None
    fixed: Mapping[str, str]
    states: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Value of the kind column, in lower case, to kind."""

    def describe(self, fields: Mapping[str, object]) -> Described:
        """Kind, states, status and name of a row. Raises Refused naming the column."""
        kind = self._one(fields, "kind")
        kind = self.kinds.get(kind.lower(), kind)
        if kind not in KINDS or kind == "land":
            raise Refused(self._column("kind"), f"{printable(kind, 40)!r} is no kind of zone")
        states = self._states(fields)
        if not states and kind != "high_seas":
            raise Refused(self._column("states"), "names no state")
        usual = "joint" if kind == "joint" else "disputed" if len(states) > 1 else "agreed"
        status = self._one(fields, "status").lower() or usual
        if status not in STATUSES:
            raise Refused(
                self._column("status"), f"{printable(status, 40)!r} is none of {', '.join(STATUSES)}"
            )
        ground = self._one(fields, "territory")
        code = code_of(ground) if ground else (states[0] if states else "")
        if code is None:
            raise Refused(self._column("territory"), f"{printable(ground, 40)!r} is no territory known here")
        name = printable(self._one(fields, "name"), 120) or f"{'/'.join(states)} {kind}".strip()
        return Described(kind, states, status, name, code)

    def _column(self, what: str) -> str:
        return "/".join(self.columns.get(what, (what,)))

    def _one(self, fields: Mapping[str, object], what: str) -> str:
        values = (fields.get(column) for column in self.columns.get(what, ()))
        text = next((str(v).strip() for v in values if v is not None and str(v).strip()), "")
        return text or self.fixed.get(what, "")

    def _states(self, fields: Mapping[str, object]) -> tuple[str, ...]:
        texts = [str(fields[c]) for c in self.columns.get("states", ()) if fields.get(c) is not None]
        words = [
            w for text in texts for w in text.replace(",", "/").replace(";", "/").split("/") if w.strip()
        ]
        found = []
        for word in words:
            code = code_of(word)
            if code is None:
                raise Refused(self._column("states"), f"{printable(word, 40)!r} is no state known here")
            found.append(sovereign(code))
        return tuple(dict.fromkeys(found)) or self.states


def load(path: Path) -> Reading:
    """Read a mapping file. Raises BadInput naming file and key."""
    file = printable(path.name, 80)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}.", "Check the path and the rights.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{file}: not valid TOML: {printable(str(error), 80)}.", "Mend that line.") from None
    for key, value in raw.items():
        if key not in (*_TEXTS, "states", "columns", "kinds"):
            raise _bad(
                file,
                key,
                "is not known",
                f"Known keys: {', '.join((*_TEXTS, 'states', 'columns', 'kinds'))}.",
            )
        if key in _TEXTS and not isinstance(value, str):
            raise _bad(file, key, "must be text")
    for key in ("source", "edition"):
        if not raw.get(key, "").strip():
            raise _bad(file, key, "is missing", "Say who published the data and which edition it is.")
    columns = {
        what: _names(file, f"columns.{what}", given) for what, given in _table(file, raw, "columns").items()
    }
    for what in columns:
        if what not in _COLUMNS:
            raise _bad(file, f"columns.{what}", "is not known", f"Known: {', '.join(_COLUMNS)}.")
    kinds = {str(k).lower(): v for k, v in _table(file, raw, "kinds").items()}
    for key, kind in (*kinds.items(), *([("kind", raw["kind"])] if "kind" in raw else [])):
        if kind not in KINDS or kind == "land":
            what = f"{printable(str(kind), 40)!r} is no kind of zone"
            raise _bad(file, str(key), what, f"Kinds: {', '.join(KINDS[1:])}.")
    if "kind" not in raw and "kind" not in columns:
        raise _bad(file, "kind", "is missing", "Give kind, or columns.kind.")
    texts = {key: printable(raw.get(key, ""), 200) for key in _TEXTS}
    source = Source(texts["source"], texts["edition"], texts["licence"], texts["attribution"])
    states = _fixed_states(file, raw.get("states", []))
    return Reading(source, raw.get("layer"), texts, states, columns, kinds)


def _fixed_states(file: str, given: Any) -> tuple[str, ...]:
    codes = [code_of(code) for code in _names(file, "states", given)] if given else []
    if None in codes:
        raise _bad(file, "states", "holds a code that is not known", "Use ISO 3166 codes.")
    return tuple(code for code in codes if code)


def _table(file: str, raw: dict[str, Any], key: str) -> dict[str, Any]:
    held = raw.get(key, {})
    if not isinstance(held, dict):
        raise _bad(file, key, "must be a table")
    return held


def _names(file: str, key: str, given: Any) -> tuple[str, ...]:
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _bad(file, key, "must be text or a list of texts")
    return tuple(name if key == "states" else name.lower() for name in names)


def _bad(file: str, key: str, what: str, way_out: str = "Mend that key.") -> BadInput:
    return BadInput(f"{file}: {printable(key, 60)} {what}.", way_out)
