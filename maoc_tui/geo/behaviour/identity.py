"""What a transmitter says of itself: that it changed, or that two of its own numbers speak of different States.

Only open traffic is compared: what officers hold of a target never makes an alert that everybody may read.
"""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.domain.contacts import Space, space_of
from maoc_tui.domain.flags import FlagTables
from maoc_tui.domain.identity import imo_fault, is_placeholder
from maoc_tui.domain.identity_checks import Known, badges
from maoc_tui.geo.behaviour.scene import HOUR_MS, Scene, cause, dtg, short

CHANGE, FLAG, AIRCRAFT = "identity_change", "flag_mismatch", "aircraft_identity"
_WORDS = {"name": "name", "call_sign": "call sign", "imo": "IMO number"}


@dataclass(frozen=True, slots=True)
class Said:
    """One value of one attribute that a contact gave, with when; the place is of its last fix, None without."""

    key: int
    attribute: str
    value: str
    first_ms: int
    last_ms: int
    lat: float | None
    lon: float | None


def changed(scene: Scene, new: Said, before: Said) -> Finding | None:
    """A value that took the place of another one; None when it is the same misheard, a placeholder or old."""
    rule = scene.rules[CHANGE]
    if scene.now_ms - new.first_ms > rule.of("within_h") * HOUR_MS or _same(
        new, before, int(rule.of("edits"))
    ):
        return None
    word = _WORDS[new.attribute]
    against: tuple[str, ...] = (
        ("It still used the old one after it had begun with the new.",)
        if before.last_ms > new.first_ms
        else ()
    )
    if new.attribute == "imo":
        against += ("An IMO number stays with the hull for life: sale and renaming do not change it.",)
    return Finding(
        rule=CHANGE, cause=cause(CHANGE, short(new.key), new.attribute, new.first_ms), keys=(new.key,), asset="",
        first_ms=new.first_ms, last_ms=new.first_ms, lat=new.lat, lon=new.lon,
        because=f"{short(new.key)} gave the {word} {new.value} from {dtg(new.first_ms)}, before that {before.value}.",
        evidence=(
            Measure(f"{word} before", before.value, f"last heard {dtg(before.last_ms)}"),
            Measure(f"{word} now", new.value, "" if new.attribute == "imo" else f"over {rule.limits['edits']} apart"),
        ),
        innocent=rule.innocent, against=against, level=rule.level,
    )  # fmt: skip


def _same(new: Said, before: Said, edits: int) -> bool:
    if is_placeholder(new.attribute, new.value) or is_placeholder(new.attribute, before.value):
        return True
    if new.attribute == "imo":
        return any(not v.isdigit() or imo_fault(int(v)) for v in (new.value, before.value))
    a, b = ("".join(v.upper().split()) for v in (new.value, before.value))
    return a.startswith(b) or b.startswith(a) or distance(a, b, edits) <= edits


def distance(a: str, b: str, most: int) -> int:
    """Letters to change, add or leave out to make ``b`` of ``a`` (Levenshtein); ``most`` + 1 when it is more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != other))
    return min(row[-1], most + 1)


def mismatch(scene: Scene, said: Said, tables: FlagTables) -> Finding | None:
    """A call sign or registration of another State than the number; None when they agree or nothing is known."""
    aircraft = said.attribute == "registration"
    if aircraft == (space_of(said.key) is Space.AIS):
        return None
    rule = scene.rules[AIRCRAFT if aircraft else FLAG]
    known = Known.of_contact(
        said.key,
        call_sign="" if aircraft else said.value,
        registration=said.value if aircraft else "",
    )
    code = "hex-registration" if aircraft else "call-sign-flag"
    doubt = next((one for one in badges(known, tables) if one.code == code), None)
    if doubt is None or scene.now_ms - said.last_ms > rule.of("within_h") * HOUR_MS:
        return None
    return Finding(
        rule=rule.id, cause=cause(rule.id, short(said.key), said.value), keys=(said.key,), asset="",
        first_ms=said.first_ms, last_ms=said.first_ms, lat=said.lat, lon=said.lon,
        because=f"{scene.called(said.key)}: {doubt.text}.",
        evidence=(Measure("registration" if aircraft else "call sign", said.value, "of the same State as the number"),),
        innocent=rule.innocent, against=(), level=rule.level,
    )  # fmt: skip
