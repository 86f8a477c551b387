"""Measures of alerts: what became of AIS gaps, and how often each rule was worth an officer's time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from uuid import UUID

from maoc_tui.brief.document import Cite
from maoc_tui.desk.alert_words import rule_title
from maoc_tui.desk.brief_entry import cite
from maoc_tui.desk.figure_records import Drawn, Record, Sources
from maoc_tui.domain.alert_stages import CLOSED, EXPLAINED, FOUND, Done, standing
from maoc_tui.domain.figure_folds import Item, summed
from maoc_tui.domain.seizure_doubts import Doubt
from maoc_tui.store import alert_acts as acts
from maoc_tui.store import alerts as store
from maoc_tui.store.alert_acts import Became
from maoc_tui.store.alerts import Alert

_HOUR_MS = 3_600_000
GAP = "ais_gap"
OUTCOMES = ("1-explained", "2-found", "3-back", "4-lost", "5-open")
OUTCOME_TITLES = {
    OUTCOMES[0]: "explained",
    OUTCOMES[1]: "found again",
    OUTCOMES[2]: "heard again by itself",
    OUTCOMES[3]: "lost: closed without",
    OUTCOMES[4]: "open",
}
Kept = tuple[list[Alert], dict[UUID, list[Done]], dict[UUID, list[Became]]]


def gaps(sources: Sources) -> Drawn:
    """AIS gaps by what became of them, with how long each silence was."""
    found, done, _ = _kept(sources)
    records, left = [], []
    for one in found:
        if one.finding.rule != GAP:
            continue
        if one.finding.withdrawn:
            left.append((one.entered_ms, Doubt(one.ref, "left-out", "left out: late data dissolved it")))
            continue
        seen = one.finding
        hours = (seen.last_ms - seen.first_ms) / _HOUR_MS if seen.over else None
        if hours == 0:  # it is over, and the tracks do not tell since when
            hours = None
            left.append((one.entered_ms, Doubt(one.ref, "no-hours", "how long it was silent is not known")))
        item = Item(one.ref, (_outcome(one, done.get(one.id, [])),), (1,), hours)
        records.append(Record(one.ref, one.entered_ms, item, _asset(one)))
    return Drawn(records, partial(summed, width=1, spread=True), left, _open)


def precision(sources: Sources) -> Drawn:
    """Alerts by rule: decided, and useful of those."""
    found, done, became = _kept(sources)
    records, left = [], []
    for one in found:
        if one.finding.withdrawn:
            left.append((one.entered_ms, Doubt(one.ref, "left-out", "left out: late data dissolved it")))
            continue
        made = became.get(one.id, [])
        useful = True if made else standing(done.get(one.id, []), one.revision).useful
        amounts = (int(useful is not None), int(useful is True), 1)
        cites = (*_asset(one), *(cite(r.table, r.id, r.ref) for r in made))
        records.append(Record(one.ref, one.entered_ms, Item(one.ref, (one.finding.rule,), amounts), cites))
    return Drawn(records, partial(summed, width=3, rate=True), left, _undecided)


def rule(key: str) -> str:
    """A rule as its row is called."""
    return rule_title(key)


def _kept(sources: Sources) -> Kept:
    """Every alert the viewer sees with what was done about it; read once for both measures."""
    if "alerts" not in sources.kept:
        conn = sources.conn
        sources.kept["alerts"] = store.load(conn), acts.done(conn), acts.became(conn)
    held: Kept = sources.kept["alerts"]
    return held


def _outcome(one: Alert, done: Sequence[Done]) -> str:
    """The last of explained and found that somebody said; else whether it was heard again, closed, or is open."""
    stands = standing(done, one.revision)
    said = [each.stage for each in done if each.stage and each.revision == one.revision]
    settled = next((stage for stage in reversed(said) if stage in (EXPLAINED, FOUND)), "")
    if settled:
        return OUTCOMES[0] if settled == EXPLAINED else OUTCOMES[1]
    if one.finding.over:
        return OUTCOMES[2]
    return OUTCOMES[3] if stands.stage == CLOSED else OUTCOMES[4]


def _asset(one: Alert) -> tuple[Cite, ...]:
    """The asset it names: its marking is the figure's too."""
    return (cite("asset", one.asset_id, one.finding.asset),) if one.asset_id is not None else ()


def _open(some: Sequence[Record]) -> Iterator[Doubt]:
    return (
        Doubt(one.ref, "open", "nobody said what became of it")
        for one in some
        if one.thing.keys == (OUTCOMES[4],)
    )


def _undecided(some: Sequence[Record]) -> Iterator[Doubt]:
    return (
        Doubt(one.ref, "undecided", "nobody said whether it was useful")
        for one in some
        if not one.thing.amounts[0]
    )
