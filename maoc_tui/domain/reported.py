"""A report in prose, read for what a form would ask: name, flag, type, numbers, length, place, time, source.

What is read is an offer with the words it was read from, never a value of its own accord: a person takes it or not.
Nothing is guessed: a flag counts where the text speaks of a flag, a length where a unit stands with it, and what can
be read in two ways is offered in neither. Words are those of data/report_words.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import takewhile
from typing import Any

from maoc_tui import resources
from maoc_tui.domain.identity import parse_call_sign, parse_hex, parse_imo, parse_mmsi, parse_registration
from maoc_tui.domain.positions import parse_position
from maoc_tui.domain.state_codes import codes
from maoc_tui.domain.times import format_dtg, parse_time
from maoc_tui.problems import BadInput, Problem

LONGEST = 2000
"""Characters of a report that are read."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One value read out of a report."""

    field: str
    """As the form and the command line call it: name, flag, mmsi, position, at ..."""
    value: str
    words: str
    """What it was read from, as it stands there."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of data/report_words.toml."""

    types: Mapping[str, str]
    """What a craft is called, in small letters -> code of its type."""
    flags: Mapping[str, str]
    """What a flag is called, in small letters -> ISO alpha-2."""
    no_names: frozenset[str]
    """Letters in capitals that are no name."""


@cache
def shipped() -> Words:
    """The words that ship with the program. Raises Problem naming the file and what is wrong with it."""
    path = resources.data("report_words.toml")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return read_words(raw)
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        KeyError,
        AttributeError,
        ValueError,
    ) as error:
        raise Problem(f"{path}: {error}", "Install maoc-tui again, or mend that file.") from None


def read_words(raw: Mapping[str, Any]) -> Words:
    """From the parsed TOML; raises ValueError for a word that means two things or a flag of no State."""
    made: dict[str, dict[str, str]] = {"types": {}, "flags": {}}
    for part, found in made.items():
        for code, words in raw[part].items():
            for word in words:
                if found.setdefault(word.casefold(), code) != code:
                    raise ValueError(f"{part}: {word!r} stands for {found[word.casefold()]} and {code}")
    if unknown := set(made["flags"].values()) - codes():
        raise ValueError(f"flags: {', '.join(sorted(unknown))} are no codes of States")
    return Words(made["types"], made["flags"], frozenset(raw["names"]["not"]))


_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_HALF = (
    r"(?:\d{4,7}(?:\.\d+)?|\d{1,3}(?:[°º] ?|[ :-])\d{1,2}(?:[.,]\d+)?(?!\d)['’′]?(?: ?\d{1,2}(?:\.\d+)?[\"”″])?"
    r"|\d{1,3}(?:\.\d+)?[°º]?)"
)
"""Degrees, degrees and minutes with or without seconds, or all digits in one."""
_PLACES = (
    re.compile(rf"(?<![\w.]){_HALF} ?[NS][ ,/;]*{_HALF} ?[EW]\b", re.IGNORECASE),
    re.compile(rf"\b[NS] ?{_HALF}[ ,/;]*[EW] ?{_HALF}(?!\w)", re.IGNORECASE),
    re.compile(
        r"\b(?:position|posn|pos)[ :=]*([+-]?\d{1,2}\.\d+(?: ?[,;] ?| )[+-]?\d{1,3}\.\d+)\b", re.IGNORECASE
    ),
)
_TIMES = (
    re.compile(r"\b\d{6}Z(?: ?[A-Z]{3}(?: ?\d{2,4})?)?\b", re.IGNORECASE),
    re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)? ?(?:Z|[+-]\d\d:?\d\d)", re.IGNORECASE),
    re.compile(r"\b\d{2}:?\d{2}Z\b", re.IGNORECASE),
)
_MMSI = re.compile(r"\bMMSI(?: no\.?| number)?[ :=]*(\d{9})\b", re.IGNORECASE)
_IMO = re.compile(r"\bIMO(?: no\.?| number)?[ :=]*(\d{7})\b", re.IGNORECASE)
_CALL_SIGN = re.compile(r"\bcall ?sign[ :=]*([A-Z0-9]{3,7})\b", re.IGNORECASE)
_HEX = re.compile(r"\b(?:hex|icao(?: ?24)?|mode ?s)[ :=]*([0-9A-F]{6})\b", re.IGNORECASE)
_REGISTRATION = re.compile(r"\b(?:registration|registered as|reg\.?)[ :=]+([A-Z0-9]{1,3}-?[A-Z0-9]{2,6})\b")
_LENGTH = re.compile(
    rf"(?<![\w.])({_NUMBER})[ -]?(m|metres?|meters?|ft|feet|foot)\b(?! (?:swell|waves?|seas?))",
    re.IGNORECASE,
)
_NAMED = (
    re.compile(r"[\"“«]([^\"”»\n]{2,40})[\"”»]"),
    re.compile(r"\b(?:vessel name|named|name)[ :=]+([A-Z][A-Z0-9 .'-]{1,38}[A-Z0-9])\b"),
    re.compile(r"\b(?:M/?V|M/?Y|S/?Y|S/?V|F/?V|M/?T)[ .]+([A-Z][A-Z0-9'-]+(?: [A-Z0-9][A-Z0-9'-]*){0,4})\b"),
)
_CAPITALS = re.compile(r"\b[A-Z][A-Z'-]+(?: (?:[A-Z][A-Z'-]+|[IVX]+|\d{1,3}))*\b")
_SOURCE = re.compile(r"\b(?:source|reported by|according to)[ :=]+([^.;,\n]{2,80})", re.IGNORECASE)
_FLAG = re.compile(r"\bflag(?:ged)?\b", re.IGNORECASE)
_OF = re.compile(r"(?: ?state)?(?: of| in)?[ :=]+(?:the )?", re.IGNORECASE)


