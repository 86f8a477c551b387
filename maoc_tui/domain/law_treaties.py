"""Which treaties bind the acting State to the flag State or the coastal State, by date and place.

The lists come from domain.treaty_lists. A State that no list names is not known to be a party, never taken for
none: the answer is then every value it may have, and the strictest of them stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from maoc_tui.domain.law_rules import Verification

OPTIONS = ("open", "silence", "consent")
"""What a party to the San José agreement may have chosen under its Art. 16."""


@dataclass(frozen=True, slots=True)
class Treaty:
    """One treaty: who is party since when, with which option, and where it applies."""

    code: str
    short: str
    complete: bool
    """The list of parties is whole."""
    verification: Verification
    parties: dict[str, date | None]
    """State to the day it was bound; None when the day is not known."""
    not_parties: frozenset[str] = frozenset()
    options: Mapping[str, str] | None = None
    area: tuple[float, float, float, float] | None = None
    """West, east, south, north in degrees; None is everywhere."""
    known_from: date | None = None
    """The day its list was read, or it came into force as the file says: from then on a party without a day is one."""
    in_force: bool | None = True
    """None: not known."""
    source: str = ""
    says: str = ""
    article: str = ""
    name: str = ""
    signed: date | None = None
    """The day it was made; before it, it binds nobody."""

    def binds(self, state: str, on: date) -> bool | None:
        """Whether it bound the State on that day; None when that is not known.

        A party without a day of its own is one today; how long it has been one before the list was read is not
        known. Before the treaty was made it bound nobody.
        """
        if self.signed is not None and on < self.signed:
            return False
        if state in self.parties:
            since = self.parties[state]
            if since is None:
                return True if self.known_from is None or on >= self.known_from else None
            return since <= on
        return False if self.complete or state in self.not_parties else None

    def covers(self, place: tuple[float, float] | None) -> bool | None:
        """Whether it applies at (lat, lon); None when no place is given."""
        if self.area is None:
            return True
        if place is None:
            return None
        west, east, south, north = self.area
        return west <= place[1] <= east and south <= place[0] <= north


@dataclass(frozen=True, slots=True)
class Bond:
    """What may bind two States: the values of a feature, what is not known, and how sure the lists are."""

    values: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    verification: Verification = Verification.VERIFIED
    says: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """Codes of the treaties whose lists of parties it was read from."""


@dataclass(frozen=True, slots=True)
class Treaties:
    """All treaties by code, and the territories by the State that answers for them."""

    by_code: dict[str, Treaty]
    sovereign: dict[str, str]
    as_of: date
    review_by: date

    def state(self, code: str) -> str:
        """The State that answers for a flag or coast: itself, or the territory's."""
        return self.sovereign.get(code, code)

    def with_flag(
        self, acting: str, flag: str, place: tuple[float, float] | None, on: date, members: frozenset[str]
    ) -> Bond:
        """The values of the feature ``treaty`` between acting and flag State."""
        mine, theirs = self.state(acting), self.state(flag)
        says = self._asides(mine, theirs, flag)
        doubted: list[str] = []
        for code in ("esit", "espt"):
            bound = self._both(code, mine, theirs, on)
            if bound:
                return Bond((code,), (), self.by_code[code].verification, says, (code,))
            doubted += [code] if bound is None else []
        found = self._without_bilateral(mine, theirs, place, on, members, says)
        words = (f"whether {self.by_code[code].short} was in force on that day" for code in doubted)
        return replace(
            found,
            values=(*doubted, *found.values),
            unknown=(*words, *found.unknown),
            lists=(*doubted, *found.lists),
        )

    def _without_bilateral(
        self,
        mine: str,
        theirs: str,
        place: tuple[float, float] | None,
        on: date,
        members: frozenset[str],
        says: tuple[str, ...],
    ) -> Bond:
        values, unknown = self._san_jose(mine, theirs, place, on)
        if values and not unknown.parties:
            return Bond(values, unknown.words, self.by_code["sj"].verification, says, ("sj",))
        rest = self._general(mine, theirs, on, members)
        words = (*unknown.words, *rest.unknown)
        lists = (*(["sj"] if values else []), *rest.lists)
        return Bond((*values, *rest.values), words, rest.verification, says, lists)

    def with_coast(self, acting: str, coast: str, place: tuple[float, float] | None, on: date) -> Bond:
        """The values of the feature ``coast_treaty`` between acting and coastal State."""
        mine, theirs = self.state(acting), self.state(coast)
        local, wide = self.by_code["frnl"], self._san_jose_coast(mine, theirs, place, on)
        if not (self._both("frnl", mine, theirs, on) and local.covers(place)) or local.in_force is False:
            return wide
        if local.in_force:
            return Bond(("frnl",), (), local.verification, lists=("frnl",))
        words = (f"whether the agreement {local.short} is in force", *wide.unknown)
        values = tuple(dict.fromkeys(("none", "frnl", *wide.values)))
        return Bond(values, words, local.verification, lists=("frnl", *wide.lists))

    def _san_jose_coast(self, mine: str, theirs: str, place: tuple[float, float] | None, on: date) -> Bond:
        """The values under San José Art. 12; "none" beside them where it is not known to bind both, or to apply."""
        wide = self.by_code["sj"]
        bound, within = self._both("sj", mine, theirs, on), wide.covers(place)
        if bound is False or within is False:
            return Bond(("none",))
        parties = tuple(
            f"whether {state} is a party to {wide.short}"
            for state in (mine, theirs)
            if wide.binds(state, on) is None
        )
        words = (*parties, f"whether {theirs} elected entry on notice under {wide.short}")
        open_too = () if bound and within else ("none",)
        return Bond((*open_too, "sj_ask", "sj_notice"), words, wide.verification, lists=("sj",))

    def _both(self, code: str, mine: str, theirs: str, on: date) -> bool | None:
        """Whether it bound two States to each other; None where that is not known of one and of neither denied."""
        treaty = self.by_code[code]
        found = (mine != theirs, treaty.binds(mine, on), treaty.binds(theirs, on))
        return False if False in found else None if None in found else True

    def _san_jose(
        self, mine: str, theirs: str, place: tuple[float, float] | None, on: date
    ) -> tuple[tuple[str, ...], _Doubt]:
        treaty = self.by_code["sj"]
        bound, within = treaty.binds(theirs, on), treaty.covers(place)
        own = treaty.binds(mine, on)
        if own is False or bound is False or within is False or mine == theirs:
            return (), _Doubt((), True)
        option = (treaty.options or {}).get(theirs)
        values = (f"sj_{option}",) if option else tuple(f"sj_{one}" for one in OPTIONS)
        words = [
            f"whether {state} is a party to {treaty.short}"
            for state, party in ((mine, own), (theirs, bound))
            if party is None
        ]
        if bound and not option:
            words.append(f"which option of {treaty.short} Art. 16 {theirs} chose")
        if within is None:
            words.append(f"whether the place is in the area of {treaty.short}")
        return values, _Doubt(tuple(words), None in (own, bound, within))

    def _general(self, mine: str, theirs: str, on: date, members: frozenset[str]) -> Bond:
        agreed = self._both("coe", mine, theirs, on)
        if agreed:
            return Bond(("coe",), (), self.by_code["coe"].verification, lists=("coe",))
        if agreed is None:
            rest = self._by_convention(mine, theirs, on, members)
            words = (f"whether {self.by_code['coe'].short} bound both on that day", *rest.unknown)
            return replace(rest, values=("coe", *rest.values), unknown=words, lists=("coe", *rest.lists))
        return self._by_convention(mine, theirs, on, members)

    def _by_convention(self, mine: str, theirs: str, on: date, members: frozenset[str]) -> Bond:
        convention = self.by_code["v88"]
        if mine in members and theirs in members:
            return Bond(("member",), (), convention.verification, lists=("v88",))
        doubts = tuple(
            f"whether {state} is a party to the {convention.short}"
            for state in (mine, theirs)
            if convention.binds(state, on) is None
        )
        if doubts:
            return Bond(("p88", "none"), doubts, convention.verification, lists=("v88",))
        bound = convention.binds(mine, on) and convention.binds(theirs, on)
        return Bond(("p88",) if bound else ("none",), (), convention.verification, lists=("v88",))

    def _asides(self, mine: str, theirs: str, flag: str) -> tuple[str, ...]:
        said = [
            f"{treaty.short}: {treaty.says}"
            for treaty in self.by_code.values()
            if treaty.says and mine != theirs and {mine, theirs} <= set(treaty.parties)
        ]
        if theirs != flag:
            said.append(f"{flag} is a territory of {theirs}: whether a treaty extends to it must be checked")
        return tuple(said)


@dataclass(frozen=True, slots=True)
class _Doubt:
    words: tuple[str, ...]
    parties: bool
    """Other treaties must be looked at too."""
