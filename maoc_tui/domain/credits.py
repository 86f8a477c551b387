"""Shares of credit: which partner gave the information, the asset, the prosecution; shares always add to one.

GAO-02-13 describes agencies that each report the same cocaine: a share says how much of one event is whose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from maoc_tui.domain.marking_entry import parse_partner
from maoc_tui.problems import BadInput

Shares = Mapping[str, Fraction]
"""Partner code to its share, above 0; together exactly 1."""
_SHARE = re.compile(
    r"([A-Za-z][A-Za-z0-9-]*)(?:\s*[ :=]\s*([0-9]{1,3}(?:/[0-9]{1,3}|\.[0-9]{1,4}|%)?))?", re.ASCII
)
_WAY_OUT = "Write them as ES 1/2, FR 1/2; codes alone share evenly."


def parse_shares(text: str) -> Shares:
    """Shares as typed: ``ES 1/2, FR 1/2``, ``ES 60%, PT 40%``, ``ES, FR, GB`` (evenly), ``ES``; BadInput otherwise."""
    entries = [part.strip() for part in text.split(",") if part.strip()]
    matches = [_SHARE.fullmatch(entry) for entry in entries]
    if not entries or None in matches:
        raise BadInput(f"{text.strip()[:60]!r} are no shares.", _WAY_OUT)
    said = [(parse_partner(match[1]), match[2]) for match in matches if match is not None]
    if len({code for code, _ in said}) != len(said):
        raise BadInput("A partner stands there twice.", "Give each partner one share.")
    if all(share is None for _, share in said):
        return {code: Fraction(1, len(said)) for code, _ in said}
    shares = {code: _fraction(share) for code, share in said}
    if (total := sum(shares.values())) != 1:
        raise BadInput(f"The shares add to {total}, not to 1.", _WAY_OUT)
    return shares


def format_shares(shares: Shares) -> str:
    """``ES 1/2, FR 1/2``, the greatest first; as ``parse_shares`` reads it."""
    order = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{code} {share}" for code, share in order)


def _fraction(text: str | None) -> Fraction:
    try:
        share = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1) if text else Fraction(0)
    except ZeroDivisionError:
        share = Fraction(0)
    if not 0 < share <= 1:
        raise BadInput(f"{text or 'nothing'} is no share.", _WAY_OUT)
    return share
