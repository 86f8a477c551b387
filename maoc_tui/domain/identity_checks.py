"""Doubts about an identity, each with its reason: what the ``ID?`` badge says when it is opened.

No badge is proof. Sets of States are compared, for one State has many numbers; what the tables do not know
raises no doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maoc_tui.domain.contacts import Space, number_of, space_of
from maoc_tui.domain.identity import MmsiKind, imo_fault, is_placeholder, mmsi_of

if TYPE_CHECKING:
    from maoc_tui.domain.flags import FlagTables, States

NO_STATES: States = frozenset()


@dataclass(frozen=True, slots=True)
class Badge:
    """One reason to doubt an identity."""

    code: str
    """imo, mmsi-form, placeholder, mid-flag, call-sign-flag, hex-registration, hex-flag or mark-flag."""
    text: str
    """The reason, one sentence without a full stop."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one vessel or aircraft; empty or None where nothing is."""

    mmsi: int | None = None
    hex: int | None = None
    imo: int | None = None
    call_sign: str = ""
    """Of a ship; the flight identification of an aircraft is no call sign of a State's series."""
    registration: str = ""
    flag: str = ""
    """ISO alpha-2 of the flag claimed."""

    @classmethod
    def of_contact(
        cls, key: int, imo: int = 0, call_sign: str = "", registration: str = "", flag: str = ""
    ) -> Known:
        """What a contact says of itself; ``key`` as in domain.contacts, ``imo`` 0 for none."""
        space = space_of(key)
        if space is Space.AIS:
            return cls(mmsi=number_of(key), imo=imo or None, call_sign=call_sign, flag=flag)
        address = number_of(key) if space is Space.ICAO else None
        return cls(hex=address, registration=registration, flag=flag)


def badges(known: Known, tables: FlagTables) -> tuple[Badge, ...]:
    """Every doubt that the values raise, against each other and against the tables."""
    return (*_numbers(known), *_ship(known, tables), *_aircraft(known, tables))


def _numbers(known: Known) -> Iterable[Badge]:
    if known.imo is not None and (fault := imo_fault(known.imo)):
        yield Badge("placeholder" if "placeholder" in fault else "imo", fault)
    if known.mmsi is not None:
        if is_placeholder("mmsi", known.mmsi):
            yield Badge("placeholder", f"MMSI {known.mmsi:09d} is a factory or default number")
        elif mmsi_of(known.mmsi).kind is MmsiKind.NONE:
            yield Badge("mmsi-form", f"{known.mmsi:09d} has no form of an MMSI")
    if known.hex is not None and is_placeholder("hex", f"{known.hex:06x}"):
        yield Badge("placeholder", f"address {known.hex:06x} is a factory or default number")


def _ship(known: Known, tables: FlagTables) -> Iterable[Badge]:
    by_mid = NO_STATES
    if known.mmsi is not None and not is_placeholder("mmsi", known.mmsi):
        code = tables.of_mmsi(known.mmsi)
        by_mid = frozenset({tables.state_of(code)}) if code else by_mid
        mid = mmsi_of(known.mmsi).mid
        if _apart(known.flag, by_mid, tables):
            yield Badge(
                "mid-flag", f"MID {mid} is {_names(by_mid, tables)}, the flag claimed is {known.flag}"
            )
    nobody = is_placeholder("call_sign", known.call_sign)
    series = NO_STATES if nobody else tables.of_call_sign(known.call_sign)
    if _apart(known.flag, series, tables):
        reason = (
            f"call sign {known.call_sign} is of {_names(series, tables)}, the flag claimed is {known.flag}"
        )
        yield Badge("call-sign-flag", reason)
    elif not known.flag and series and by_mid and not series & by_mid:
        reason = (
            f"call sign {known.call_sign} is of {_names(series, tables)}, the MID of {_names(by_mid, tables)}"
        )
        yield Badge("call-sign-flag", reason)


def _aircraft(known: Known, tables: FlagTables) -> Iterable[Badge]:
    by_block = NO_STATES
    if known.hex is not None and (code := tables.of_hex(known.hex)):
        by_block = frozenset({tables.state_of(code)})
    by_mark = tables.of_registration(known.registration)
    if by_block and by_mark and not by_block & by_mark:
        yield Badge(
            "hex-registration",
            f"address {known.hex:06x} is of {_names(by_block, tables)}, "
            f"registration {known.registration} of {_names(by_mark, tables)}",
        )
    if _apart(known.flag, by_block, tables):
        reason = f"address {known.hex:06x} is of {_names(by_block, tables)}, the flag claimed is {known.flag}"
        yield Badge("hex-flag", reason)
    if _apart(known.flag, by_mark, tables):
        whose = _names(by_mark, tables)
        reason = f"registration {known.registration} is of {whose}, the flag claimed is {known.flag}"
        yield Badge("mark-flag", reason)


def _apart(flag: str, states: States, tables: FlagTables) -> bool:
    return bool(flag and states) and tables.state_of(flag.upper()) not in states


def _names(states: States, tables: FlagTables) -> str:
    return " or ".join(f"{tables.names.get(state, state)}" for state in sorted(states))
