"""Whatever is asked, answered, proposed, approved, refused and recalled, in any order, by anybody.

Nothing is ever shown without two different persons and, for another's statement, its originator's consent; what is
recalled is gone at once, in a connection that was open before.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from maoc_tui.desk import recalling, release, release_case
from maoc_tui.desk.room import Room
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Role
from maoc_tui.problems import Problem, StoreProblem
from tests.release_room import (
    FERREIRA,
    MARTIN,
    ORTEGA,
    PEETERS,
    ROSSI,
    draft,
    make_room,
    operation,
    seizure,
    yacht,
)

BOTH = frozenset({Role.COORDINATOR, Role.LIAISON, Role.RELEASER})
OFFICERS = tuple(replace(one, roles=BOTH) for one in (FERREIRA, ROSSI, ORTEGA))
"""All may do both halves: only the rule of two persons and the consent stand between them and a release."""
RECIPIENTS = {"BE": PEETERS}
"""Few keys, so that what belongs together meets: a target, an operation, a seizure, one partner, three officers."""


class Releases(RuleBasedStateMachine):
    """Three subjects of two originators, a partner that sees none, and what has been decided so far."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory(prefix="maoc-sequence-")
        self.room = make_room(Path(self.place.name) / "record.db")
        self.watching = Room.open(self.room.db.path, clock=self.room.clock)
        self.targets = {
            yacht(self.room, ORTEGA, "FR"): "ES",
            operation(self.room, MARTIN, "ES"): "FR",
            seizure(self.room, ORTEGA, "FR"): "ES",
        }
        self.drafts = {(ref, to): draft(self.room, ref, to) for ref in self.targets for to in RECIPIENTS}
        self.refs = sorted(self.targets)
        self.requests: dict[str, tuple[str, str]] = {}
        self.answers: dict[str, str] = {}
        self.proposals: dict[str, tuple[str, str, str]] = {}
        self.shown: dict[str, tuple[str, str]] = {}

    def teardown(self) -> None:
        self.watching.close()
        self.room.close()
        self.place.cleanup()

    def tried(self, act: Any, *args: Any, **given: Any) -> Any:
        """What an act returns; None when it was refused."""
        try:
            return act(self.room, *args, **given)
        except Problem:
            return None

    who = st.sampled_from(OFFICERS)
    which = st.integers(0, 2)
    partner = st.sampled_from(sorted(RECIPIENTS))
    newest = st.integers(1, 2)

    @rule(who=who, which=which, partner=partner)
    def ask(self, who: Any, which: int, partner: str) -> None:
        for made in self.tried(release.ask, who, self.refs[which], partner, "needed") or ():
            self.requests[made.ref] = (self.refs[which], partner)

    @precondition(lambda self: self.requests)
    @rule(who=who, newest=newest, said=st.sampled_from(["granted", "granted", "refused", "withdrawn"]))
    def answer(self, who: Any, newest: int, said: str) -> None:
        if len(self.requests) < newest:
            return
        ref = list(self.requests)[-newest]
        if self.tried(release.answer, who, ref, said, reason="so") is not None:
            assert who.partner == self.targets[self.requests[ref][0]], "an officer of the originator answers"
            self.answers[ref] = said
            if said != "granted":
                self.shown = {r: what for r, what in self.shown.items() if what != self.requests[ref]}

    @rule(who=who, which=which, partner=partner)
    def propose(self, who: Any, which: int, partner: str) -> None:
        made = self.tried(release.propose, who, self.drafts[self.refs[which], partner])
        if made is not None:
            self.proposals[made.ref] = (self.refs[which], partner, who.name)

    @precondition(lambda self: self.proposals)
    @rule(who=who, newest=newest)
    def approve(self, who: Any, newest: int) -> None:
        if len(self.proposals) < newest:
            return
        ref = list(self.proposals)[-newest]
        target, partner, by = self.proposals[ref]
        if self.tried(release.approve, who, ref, f"{partner} 1") is None:
            return
        assert who.name != by, "two different persons"
        origin = self.targets[target]
        names = {one.name: one.partner for one in OFFICERS}
        asked = [r for r, what in self.requests.items() if what == (target, partner)]
        consented = any(self.answers.get(r) == "granted" for r in asked)
        assert consented or origin in (names[by], who.partner), "the originator consents"
        self.shown[ref] = (target, partner)

    @precondition(lambda self: self.proposals)
    @rule(who=who, newest=newest)
    def refuse(self, who: Any, newest: int) -> None:
        if len(self.proposals) >= newest:
            self.tried(release.refuse, who, list(self.proposals)[-newest], "no")

    @precondition(lambda self: self.proposals)
    @rule(who=who, newest=newest)
    def recall(self, who: Any, newest: int) -> None:
        if len(self.proposals) < newest:
            return
        ref = list(self.proposals)[-newest]
        if self.tried(release.recall, who, ref, "wrong") is not None:
            self.shown.pop(ref, None)

    @invariant()
    def partners_see_what_was_released_and_nothing_else(self) -> None:
        for code, viewer in RECIPIENTS.items():
            with self.watching.db.reading(viewer) as conn:
                seen = {
                    f"{letter}-{number:04d}"
                    for letter, name in (("T", "target"), ("OP", "operation"), ("SZ", "seizure"))
                    for number in conn.exec_driver_sql(f"SELECT number FROM {name}").scalars()
                }
            assert seen == {target for target, partner in self.shown.values() if partner == code}


