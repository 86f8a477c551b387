"""The behaviour rules that ship, and for how long after its cause was seen an alert of each stands."""

from __future__ import annotations

from functools import lru_cache

from maoc_tui import resources
from maoc_tui.domain.alert_rules import Rules, parse

_HOUR_MS, _MINUTE_MS = 3_600_000, 60_000
SOON_MS = 10 * _MINUTE_MS
"""What is true of this moment only (a line ahead, a close approach) is over when it was not seen for so long."""


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules of data/alerts.toml; raises Problem naming a fault in it."""
    return parse(resources.data("alerts.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def lasts_ms() -> dict[str, int]:
    """By rule: how long after it was last seen an alert is over. Gaps end when the contact is heard."""
    of = rules()
    hours = {
        name: of[name].of("within_h") for name in ("identity_change", "flag_mismatch", "aircraft_identity")
    }
    found = {name: round(value * _HOUR_MS) for name, value in hours.items()}
    quiet = {name: of[name].of("quiet_min") for name in ("jump", "distress_beacon")}
    found |= {name: round(value * _MINUTE_MS) for name, value in quiet.items()}
    found |= {"aircraft_low": round(of["aircraft_low"].of("within_min") * _MINUTE_MS)}
    found |= {"encounter": 2 * _HOUR_MS, "loitering": _HOUR_MS, "zone_entry": 6 * _HOUR_MS}
    return found | {"line_approach": SOON_MS, "asset_cpa": SOON_MS}
