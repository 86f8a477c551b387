"""What stands is joined to what is seen now only where the cause is the same; all that is told is of now."""

from __future__ import annotations

from typing import Any

from maoc_tui.domain.alert_carry import carried
from maoc_tui.domain.alerts import Finding

HOUR = 3_600_000


def seen(cause: str, at: int, **given: Any) -> Finding:
    values: dict[str, Any] = {
        "keys": (7,), "asset": "", "lat": 1.0, "lon": 2.0, "because": f"of {at}", "evidence": (),
        "innocent": ("x.",), "against": (),
    }  # fmt: skip
    of = {"rule": cause.partition(":")[0], "first_ms": at, "last_ms": at}
    return Finding(cause=cause, **{**of, **values, **given})


def test_causes_with_a_name_of_their_own_are_never_joined() -> None:
    for one, other in (
        ("zone_entry:7:0", f"zone_entry:7:{HOUR}"),
        ("line_approach:7:PT contiguous zone", "line_approach:7:PT territorial sea"),
        ("identity_change:7:name:0", f"identity_change:7:imo:{HOUR}"),
        ("ais_gap:7:0", f"ais_gap:7:{HOUR}"),
        ("asset_cpa:AS-0001:7", "asset_cpa:AS-0002:7"),
        ("distress_beacon:7:0", f"distress_beacon:7:active:{HOUR}"),
    ):
        new = seen(other, HOUR)
        assert carried([new], [seen(one, 0)], HOUR) == [new]


def test_a_beginning_that_moves_keeps_the_cause_and_tells_what_is_seen_now() -> None:
    before = seen("jump:7:0", 0, over=True, level=2)
    (now,) = carried([seen(f"jump:7:{HOUR}", HOUR, against=("It came back.",))], [before], HOUR)
    assert (now.cause, now.first_ms, now.last_ms) == ("jump:7:0", 0, HOUR)
    assert (now.because, now.against, now.over, now.level) == (f"of {HOUR}", ("It came back.",), False, 1)
    late = seen(f"jump:7:{HOUR + 1}", HOUR + 1)
    assert carried([late], [before], HOUR) == [late], "too long after"
    assert carried([late], [seen("jump:7:0", 0, last_ms=HOUR, withdrawn=True)], HOUR) == [late]
    (earlier,) = carried([seen("jump:7:5", 5, last_ms=HOUR)], [seen("jump:7:9", 9)], HOUR)
    assert (earlier.cause, earlier.first_ms) == ("jump:7:9", 5), "a late fix told that it began before"


def test_what_is_heard_without_a_place_stays_where_it_was_heard_last() -> None:
    before = seen("distress_beacon:7:0", 0)
    for cause in ("distress_beacon:7:0", "distress_beacon:7:60000"):
        (now,) = carried([seen(cause, 60_000, lat=None, lon=None)], [before], HOUR)
        assert (now.lat, now.lon) == (1.0, 2.0)