def run(examples: int, steps: int) -> None:
    given = settings(
        max_examples=examples, stateful_step_count=steps, database=None, derandomize=True, deadline=None,
        phases=(Phase.generate,), print_blob=False,
    )  # fmt: skip
    run_state_machine_as_test(Releases, settings=given)


def test_no_sequence_shows_anything_without_two_persons_and_consent() -> None:
    run(examples=5, steps=30)


def one_way(ending: str) -> None:
    """One sequence by hand: asked, granted, proposed, approved, and ended by a recall or by consent withdrawn."""
    made = Releases()
    try:
        which = next(at for at, ref in enumerate(made.refs) if made.targets[ref] == "ES")
        coordinator, releaser, originator = OFFICERS
        made.ask(who=coordinator, which=which, partner="BE")
        made.answer(who=originator, newest=1, said="granted")
        made.propose(who=coordinator, which=which, partner="BE")
        made.approve(who=releaser, newest=1)
        assert len(made.shown) == 1
        made.partners_see_what_was_released_and_nothing_else()
        if ending == "recall":
            made.recall(who=releaser, newest=1)
        else:
            made.answer(who=originator, newest=1, said="withdrawn")
        assert made.shown == {}
        made.partners_see_what_was_released_and_nothing_else()
    finally:
        made.teardown()


@pytest.mark.parametrize(("ending", "module"), [("recall", recalling), ("withdrawn", recalling)])
def test_the_twins_whose_recall_does_nothing_are_found(
    monkeypatch: pytest.MonkeyPatch, ending: str, module: Any
) -> None:
    one_way(ending)
    monkeypatch.setattr(module, "recall_lines", lambda *_: None)
    with pytest.raises(AssertionError):
        one_way(ending)


def test_the_twin_that_asks_nobody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_case, "permission", lambda *_: release_case.Permission(True, "planted"))
    with pytest.raises(AssertionError):
        run(examples=25, steps=50)


def test_the_database_refuses_when_the_desk_forgets_who_proposed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(By, "same_person", lambda *_: False)
    room = make_room(tmp_path / "record.db")
    made = release.propose(room, OFFICERS[2], draft(room, yacht(room, ORTEGA)))
    with pytest.raises(StoreProblem):
        release.approve(room, OFFICERS[2], made.ref, "BE 1")
    release.approve(room, OFFICERS[1], made.ref, "BE 1")
    room.close()
