"""Which clock a request runs: the usual one of its kind, and which may be named for a State."""

from __future__ import annotations

from maoc_tui.desk.law_reference import clock_rules, law
from maoc_tui.domain.legal_clocks import ELECTED
from maoc_tui.domain.requests import Kind

CLOCKS = {
    Kind.FLAG_ENQUIRY: "C1",
    Kind.BOARDING_CONSENT: "C1",
    Kind.COASTAL_NOTICE: "C1",
    Kind.INFORMATION: "RFI7",
    Kind.ORIGINATOR_RELEASE: "RFI7",
}
"""The clock of a request where none is named."""


def runs_for(clock: str, addressee: str) -> bool:
    """Whether a clock can run for a request to that State: none of a person's own, of a fix, or of a silence that was
    never elected (San José Art. 16(3))."""
    rule = clock_rules().get(clock)
    if rule is None or rule.by_hand or clock == "C10":
        return False
    return rule.silence != ELECTED or elected(addressee)


def elected(addressee: str) -> bool:
    """Whether a State elected silence as an answer under San José Art. 16(3)."""
    treaty = law().treaties.by_code["sj"]
    return (treaty.options or {}).get(addressee) == "silence"
