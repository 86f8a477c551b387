"""Which State a number or mark speaks of: MID, 24-bit address block, registration prefix, call-sign series.

Tables come from data/ (desk.reference reads them). A territory with its own ISO code keeps it (BM, GI, FO);
the State behind it is what flags are compared by, for one State has many numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.contacts import Space
from maoc_tui.domain.identity import mmsi_of

States = frozenset[str]
"""ISO 3166 alpha-2 of the States a mark may belong to; empty when the tables do not say."""
NO_STATES: States = frozenset()

_MID_DIVISORS = (
    (0, 10_000_000, 10_000),  # coast 00MIDxxxx
    (10_000_000, 100_000_000, 100_000),  # group 0MIDxxxxx
    (111_000_000, 112_000_000, 1_000),  # SAR aircraft 111MIDxxx
    (200_000_000, 800_000_000, 1_000_000),  # ship MIDxxxxxx
    (800_000_000, 900_000_000, 100_000),  # handheld 8MIDxxxxx
    (980_000_000, 1_000_000_000, 10_000),  # craft 98MIDxxxx, aid 99MIDxxxx
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of 24-bit addresses given to one State."""

    first: int
    last: int
    code: str


@dataclass(frozen=True)
class FlagTables:
    """The tables, and what they say of one mark or of whole columns."""

    mid: Mapping[int, str]
    """MID to ISO alpha-2."""
    places: Mapping[int, str]
    """MID to the part of the State it stands for (Azores); only where there is one."""
    blocks: tuple[Block, ...]
    """In order of ``first``, without overlap."""
    registrations: Mapping[str, States]
    """Registration prefix to States."""
    call_signs: tuple[tuple[str, str, States], ...]
    """First and last prefix of a series, both of two or both of three characters, and its States."""
    state: Mapping[str, str]
    """ISO alpha-2 of a territory, or of a State itself, to the State."""
    names: Mapping[str, str]
    """ISO alpha-2 to a short English name."""

    def state_of(self, code: str) -> str:
        """The State behind a territory's code; the code itself when it is one or is not known."""
        return self.state.get(code, code)

    def of_mmsi(self, number: int) -> str:
        """ISO alpha-2 of an MMSI's MID; "" when it has none or the table does not know it."""
        return self.mid.get(mmsi_of(number).mid, "")

    def of_hex(self, address: int) -> str:
        """ISO alpha-2 of the block of a 24-bit address; "" outside every block."""
        at = int(np.searchsorted(self._starts, address, side="right")) - 1
        return self.blocks[at].code if at >= 0 and address <= self.blocks[at].last else ""

    def of_registration(self, mark: str) -> States:
        """The States whose prefix an aircraft's registration bears."""
        text = mark.strip().upper()
        head, hyphen, tail = text.partition("-")
        if hyphen:
            return self.registrations.get(f"{head}-{tail[:1]}") or self.registrations.get(head, NO_STATES)
        for length in range(min(4, len(text) - 1), 0, -1):
            if found := self.registrations.get(text[:length]):
                return found
        return NO_STATES

    def of_call_sign(self, sign: str) -> States:
        """The States whose series a ship's call sign is of; none when it has not the form of one.

        Letters alone are at most four (Radio Regulations, article 19): longer ones are names put there.
        """
        text = "".join(sign.upper().split())
        if not 3 <= len(text) <= 8 or not (text.isascii() and text.isalnum()):
            return NO_STATES
        if text.isdigit() or (text.isalpha() and len(text) > 4):
            return NO_STATES
        for first, last, states in self.call_signs:
            if first <= text[: len(first)] <= last:
                return states
        return NO_STATES

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.array([block.first for block in self.blocks], np.int64)

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.array([block.last for block in self.blocks], np.int64)

    @cached_property
    def _block_codes(self) -> NDArray[Any]:
        return np.array([*(block.code for block in self.blocks), ""], object)

    @cached_property
    def _mid_codes(self) -> NDArray[Any]:
        codes = np.full(1000, "", object)
        for mid, code in self.mid.items():
            codes[mid] = code
        return codes

    def flags(self, keys: NDArray[np.int64]) -> NDArray[Any]:
        """ISO alpha-2 per contact key, an object array of str; "" where nothing is known."""
        space, number = keys >> 40, keys & ((1 << 40) - 1)
        flags = np.full(len(keys), "", object)
        ships = np.flatnonzero(space == Space.AIS)
        flags[ships] = self._mid_codes[_mids(number[ships])]
        aircraft = np.flatnonzero(space == Space.ICAO)
        at = np.searchsorted(self._starts, number[aircraft], side="right") - 1
        inside = (at >= 0) & (number[aircraft] <= self._ends[at])
        flags[aircraft] = self._block_codes[np.where(inside, at, -1)]
        return flags


def _mids(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Maritime identification digits by the form of each MMSI; 0 where it has none."""
    mid = np.zeros_like(number)
    for first, last, divisor in _MID_DIVISORS:
        mid = np.where((number >= first) & (number < last), number // divisor % 1000, mid)
    return np.asarray(np.where((mid >= 201) & (mid <= 775), mid, 0))
