"""Presets of who may read a statement: originator only, the Centre, all members; written out as codes.

A preset is what it comes to on the day: "all members" becomes the members' codes at once, so that a state that
joins later gets nothing by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from maoc_tui.domain.marking_entry import parse_releasable
from maoc_tui.domain.viewer import CENTRE

NAMES = ("originator only", "the Centre", "all members")
"""In the order the key goes through them; what was typed by hand is none of them."""
_REL = re.compile(r"(?i)(?:^|\s)rel(?:\s.*)?$")


def codes(name: str, members: Iterable[str], originator: str) -> tuple[str, ...]:
    """The partner codes a preset stands for; the originator needs none. KeyError for an unknown name."""
    found = {
        "originator only": frozenset[str](),
        "the Centre": frozenset({CENTRE}),
        "all members": frozenset({*members, CENTRE}),
    }[name]
    return tuple(sorted(found - {originator}))


def put(text: str, wanted: Iterable[str]) -> str:
    """A marking as typed, with other codes after ``rel``; a caveat in quotes stays where it is."""
    quoted = re.findall(r'"[^"]*"', text)
    bare = _REL.sub("", re.sub(r'"[^"]*"', "\0", text)).rstrip()
    for words in quoted[: bare.count("\0")]:
        bare = bare.replace("\0", words, 1)
    listed = ",".join(wanted)
    return f"{bare} rel {listed}".strip() if listed else bare


def following(text: str, members: Iterable[str], originator: str) -> tuple[str, str]:
    """The next preset after what stands in a marking as typed: its name, and the marking with it."""
    known = {name: frozenset(codes(name, members, originator)) for name in NAMES}
    found = re.search(r"(?i)(?:^|\s)rel\s(.*)$", text)
    now = parse_releasable(found[1]) if found else frozenset[str]()
    held = next((at for at, name in enumerate(NAMES) if known[name] == now), -1)
    if held == 0 and not text.strip():
        held = 0
    name = NAMES[(held + 1) % len(NAMES)]
    return name, put(text, codes(name, members, originator))
