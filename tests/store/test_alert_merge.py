"""Merging findings: one row per cause, heard until something material changes, whatever order things come in."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from alert_room import finding
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from target_room import NOW, make_room

from maoc_tui.domain.alert_stages import standing
from maoc_tui.domain.alerts import Finding
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.store import alert_acts as acts
from maoc_tui.store import alerts
from maoc_tui.store.alert_acts import By

CAUSES = ("ais_gap:1:1", "ais_gap:1:2", "jump:2:1")
seen = st.builds(
    finding,
    st.sampled_from(CAUSES),
    level=st.integers(0, 2),
    over=st.booleans(),
    withdrawn=st.booleans(),
    last_ms=st.sampled_from([NOW - 1, NOW]),
)


class Model:
    """What one cause must come to, kept beside the record by the rule as it is written in the manual."""

    def __init__(self, found: Finding) -> None:
        self.found, self.heard, self.peak, self.revision = found, False, found.level, 1

    def see(self, found: Finding) -> None:
        ended = found.over or found.withdrawn
        again = (self.found.over or self.found.withdrawn) and not ended
        if again or (not ended and found.level > self.peak):
            self.heard = False
            self.revision += 1
        self.peak = found.level if again else max(self.peak, found.level)
        self.found = found


class Inbox(RuleBasedStateMachine):
    """Sweeps, acknowledgements, and sweeps again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="maoc-inbox-"))
        self.room = make_room(self.folder / "maoc.db")
        self.model: dict[str, Model] = {}
        self.now = NOW

    def teardown(self) -> None:
        self.room.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @rule(findings=st.lists(seen, max_size=4))
    def sweep(self, findings: list[Finding]) -> None:
        self.now += 1_000
        with self.room.db.writing() as conn:
            merged = alerts.merge(conn, findings, self.now)
        new = changed = same = 0
        for found in findings:
            held = self.model.get(found.cause)
            if held is None and not found.withdrawn:
                self.model[found.cause] = Model(found)
                new += 1
            elif held is None or held.found == found:
                same += 1
            else:
                held.see(found)
                changed += 1
        assert (len(merged.new), len(merged.changed), merged.unchanged) == (new, changed, same)

    @rule(cause=st.sampled_from(CAUSES))
    def hear(self, cause: str) -> None:
        if cause in self.model:
            with self.room.db.writing() as conn:
                (held,) = [one for one in alerts.load(conn) if one.finding.cause == cause]
                acts.add(conn, held, "ack", By("x", "", "ES", self.now))
            self.model[cause].heard = True

    @invariant()
    def the_record_is_what_the_rule_says(self) -> None:
        with self.room.db.reading_whole() as conn:
            found = {one.finding.cause: one for one in alerts.load(conn)}
            done = acts.done(conn)
            unheard = {one.finding.cause for one in alerts.unheard(conn)}
        assert found.keys() == self.model.keys()
        for cause, one in found.items():
            held = self.model[cause]
            assert (one.finding, one.revision, one.peak) == (held.found, held.revision, held.peak)
            heard = standing(done.get(one.id, []), one.revision).heard is not None
            assert heard == held.heard
            assert (cause in unheard) == (not held.heard and not held.found.withdrawn)


short = settings(
    max_examples=10,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestInbox = Inbox.TestCase
TestInbox.settings = short


def test_a_merge_that_rings_for_every_sweep_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the acknowledgement would come back with every sweep."""
    right = alerts._change

    def wrong(conn, before, found, now_ms):  # type: ignore[no-untyped-def]
        return right(conn, replace(before, peak=-1), found, now_ms)

    monkeypatch.setattr(alerts, "_change", wrong)
    found = settings(short, phases=(Phase.generate,), print_blob=False)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Inbox, settings=found)


def test_nothing_is_deleted_and_what_was_done_stays(tmp_path: Path) -> None:
    room = make_room(tmp_path / "maoc.db")
    with room.db.writing() as conn:
        alerts.merge(conn, [finding()], NOW)
        acts.add(conn, alerts.load(conn)[0], "ack", By("x", "", "ES", NOW))
    for sql in ("DELETE FROM alert", "DELETE FROM alert_act", "UPDATE alert_act SET act = 'judge'"):
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.exec_driver_sql(sql)
    room.close()


def test_a_finding_of_an_asset_that_is_not_there_is_refused(tmp_path: Path) -> None:
    room = make_room(tmp_path / "maoc.db")
    with pytest.raises(BadInput), room.db.writing() as conn:
        alerts.merge(conn, [finding(asset="AS-0099")], NOW)
    room.close()


def test_one_finding_that_cannot_be_kept_costs_no_other(tmp_path: Path) -> None:
    room = make_room(tmp_path / "maoc.db")
    with room.db.writing() as conn:
        merged = alerts.merge(
            conn, [finding(asset="AS-0099"), finding("jump:1:1", lat=None, lon=None)], NOW, each=True
        )
        assert [one.finding.lat for one in alerts.load(conn)] == [None]
    assert (merged.refused, len(merged.new)) == (("ais_gap:263601890:1",), 1)
    room.close()
