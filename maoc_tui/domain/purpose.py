"""What a session is for: it justifies each consultation and disclosure (Directive (EU) 2016/680, Art. 25 (2))."""

from __future__ import annotations

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

LONGEST = 120
UNSAID = "watch (by default)"
"""Written where nobody said what the session is for: single-user mode, scripts, an empty line at sign-in."""
DEMO = "demonstration (by default)"
JUSTIFIED = frozenset({"consult", "disclose", "export"})
"""Actions of the journal that are written with the purpose of the session."""


def stated(text: str) -> str:
    """A purpose as typed, fit to be kept; "" for none. BadInput when it is longer than 120 characters."""
    said = printable(text, LONGEST + 1).strip()
    if len(said) > LONGEST:
        raise BadInput(
            f"A purpose has at most {LONGEST} characters.", "Say it in a few words: OP-0031 boarding."
        )
    return said


def justification(purpose: str, reason: str) -> str:
    """Why something is consulted or passed on: the purpose of the session, then the reason of this act."""
    return "; ".join(filter(None, (purpose or UNSAID, reason)))
