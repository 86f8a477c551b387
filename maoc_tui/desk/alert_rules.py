"""For how long after its cause was seen an alert of each behaviour rule stands, by the rules that ship."""

from __future__ import annotations

from functools import lru_cache

from maoc_tui.desk.alert_words import rules

__all__ = ["lasts_ms", "rules", "stands_ms"]
_HOUR_MS, _MINUTE_MS = 3_600_000, 60_000
_LASTS = {
    **dict.fromkeys(("identity_change", "flag_mismatch", "aircraft_identity"), "within_h"),
    **dict.fromkeys(("jump", "distress_beacon", "loitering"), "quiet_min"),
    **dict.fromkeys(("encounter", "line_approach", "asset_cpa"), "lasts_min"),
    "aircraft_low": "within_min",
    "zone_entry": "lasts_h",
}
"""By rule: the limit that says so. Gaps end when the contact is heard."""
_POINTED = ("zone_entry", "line_approach", "flag_mismatch")


@lru_cache(maxsize=1)
def lasts_ms() -> dict[str, int]:
    """By rule: how long after it was last seen an alert is over."""
    of = rules()
    return {
        name: round(of[name].of(limit) * (_HOUR_MS if limit.endswith("_h") else _MINUTE_MS))
        for name, limit in _LASTS.items()
    }


@lru_cache(maxsize=1)
def stands_ms() -> int:
    """How long what is over still counts: as long as a sweep looks back, or as it may point at a vessel."""
    of = rules()
    return max(of.look_back_ms, *(round(of[name].of("within_h") * _HOUR_MS) for name in _POINTED))
