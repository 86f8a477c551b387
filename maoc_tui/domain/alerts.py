"""What a behaviour rule saw: the evidence, the innocent explanations, and what speaks against them.

A finding is a pure value made from open traffic. It advises; people judge. The same cause always gives the
same ``cause`` text, so that one doubt stays one line however often it is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the evidence."""

    name: str
    """What was measured: "longest interval", "distance"."""
    value: str
    """As shown: "14 min", "0.2 nm"."""
    limit: str = ""
    """The threshold it was judged by, as shown: "over 12 h"; "" for none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule saw at one place and time."""

    rule: str
    """Id of the rule in data/alerts.toml: ais_gap, encounter, jump ..."""
    cause: str
    """Stable: the same cause is the same alert, one line ("ais_gap:227000123:1671000000000")."""
    keys: tuple[int, ...]
    """Contact keys concerned (domain.contacts); the first is the subject."""
    asset: str
    """AS- reference, or ""; an alert that names an asset is governed as a line of that asset."""
    first_ms: int
    last_ms: int
    lat: float | None
    lon: float | None
    """Degrees; None for what was heard without a position."""
    because: str
    """Why it was raised, one sentence."""
    evidence: tuple[Measure, ...]
    innocent: tuple[str, ...]
    """Innocent explanations, likeliest first; never empty."""
    against: tuple[str, ...]
    """What speaks against them; may be empty."""
    over: bool = False
    """The cause has ended: the signal is back, the vessels have parted."""
    withdrawn: bool = False
    """Late data dissolved it: it never was."""
    report: str = ""
    """Id of the report that placed the asset, or ""; the alert is governed as a line of that report too."""
    level: int = 1
    """0 note, 1 look, 2 act now (distress)."""

    def __post_init__(self) -> None:
        if not self.innocent:
            raise ValueError(f"{self.rule} {self.cause}: a finding without an innocent explanation")
