"""Retention: dates that come, what a dry run names, what a review decides; nothing is ever erased by it."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from maoc_tui import resources
from maoc_tui.desk import journal, retention, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain import retention as rules
from maoc_tui.problems import BadInput, NotPermitted, Problem
from tests.release_room import AUDIT, FERREIRA, MARTIN, ORTEGA, PEETERS, make_room, marked, yacht
from tests.target_room import HOUR, NOW

DAY = 24 * HOUR
TODAY = date(2022, 12, 14)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def owned(room: Room) -> str:
    """A target of ES with an owner, open to the Centre."""
    ref = yacht(room)
    targets.fact(room, ORTEGA, ref, "owner", "J. Doe", "registry", marking=marked("ES", "MAOC"))
    return ref


def after(room: Room, days: int) -> None:
    room.clock.set_to(NOW + days * DAY)  # type: ignore[attr-defined]


def test_each_item_has_its_day_and_a_dry_run_names_what_has_come(room: Room) -> None:
    ref = owned(room)
    found = {one.rule.id: one for one in retention.items(room, FERREIRA)}
    assert set(found) == {"open", "person"}
    assert found["person"].review_by == TODAY + timedelta(days=365)
    assert retention.items(room, FERREIRA, due=True) == ()
    after(room, 365)
    assert [(one.ref, one.due) for one in retention.items(room, FERREIRA, due=True)] == [(ref, True)] * 2
    assert "Doe" not in str(retention.items(room, FERREIRA))


def test_a_closed_target_is_looked_at_three_years_later(room: Room) -> None:
    ref = yacht(room)
    targets.set_status(room, ORTEGA, ref, "closed", "nothing in it")
    (one,) = retention.items(room, FERREIRA)
    assert (one.rule.id, one.review_by) == ("closed", TODAY + timedelta(days=1095))


def test_a_review_that_keeps_it_moves_the_day_and_is_in_the_journal(room: Room) -> None:
    ref = owned(room)
    after(room, 365)
    kept = retention.review(room, FERREIRA, ref, "keep", "case is open", until="2024-06-01")
    assert (kept.review_by, kept.due) == (date(2024, 6, 1), False)
    assert "kept until 2024-06-01: Ferreira" in kept.decided
    (fact,) = retention.items(room, FERREIRA, due=True)
    retention.review(room, FERREIRA, ref, "erase", "not needed", statement=fact.statement[:8])
    acts = [(x.action, x.kind, x.owner) for x in journal.entries(room, AUDIT, ref=ref)][:2]
    assert acts == [("alter", "retention", "ES")] * 2


def test_a_decision_to_erase_erases_nothing_and_stays_on_the_list(room: Room) -> None:
    ref = owned(room)
    after(room, 365)
    gone = retention.review(room, FERREIRA, ref, "erase", "not needed any more")
    assert (gone.due, gone.decided.startswith("should be erased")) == (True, True)
    assert targets.sheet(room, ORTEGA, ref).identity[0].fact.value == "J. Doe"


def test_hidden_items_are_in_nobodys_list(room: Room) -> None:
    owned(room)
    for who in (MARTIN, PEETERS):
        assert retention.items(room, who) == ()
    with pytest.raises(NotPermitted):
        retention.items(room, AUDIT)


def test_who_may_not_decide_and_what_is_no_decision(room: Room) -> None:
    ref = owned(room)
    with pytest.raises(NotPermitted):
        retention.review(room, ORTEGA, ref, "keep", "so", until="2023-06-01")
    for wrong in (
        {"decision": "burn"}, {"until": "soon"}, {"until": "2022-01-01"}, {"until": "2099-01-01"},
        {"statement": "ffffffff"}, {"ref": "T-9999"}, {"reason": " "},
    ):  # fmt: skip
        given: dict[str, Any] = {
            "ref": ref,
            "decision": "keep",
            "reason": "so",
            "until": "2023-06-01",
        } | wrong
        with pytest.raises(BadInput):
            retention.review(
                room, FERREIRA, given.pop("ref"), given.pop("decision"), given.pop("reason"), **given
            )


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda raw: raw.pop("rule"), "rule: is missing"),
        (lambda raw: raw["rule"].append(raw["rule"][0]), "twice"),
        (lambda raw: raw["rule"].pop(1), "closed targets"),
        (lambda raw: raw["rule"][0].update(days=0), "open, days"),
        (lambda raw: raw["rule"][0].update(since="entered"), "open, since"),
        (lambda raw: raw["rule"][0].update(state="asleep"), "open, state"),
        (lambda raw: raw["rule"][2].update(attributes=["shoe size"]), "person, attributes"),
        (lambda raw: raw["rule"][2].update(attributes=[]), "person, attributes"),
        (lambda raw: raw["rule"][2].pop("source"), "person, source"),
        (lambda raw: raw["rule"][2].update(check="?"), "person, check"),
    ],
)
def test_each_fault_of_the_file_is_named(harm: Callable[[dict[str, Any]], Any], said: str) -> None:
    raw = copy.deepcopy(tomllib.loads(resources.data("retention.toml").read_text(encoding="utf-8")))
    harm(raw)
    with pytest.raises(ValueError, match=said):
        rules.parse(raw)


def test_a_fault_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "retention.toml").write_text("rule = 3")
    with pytest.raises(Problem, match=r"retention\.toml"):
        rules.read(tmp_path / "retention.toml")
