"""Files a user writes, read as far as they can be: what is wrong is told by file, line, field and reason.

A file with a fault never stops the program. What can be understood of it counts, the rest keeps its default.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maoc_tui.problems import BadInput, Problem

_MOST = 20
"""Lines left out of one file before it is given up."""
_TOLD = 3
"""Faults told in one sentence; doctor tells them all."""
_HEAD = re.compile(r"\s*\[+\s*([^\]#]+?)\s*\]+")
_FIELD = re.compile(r"""\s*["']?([\w.+-]+)["']?\s*=""")
_WORD = re.compile(r"""\s*["']?([\w.-]+)""")
"""What a line that is no TOML may have been meant for."""
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in a user's file that cannot be understood."""

    path: Path
    line: int
    """From 1; 0 for the file itself."""
    field: str
    """``theme``, ``keys.filter``, ``feeds[2].url``; "" where none could be made out."""
    reason: str

    def __str__(self) -> str:
        where = [str(self.path), f"line {self.line}" if self.line else "", self.field]
        return f"{', '.join(part for part in where if part)}: {self.reason}"

    def problem(self) -> BadInput:
        """As what refuses to go on."""
        return BadInput(str(self), "Mend that, or move the file away.")


@dataclass(frozen=True, slots=True)
class Document:
    """What could be read of a file."""

    path: Path
    table: dict[str, Any]
    faults: tuple[Fault, ...]
    """Lines that are no TOML, left out."""
    lines: tuple[str, ...] = ()

    def fault(self, field: str, reason: str) -> Fault:
        """What is wrong with a field, with the line it stands in."""
        return Fault(self.path, line_of(self.lines, field), field, reason)


def read(path: Path) -> Document:
    """A TOML file without the lines that are none; a file that is not there is empty."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, FileNotFoundError) and not path.is_symlink():
            return Document(path, {}, ())
        reason = f"cannot be read ({error.__class__.__name__})"
        return Document(path, {}, (Fault(path, 0, "", reason),))
    lines, faults = text.splitlines(), []
    for _ in range(_MOST):
        try:
            return Document(path, tomllib.loads("\n".join(lines)), tuple(faults), tuple(lines))
        except tomllib.TOMLDecodeError as error:
            at = _line_amiss(str(error), lines)
            reason = f"not TOML: {_AT_LINE.sub('', str(error))}"
            faults.append(Fault(path, at, _meant(lines, at), reason))
            lines[at - 1] = ""
    return Document(path, {}, (*faults, Fault(path, 0, "", "too much of it is not TOML; none of it is used")))


def _line_amiss(message: str, lines: Sequence[str]) -> int:
    """The line an error names, or the last one with something in it."""
    said = _AT_LINE.search(message)
    at = min(int(said[1]), len(lines)) if said and said[1] else len(lines)
    while at > 1 and not lines[at - 1].strip():
        at -= 1
    return at


def _meant(lines: Sequence[str], at: int) -> str:
    """The field a line that is no TOML was meant for, with its table; "" where none can be made out."""
    if (word := _WORD.match(lines[at - 1])) is None:
        return ""
    table = next((table for _, table, field in reversed(tuple(_named(lines[: at - 1]))) if not field), "")
    return f"{table}.{word[1]}".lstrip(".")


def line_of(lines: Sequence[str], field: str) -> int:
    """The line of a field such as ``keys.filter`` or ``feeds[2].url``; that of its table, or 0, where it has none."""
    named = reversed(tuple(_named(lines)))  # the first line of a name counts
    found = {f"{table}.{name}".strip("."): number for number, table, name in named}
    while field:
        if field in found:
            return found[field]
        field = field.rpartition(".")[0]
    return 0


def _named(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Every line with a name: its number, its table, and its field, "" for the head of the table itself."""
    table, counted = "", dict[str, int]()
    for number, line in enumerate(lines, 1):
        if head := _HEAD.match(line):
            table = head[1].strip("\"'")
            counted[table] = counted.get(table, 0) + 1
            yield number, table, ""
            if line.lstrip().startswith("[["):
                table = f"{table}[{counted[table]}]"
                yield number, table, ""
        elif field := _FIELD.match(line):
            yield number, table, field[1]


def problem(faults: Sequence[Fault]) -> Problem:
    """What is told at start: the first faults, and where the others stand."""
    more = len(faults) - _TOLD
    said = "; ".join(str(fault) for fault in faults[:_TOLD])
    others = f" And {more} more." if more > 0 else ""
    return BadInput(f"{said}.{others}", "Everything else counts. maoc doctor lists what is to be mended.")


def of_keys(path: Path, refused: Iterable[tuple[str, str]]) -> tuple[Fault, ...]:
    """Faults of the user's own keys, a command and the reason each, with their lines in the settings."""
    wrong = tuple(refused)
    document = read(path) if wrong else Document(path, {}, ())
    return tuple(document.fault(f"keys.{name}", reason) for name, reason in wrong)
