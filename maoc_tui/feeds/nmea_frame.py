"""The frame of an AIS sentence: where it begins and ends, its checksum, and what is wrong with a bad one.

IEC 61162-1 (NMEA 0183): ``!aaVDM,total,number,sequence,channel,payload,fill*checksum``; before it may stand a
tag block (IEC 61162-450, NMEA 4.10) or a log's own time, after it a coast guard network's suffix.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

CLEAN = re.compile(
    rb"([^!\\]*)(?:\\([^\\]*)\\\s*)?"
    rb"!(([!-~]{2}(?i:VD[MO])),([1-9]),([1-9]),([0-9]?),([^,*!]?),([0-W`-w]+),([0-5]))"
    rb"\*([0-9A-Fa-f]{2})(?![0-9A-Fa-f])([^!\\]*)(?:\\[^!]*)?"
)
"""A whole line with one well-formed sentence. Groups: before, tag block, summed part, talker and type, total,
number, sequence, channel, payload, fill bits, checksum, after."""

HEAD = re.compile(rb"![!-~]{2}(?i:VD[MO])(?![A-Za-z0-9])")
"""What makes a record: the start of an AIS sentence, wherever it stands in its line."""

OPENING = re.compile(HEAD.pattern + rb",[0-9]*,[0-9]*,[0-9]*,")
"""The first fields of an AIS sentence: enough to recognise a log by."""

_UNIT = re.compile(rb"(?:\\[^\\!]*\\\s*)?" + HEAD.pattern)
_FOLDS = (512, 256, 128, 64, 32, 16, 8)
_LEGAL = re.compile(rb"[0-W`-w]*")
_HEX = re.compile(rb"[0-9A-Fa-f]{2}(?![0-9A-Fa-f])")


def checksum(body: bytes) -> int:
    """Exclusive or of all bytes; 0 of none. Folds long integers, which is faster than a byte at a time."""
    if len(body) > 128:
        return reduce(xor, body)
    value = int.from_bytes(body, "big")
    for fold in _FOLDS:
        value ^= value >> fold
    return value & 0xFF


def units(line: bytes) -> list[bytes]:
    """A line split into pieces of one sentence with its tag block; the first keeps what precedes."""
    starts = [found.start() for found in _UNIT.finditer(line)]
    return [line[a:b] for a, b in zip([0, *starts[1:]], [*starts[1:], len(line)], strict=True)]


def sentence(unit: bytes) -> re.Match[bytes] | None:
    """The match of CLEAN for a piece that holds one sentence, whatever stands before it."""
    found = CLEAN.fullmatch(unit)
    if found:
        return found
    head = HEAD.search(unit)
    return CLEAN.fullmatch(unit, head.start()) if head else None


def around(line: bytes) -> tuple[bytes, bytes | None, bytes]:
    """What stands before a plain sentence and its tag block, the tag block if there is one, what comes after."""
    bang = line.index(b"!")
    before, *tag = line[:bang].split(b"\\")
    return before, tag[0] if tag else None, line[line.index(b"*", bang) + 3 :]


def fault(unit: bytes) -> tuple[str, str]:
    """Field and reason why a piece that begins like an AIS sentence is none; ("", "") when it is one."""
    head = HEAD.search(unit)
    if not head:
        return "sentence", "no AIS sentence"
    body, star, rest = unit[head.start() + 1 :].partition(b"*")
    if not star:
        return "checksum", "missing: the sentence is cut or unprotected"
    given = _HEX.match(rest)
    if not given:
        return "checksum", "not two hexadecimal digits"
    total = checksum(body)
    if int(given[0], 16) != total:
        return "checksum", f"says {given[0].decode().upper()}, the sentence sums to {total:02X}"
    return _field_fault(body.split(b","))


def _field_fault(fields: list[bytes]) -> tuple[str, str]:
    """What is wrong in the comma-separated fields of a sentence whose checksum is right."""
    if len(fields) != 7:
        return "sentence", f"{len(fields)} fields, 7 expected"
    _, total, number, sequence, channel, payload, fill = fields
    if not re.fullmatch(rb"[1-9]", total) or not re.fullmatch(rb"[1-9]", number):
        return "part", f"part {_show(number)} of {_show(total)}: parts are numbered 1 to 9"
    if number > total:
        return "part", f"part {_show(number)} of {_show(total)}"
    if not re.fullmatch(rb"[0-9]?", sequence):
        return "sequence", f"{_show(sequence)} is not one digit"
    if len(channel) > 1:
        return "channel", f"{_show(channel)} is not a channel"
    if not payload:
        return "payload", "empty"
    legal = _LEGAL.match(payload)
    if legal and legal.end() < len(payload):
        return "payload", f"illegal character {payload[legal.end() :][:1]!r} at {legal.end() + 1}"
    if not re.fullmatch(rb"[0-5]", fill):
        return "fill", f"{_show(fill)} fill bits: 0 to 5 expected"
    return "", ""


def _show(value: bytes) -> str:
    return value[:12].decode("ascii", "replace") or "(blank)"
