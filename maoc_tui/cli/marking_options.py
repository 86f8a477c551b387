"""How a statement is marked on the command line, alike for every command that records something."""

from __future__ import annotations

from typing import Any

from maoc_tui.cli.text_options import TextOption, text_options

_MARKING: tuple[TextOption, ...] = (
    ("--grade", "B2", "Source A B C X and information 1 to 4."),
    ("--handling", "H2", "Handling code, or several: H1,H2."),
    ("--tlp", "AMBER", "TLP 2.0 label."),
    ("--rel", "ES,FR", "Partners it may be released to; nobody but the originator otherwise."),
    ("--caveat", "", "The restriction that H3 stands for."),
    ("--originator", "ES", "Whose statement it is; yours when not given."),
    ("--marking", "'B2 H2 rel ES'", "All on one line."),
)


marking_options = text_options(_MARKING)
"""The options of a marking."""


def chosen_marking(given: dict[str, Any], partner: str) -> Any:
    """The marking of the options, taken out of them; None when nothing was said.

    ``partner`` is whoever records it: the originator where none was named.
    """
    from maoc_tui.domain import marking_entry as entry

    said = {name[2:]: given.pop(name[2:]) for name, _, _ in _MARKING}
    if not any(said.values()):
        return None
    origin = said["originator"] or partner
    if said["marking"]:
        return entry.parse(said["marking"], origin)
    return entry.make(
        origin,
        entry.parse_handling(said["handling"]) if said["handling"] else None,
        entry.parse_grade(said["grade"]) if said["grade"] else None,
        entry.parse_tlp(said["tlp"]) if said["tlp"] else None,
        entry.parse_releasable(said["rel"]),
        said["caveat"],
    )
