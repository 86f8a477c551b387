"""Markings as they are typed: two keys for a grade (``B2``), two for a code (``H2``), or one line."""

from __future__ import annotations

import re

from maoc_tui.domain.marking import Classification, Grade, Handling, Marking, Source, Tlp
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,11}")
_QUOTED = re.compile(r'"([^"]*)"')
_CAVEAT_LIMIT = 200


def parse_grade(text: str) -> Grade:
    """Read the two keys of a grade, such as ``B2``."""
    word = text.strip().upper()
    if len(word) == 2 and word[0] in Source.__members__ and word[1] in "1234":
        return Grade(word[0], int(word[1]))
    raise BadInput(
        f"{text!r} is not a grade.", "Type source A, B, C or X and information 1 to 4, such as B2."
    )


def parse_handling(text: str) -> frozenset[Handling]:
    """Read one or more handling codes: ``H2``, ``H1,H2`` or ``H1 H2``."""
    words = re.split(r"[\s,+]+", text.strip().upper())
    if not all(word in Handling.__members__ for word in words):
        raise BadInput(f"{text!r} is not a handling code.", "Type H0, H1, H2 or H3, or several: H1,H2.")
    return frozenset(Handling[word] for word in words)


def parse_tlp(text: str) -> Tlp:
    """Read a TLP 2.0 label, with or without ``TLP:``. ``WHITE`` is version 1 and refused."""
    word = text.strip().upper().removeprefix("TLP:").replace("+", "_")
    if word not in Tlp.__members__:
        raise BadInput(f"{text!r} is not a TLP 2.0 label.", "Type CLEAR, GREEN, AMBER, AMBER+STRICT or RED.")
    return Tlp[word]


def parse_classification(text: str) -> Classification:
    """Read ``RESTRICTED``, ``EU SECRET``, ``UNCLASSIFIED`` and so on."""
    word = text.strip().upper().removeprefix("EU ").replace(" ", "_")
    if word not in Classification.__members__:
        raise BadInput(f"{text!r} is not a classification.", "Type UNCLASSIFIED or EU RESTRICTED.")
    return Classification[word]


def parse_releasable(text: str) -> frozenset[str]:
    """Read partner codes parted by commas or blanks. Empty text is the empty set: originator only."""
    return frozenset(parse_partner(word) for word in re.split(r"[\s,]+", text.strip()) if word)


def parse(text: str, originator: str, caveat: str = "") -> Marking:
    """Read one line such as ``B2 H2 TLP:AMBER rel ES,FR``; empty text is the default marking.

    The words after ``rel`` are partner codes. H3 needs its caveat: between quotes on the line, as in
    ``H3 "not before the boarding" rel ES``, or given apart.
    """
    quoted, rest = _QUOTED.findall(text), _QUOTED.sub(" ", text)
    if '"' in rest:
        raise BadInput(
            "The quotes of the caveat are not closed.", 'Write it as H3 "not before the boarding".'
        )
    words, _, partners = re.sub(r"(?i)(^|\s)rel(\s|$)", " \0 ", rest.replace("\0", " ")).partition("\0")
    grade, tlp, codes = None, None, frozenset[Handling]()
    for word in words.replace(",", " ").split():
        if word.upper().startswith("TLP:"):
            tlp = parse_tlp(word)
        elif word[0] in "hH":
            codes |= parse_handling(word)
        else:
            grade = parse_grade(word)
    said = "; ".join(filter(None, (part.strip() for part in (*quoted, caveat))))
    if said and Handling.H3 not in codes:
        raise BadInput("A caveat stands with H3 alone.", "Type H3 too, or leave the caveat out.")
    return make(originator, codes or None, grade, tlp, parse_releasable(partners), said)


def wants_caveat(text: str) -> bool:
    """Whether a line being typed carries H3 and not yet its caveat."""
    return '"' not in text and bool(re.search(r"\bH3\b", text, re.ASCII | re.IGNORECASE))


def make(
    originator: str,
    handling: frozenset[Handling] | None = None,
    grade: Grade | None = None,
    tlp: Tlp | None = None,
    releasable_to: frozenset[str] = frozenset(),
    caveat: str = "",
    classification: Classification = Classification.UNCLASSIFIED,
) -> Marking:
    """The marking said in parts: H2 and originator only where nothing is said; H3 needs its caveat."""
    codes = handling or frozenset({Handling.H2})
    said = printable(caveat, _CAVEAT_LIMIT + 1)
    if len(said) > _CAVEAT_LIMIT:
        raise BadInput(f"The caveat is longer than {_CAVEAT_LIMIT} characters.", "Shorten it.")
    if Handling.H3 in codes and not said:
        raise BadInput(
            "H3 says nothing without its caveat.", "Write the restriction, or choose H0, H1 or H2."
        )
    caveats = frozenset({said}) if said else frozenset[str]()
    origin = frozenset({parse_partner(originator)})
    return Marking(origin, codes, grade, tlp, classification, releasable_to, caveats)


def parse_partner(text: str) -> str:
    """Read one partner code in any case, such as ``es`` or ``MAOC``."""
    code = text.strip().upper()
    if not _CODE.fullmatch(code):
        raise BadInput(f"{text!r} is not a partner code.", "Write codes such as ES, PT or MAOC.")
    return code
