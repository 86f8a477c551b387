"""How long a fix counts: fresh, old, lost; and whether a present position may be reckoned from it.

The limits by class of transmitter are data (data/ageing.toml). Everything here works on columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.contacts import ContactClass

_AT_REST_KN = 0.35
"""Below this a course over ground means nothing and is not needed (feeds study 5.1)."""
_BEYOND_SCALE_KN = 102.2
"""AIS sends 102.2 kn for 'this or more' (ITU-R M.1371-5, table 48)."""
_AT_ANCHOR, _MOORED, _AGROUND = 1, 5, 6
_FLYING = (int(ContactClass.AIRCRAFT), int(ContactClass.SAR_AIRCRAFT))


class Age(IntEnum):
    """How old the last fix of a contact is, by the limits of its class."""

    FRESH = 0
    OLD = 1
    LOST = 2


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """Limits in columns indexed by ContactClass; times in seconds, growth in knots."""

    fresh_s: NDArray[np.float64]
    """A fix is fresh up to this age."""
    lost_s: NDArray[np.float64]
    """Beyond this age the contact is lost; in between it is old."""
    reckon_s: NDArray[np.float64]
    """No dead reckoning beyond this age; 0 never."""
    growth_kn: NDArray[np.float64]
    """How fast the circle of doubt grows at rest."""
    growth_share: NDArray[np.float64]
    """Share of the contact's speed by which it grows in addition."""


def states(cls: NDArray[np.uint8], age_ms: NDArray[np.int64], limits: AgeLimits) -> NDArray[np.uint8]:
    """Age per contact; a fix stamped in the future is fresh."""
    seconds = age_ms / 1000
    state = (seconds > limits.fresh_s[cls]).astype(np.uint8)
    state[seconds > limits.lost_s[cls]] = Age.LOST
    return state


def may_reckon(
    cls: NDArray[np.uint8],
    time: NDArray[np.int64],
    sog: NDArray[Any],
    cog: NDArray[Any],
    status: NDArray[np.uint8],
    now_ms: int,
    limits: AgeLimits,
) -> NDArray[np.bool_]:
    """Whether a present position may be reckoned from the last fix of each contact.

    Not without a speed, not without a course above 0.35 kn, not at anchor, moored or aground, not at a
    speed beyond the scale of AIS, not for what does not move, and not past the limit of the class.
    """
    seconds = (now_ms - time) / 1000
    flying = np.isin(cls, _FLYING)
    known = np.isfinite(sog) & (np.isfinite(cog) | (sog <= _AT_REST_KN))
    held = np.isin(status, (_AT_ANCHOR, _MOORED, _AGROUND)) & ~flying
    beyond = (np.round(sog.astype(np.float64), 1) >= _BEYOND_SCALE_KN) & ~flying
    young = (seconds <= limits.reckon_s[cls]) & (limits.reckon_s[cls] > 0)
    return np.asarray(known & ~held & ~beyond & young)


def growth_kn(cls: NDArray[np.uint8], sog: NDArray[Any], limits: AgeLimits) -> NDArray[np.float64]:
    """Knots by which the circle of doubt round a reckoned position grows; see geodesy.doubt_radius_nm."""
    return np.asarray(
        limits.growth_kn[cls] + limits.growth_share[cls] * np.nan_to_num(sog.astype(np.float64))
    )
