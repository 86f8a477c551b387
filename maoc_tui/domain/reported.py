"""A report, read for what stands in it behind a label: ``Name: HAVFRUEN; Flag: DK; Length: 11 m``.

What is read is an offer with the words it was read from, never a value of its own accord: a person takes it or not.
Prose is not read: whose name stands in a sentence, and of which ship a position is, only a person can tell. A label
counts at the beginning of a clause; one that stands there twice is read in neither place; the whole of what stands
behind it must be understood, or nothing of it is offered. A position is offered with the time it was seen, or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from maoc_tui.domain.identity import (
    is_placeholder,
    parse_call_sign,
    parse_hex,
    parse_imo,
    parse_mmsi,
    parse_registration,
)
from maoc_tui.domain.positions import parse_position
from maoc_tui.domain.state_codes import codes
from maoc_tui.domain.targets import Kind, TypeTable
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_dtg, parse_time
from maoc_tui.problems import BadInput

LONGEST = 2000
"""Characters of a report that are read."""
LINE_END = " / "
"""Stands for the end of a line where a report is kept in one line."""
_LABELS = {
    "name": "name|vessel name|ship name",
    "type": "type|vessel type|craft",
    "flag": "flag|flag state",
    "call_sign": "call ?sign|c/s",
    "mmsi": "mmsi(?: no\\.?| number)?",
    "imo": "imo(?: no\\.?| number)?",
    "registration": "registration|reg",
    "hex": "hex|icao ?24|24-bit address",
    "length_m": "length|loa",
    "position": "position|posn|pos",
    "at": "seen|seen at|time seen|sighted|sighted at|observed at",
    "source": "source",
}
_LABEL = re.compile(
    r"(?:^|[;|(,\n]|/{1,2} |\. )[ \t]*(?:"
    + "|".join(f"(?P<{field}>{words})" for field, words in _LABELS.items())
    + r")(?:[ \t]*[:=][ \t]*|[ \t]+(?=\d{7,9}(?!\w)))",
    re.IGNORECASE,
)
_END = re.compile(r"[;|\n()]| ?/{1,2} |\.(?= |$)")
_NO_VALUE = re.compile(
    r"(?:unknown|unk|not|no|none|nil|n/?[ak]|tb[cd]|to be|nothing|unnamed|[?x-]+)(?!\w)", re.IGNORECASE
)
_LENGTH = re.compile(r"(\d{1,3}(?:\.\d{1,2})?) ?(m|metres?|meters?|ft|feet)", re.IGNORECASE)
_UNSURE = frozenset({"NO", "NA"})
"""Codes of States that are as well words for having none."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One value read out of a report."""

    field: str
    """As the form and the command line call it: name, flag, mmsi, position, at ..."""
    value: str
    words: str
    """What it was read from, as it stands there."""


def one_line(text: str) -> str:
    """A report in one line, the ends of its lines marked."""
    return LINE_END.join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def read(
    text: str, now: datetime, kind: Kind, types: TypeTable, names: Mapping[str, str]
) -> tuple[Offer, ...]:
    """What a report says of a target of a kind, one offer a field, in the order of the labels above.

    ``names`` are the names of States by code (data/mid.csv).
    """
    said = one_line(text[:LONGEST])
    parsers: dict[str, Callable[[str], str]] = {
        "name": _name,
        "type": lambda words: types.parse(words, kind),
        "flag": lambda words: _flag(words, names),
        "call_sign": _call_sign,
        "mmsi": lambda words: str(parse_mmsi(words)),
        "imo": lambda words: str(parse_imo(words)),
        "registration": _registration,
        "hex": lambda words: f"{parse_hex(words):06X}",
        "length_m": _length,
        "position": lambda words: str(parse_position(words)),
        "at": lambda words: _time(words, now),
        "source": lambda words: words,
    }
    found = {offer.field: offer for offer in _offers(said, parsers)}
    if not {"position", "at"} <= found.keys():
        found.pop("position", None), found.pop("at", None)
    return tuple(found[field] for field in _LABELS if field in found)


def _offers(said: str, parsers: Mapping[str, Callable[[str], str]]) -> Iterator[Offer]:
    labels = list(_LABEL.finditer(said))
    fields = [str(label.lastgroup) for label in labels]
    ends = [*(one.start() for one in labels), len(said)][1:]
    for label, field, end in zip(labels, fields, ends, strict=True):
        words = _behind(said, label.end(), end, field)
        if fields.count(field) > 1 or not words or _NO_VALUE.match(words):
            continue
        try:
            value = printable(parsers[field](words), 80)
        except BadInput:
            continue
        if value and not is_placeholder(field, value):
            yield Offer(field, value, said[label.start() : label.end()].strip(" ;|(,/.") + f" {words}")


def _behind(said: str, begin: int, end: int, field: str) -> str:
    """What stands behind a label, to the end of its clause; of a list of words the first."""
    stop = _END.search(said, begin, end)
    words = said[begin : stop.start() if stop else end].strip(" ,.")
    return words if field == "position" else words.partition(",")[0].strip()


def _name(words: str) -> str:
    bare = words.strip("\"'“”«»")
    if not any(letter.isalpha() for letter in bare) or len(bare) > 40:
        raise BadInput("No name.", "")
    return bare


def _flag(words: str, names: Mapping[str, str]) -> str:
    if len(words) == 2 and words.upper() in codes() - _UNSURE:
        return words.upper()
    found = [code for code, name in names.items() if name.casefold() == words.casefold()]
    if len(found) != 1:
        raise BadInput("No State.", "")
    return found[0]


def _call_sign(words: str) -> str:
    if len(words.split()) > 1:
        raise BadInput("No call sign.", "")
    return parse_call_sign(words)


def _registration(words: str) -> str:
    if not any(letter.isdigit() or letter == "-" for letter in words):
        raise BadInput("No registration.", "")
    return parse_registration(words)


def _length(words: str) -> str:
    match = _LENGTH.fullmatch(words)
    if match is None:
        raise BadInput("No length.", "")
    return f"{match[1]} {'ft' if match[2].casefold().startswith('f') else 'm'}"


def _time(words: str, now: datetime) -> str:
    """A moment that has come; a clock time alone has no date, and is none."""
    if re.fullmatch(r"\d\d:?\d\dZ?", words, re.IGNORECASE):
        raise BadInput("No date.", "")
    then = parse_time(words, now)
    if then > now:
        raise BadInput("Still to come.", "")
    return format_dtg(then)
