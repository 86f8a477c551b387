"""data/safeguards.toml read and checked: each fault names the file, the question, the field and the reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain.partner_facts import VERIFICATION
from maoc_tui.domain.partner_fields import Row, one_of, require
from maoc_tui.domain.safeguards import Asked, Choice, Question, Safeguards, Task

COUNT = 25
"""Questions of the checklist."""
_INSTRUMENTS = ("treaty", "adequacy", "safeguards", "memorandum", "letter_of_intent", "cooperation")
_QUESTION = {
    "id", "text", "classes", "level", "kind", "note", "originators", "overrides", "source", "check", "answer",
}  # fmt: skip
_ANSWER = {"key", "text", "pass", "note", "partners", "instrument"}
_KEY = re.compile(r"[a-z0-9_]{1,16}")


@lru_cache(maxsize=1)
def shipped() -> Safeguards:
    """The checklist that ships with the program; Problem naming the fault when it has one."""
    return read(resources.data("safeguards.toml"), _classes())


def _classes() -> frozenset[str]:
    with resources.data("partner_classes.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["class"])


def read(path: Path, classes: Container[str]) -> Safeguards:
    """A checklist from a file; Problem naming file, question, field and reason of a fault."""
    from maoc_tui.problems import Problem

    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")), classes)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise Problem(f"{path}: {error}.", "Install maoc-tui again, or mend that entry.") from None


def parse(raw: Mapping[str, Any], classes: Container[str]) -> Safeguards:
    """The checklist of a document as read; ValueError naming question, field and reason."""
    states = frozenset(_words(raw, "directive_states", "the file"))
    questions = tuple(_question(row, classes, states) for row in _rows(raw, "question", "the file"))
    expected = [f"Q{number:02d}" for number in range(1, COUNT + 1)]
    require([q.id for q in questions] == expected, "question", "id", f"must be Q01 to Q{COUNT}, in order")
    for question in questions:
        known = {other.id for other in questions if other.blocks and other.asked is Asked.CHOICE}
        require(question.overrides <= known, question.id, "overrides", "names no blocking choice")
    urgent = raw.get("emergency", {})
    tasks = tuple(_task(row) for row in _rows(urgent, "task", "emergency"))
    hours = urgent.get("hours")
    require(type(hours) is int and 0 < hours <= 72, "emergency", "hours", "must be 1 to 72")
    as_of = raw.get("as_of")
    require(type(as_of) is date, "the file", "as_of", "must be a date")
    return Safeguards(questions, tasks, int(hours), _text(raw, "source", "the file"), as_of or date.min)


def _question(row: Row, classes: Container[str], states: frozenset[str]) -> Question:
    entry = str(row.get("id", "a question"))
    odd = sorted(set(row) - _QUESTION)
    require(not odd, entry, odd[0] if odd else "", "is no field of a question")
    named = _words(row, "classes", entry)
    for name in named:
        require(name == "all" or name in classes, entry, "classes", f"{name!r} is no recipient class")
    asked = Asked(one_of(row.get("kind"), tuple(Asked), entry, "kind"))
    choices = tuple(_choice(one, entry, states) for one in row.get("answer", ()))
    _consistent(asked, choices, row, entry)
    return Question(
        id=entry,
        text=_text(row, "text", entry),
        classes=frozenset() if "all" in named else frozenset(named),
        blocks=one_of(row.get("level"), ("block", "warn"), entry, "level") == "block",
        asked=asked,
        source=_text(row, "source", entry),
        check=one_of(row.get("check"), VERIFICATION, entry, "check"),
        choices=choices,
        note=str(row.get("note", "")),
        originators=frozenset(_words(row, "originators", entry, needed=False)),
        overrides=frozenset(_words(row, "overrides", entry, needed=False)),
    )


def _consistent(asked: Asked, choices: tuple[Choice, ...], row: Row, entry: str) -> None:
    if asked is Asked.CHOICE:
        keys = [choice.key for choice in choices]
        require(len(keys) == len(set(keys)) > 1, entry, "answer", "needs two answers or more, each once")
        passing = {choice.passes for choice in choices}
        require(True in passing, entry, "answer", "none lets the release go on")
        require(False in passing or len(keys) > 2, entry, "answer", "none says no")
    else:
        require(not choices, entry, "answer", "is for a choice only")
    require(asked is not Asked.TEXT or bool(row.get("note")), entry, "note", "must say what to write")


def _choice(row: Row, entry: str, states: frozenset[str]) -> Choice:
    odd = sorted(set(row) - _ANSWER)
    require(not odd, entry, f"answer {odd[0] if odd else ''}", "is no field of an answer")
    key = str(row.get("key", ""))
    require(bool(_KEY.fullmatch(key)), entry, "answer key", f"{key!r} is no short word")
    passes = row.get("pass")
    require(isinstance(passes, bool), entry, f"answer {key}, pass", "must be true or false")
    partners = row.get("partners", "")
    require(partners in ("", "directive_states"), entry, f"answer {key}, partners", "is no list of states")
    kinds = _words(row, "instrument", entry, needed=False)
    for kind in kinds:
        one_of(kind, _INSTRUMENTS, entry, f"answer {key}, instrument")
    return Choice(
        key=key,
        text=_text(row, "text", f"{entry} {key}"),
        passes=bool(passes),
        note=str(row.get("note", "")),
        partners=states if partners else frozenset(),
        instruments=frozenset(kinds),
    )


def _task(row: Row) -> Task:
    kind = _text(row, "kind", "emergency task")
    each = one_of(row.get("each"), ("originator", "release"), kind, "each")
    text = _text(row, "text", kind)
    try:
        text.format(partner="", originator="")
    except (KeyError, IndexError, ValueError):
        raise ValueError(f"{kind}, text: only {{partner}} and {{originator}} may stand in it") from None
    return Task(kind, text, each)


def _rows(raw: Row, name: str, entry: str) -> list[Row]:
    rows = raw.get(name, [])
    good = isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)
    require(bool(good), entry, name, "is missing")
    return list(rows)


def _words(row: Row, name: str, entry: str, *, needed: bool = True) -> tuple[str, ...]:
    words = row.get(name, [])
    good = isinstance(words, list) and all(isinstance(word, str) and word for word in words)
    require(bool(good and (words or not needed)), entry, name, "must be a list of words")
    return tuple(words)


def _text(row: Row, name: str, entry: str) -> str:
    text = row.get(name)
    require(isinstance(text, str) and 0 < len(text) <= 400, entry, name, "must be 1 to 400 characters")
    return str(text)