def read(text: str, now: datetime, names: Mapping[str, str] | None = None) -> tuple[Offer, ...]:
    """What a report says, one offer a field, in the order of the form.

    ``names`` are the names of States by code (data/mid.csv), known beside the words of the shipped file. A value that
    cannot be understood, and a field of which the text says two different things, are left out.
    """
    said = " ".join(text[:LONGEST].split())
    flags = {name.casefold(): code for code, name in (names or {}).items()} | dict(shipped().flags)
    readers: tuple[tuple[str, Iterator[tuple[str, str]]], ...] = (
        ("type", _types(said)),
        ("position", _parsed(_found(_PLACES, said), lambda words: str(parse_position(words)))),
        ("at", _first(_parsed(_found(_TIMES, said), lambda words: _time(words, now)))),
        ("name", _first(_names(said))),
        ("flag", _flags(said, flags)),
        ("call_sign", _parsed(_grouped(_CALL_SIGN, said), parse_call_sign)),
        ("mmsi", _parsed(_grouped(_MMSI, said), lambda words: str(parse_mmsi(words)))),
        ("imo", _parsed(_grouped(_IMO, said), lambda words: str(parse_imo(words)))),
        ("registration", _parsed(_grouped(_REGISTRATION, said), parse_registration)),
        ("hex", _parsed(_grouped(_HEX, said), lambda words: f"{parse_hex(words):06X}")),
        ("length_m", _lengths(said)),
        ("source", _first(_grouped(_SOURCE, said))),
    )
    return tuple(offer for field, found in readers if (offer := _only(field, found)) is not None)


def _only(field: str, found: Iterator[tuple[str, str]]) -> Offer | None:
    """The value all readings agree on."""
    values = dict(found)
    if len(values) != 1:
        return None
    ((value, words),) = values.items()
    return Offer(field, value, words.strip())


def _first(found: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The first alone: what a report begins with is what it is about."""
    yield from list(found)[:1]


def _found(patterns: tuple[re.Pattern[str], ...], said: str) -> Iterator[tuple[str, str]]:
    """What the first pattern that finds anything finds."""
    for pattern in patterns:
        hits = [(match[match.lastindex or 0], match[0]) for match in pattern.finditer(said)]
        if hits:
            yield from hits
            return


def _grouped(pattern: re.Pattern[str], said: str) -> Iterator[tuple[str, str]]:
    yield from ((match[1].strip(), match[0]) for match in pattern.finditer(said))


def _parsed(found: Iterator[tuple[str, str]], parse: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """What can be understood, as it is written here."""
    for value, words in found:
        try:
            yield parse(value), words
        except BadInput:
            continue


def _time(words: str, now: datetime) -> str:
    then = parse_time(words, now)
    if then > now:
        raise BadInput("Still to come.", "")
    return format_dtg(then)


def _types(said: str) -> Iterator[tuple[str, str]]:
    """The type of the longest word that is there; two types of equal length are two readings."""
    low, types = said.casefold(), shipped().types
    there = [word for word in types if re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", low)]
    longest = [word for word in there if not any(word in other and word != other for other in there)]
    yield from ((types[word], word) for word in longest)


def _names(said: str) -> Iterator[tuple[str, str]]:
    for pattern in _NAMED:
        for match in pattern.finditer(said):
            if name := _clipped(match[1]):
                yield name, match[0]
    letters = [letter for letter in said if letter.isalpha()]
    if sum(letter.isupper() for letter in letters) * 2 > len(letters):
        return  # where all is in capitals they tell nothing
    for match in _CAPITALS.finditer(said):
        if len(name := _clipped(match[0])) >= 4:
            yield name, match[0]


def _clipped(words: str) -> str:
    """A name up to the first word that is none."""
    return " ".join(takewhile(lambda word: word.strip(".'-") not in shipped().no_names, words.split()))


def _flags(said: str, flags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """``Danish-flag sloop``, ``flag: VE``, ``flagged in Panama``, ``flying the flag of Togo``."""
    for match in _FLAG.finditer(said):
        before = said[: match.start()].rstrip(" -").casefold()
        known = [word for word in flags if re.search(rf"(?<!\w){re.escape(word)}$", before)]
        if known:
            word = max(known, key=len)
            yield flags[word], f"{word} {match[0]}"
            continue
        of = _OF.match(said, match.end())
        rest = said[of.end() :] if of is not None else ""
        code = re.match(r"[A-Z]{2}\b", rest)
        known = [word for word in flags if re.match(rf"{re.escape(word)}(?!\w)", rest.casefold())]
        if code is not None and code[0] in codes():
            yield code[0], f"{match[0]} {code[0]}"
        elif known:
            word = max(known, key=len)
            yield flags[word], f"{match[0]} {word}"


def _lengths(said: str) -> Iterator[tuple[str, str]]:
    for match in _LENGTH.finditer(said):
        unit = "ft" if match[2].casefold().startswith("f") else "m"
        figure = match[1].replace(",", ".")
        if 2 <= float(figure) <= (1500 if unit == "ft" else 460):
            yield f"{figure} {unit}", match[0]
