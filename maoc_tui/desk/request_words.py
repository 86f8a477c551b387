"""What people type about a request: its kind, what became of it, measures, and whose it is."""

from __future__ import annotations

from maoc_tui.domain.requests import Act, Kind, Scope
from maoc_tui.domain.state_codes import state_code
from maoc_tui.problems import BadInput


def parse_kind(text: str) -> Kind:
    """A kind of request as typed: ``boarding-consent``, ``boarding consent``."""
    name = text.strip().upper().replace("-", "_").replace(" ", "_")
    if name not in Kind.__members__:
        kinds = ", ".join(kind.name.lower().replace("_", "-") for kind in Kind)
        raise BadInput(f"{text[:40]!r} is not a kind of request.", f"Choose from {kinds}.")
    return Kind[name]


def parse_act(text: str) -> Act:
    """What became of a request, as typed: ``sent``, ``granted``, ``in-writing``."""
    name = text.strip().upper().replace("-", "_").replace(" ", "_")
    if name not in Act.__members__ or name == "DRAFTED":
        acts = ", ".join(act.name.lower().replace("_", "-") for act in Act if act is not Act.DRAFTED)
        raise BadInput(f"{text[:40]!r} is nothing that becomes of a request.", f"Choose from {acts}.")
    return Act[name]


def parse_scope(text: str) -> frozenset[Scope]:
    """Measures as typed, parted by commas or blanks: ``board,search detain-persons``."""
    found = set()
    for word in text.replace(",", " ").split():
        name = word.upper().replace("-", "_")
        if name not in Scope.__members__:
            raise BadInput(f"{word[:40]!r} is not a measure.", f"Choose from {known_measures()}.")
        found.add(Scope[name])
    return frozenset(found)


def known_measures() -> str:
    return ", ".join(scope.name.lower().replace("_", "-") for scope in Scope)


def party(text: str, what: str) -> str:
    """A State's code, or the longer one of another partner, as typed; BadInput when it is neither."""
    code = text.strip().upper()
    if len(code) == 2:
        return state_code(text, f"The {what}")
    if not 2 <= len(code) <= 12 or not code.isascii() or not code.replace("-", "").isalnum():
        raise BadInput(
            f"The {what} {text[:40]!r} is not a code.", "Give a State's or partner's code, such as BR."
        )
    return code
