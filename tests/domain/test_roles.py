"""The table of rights: every role against every act, and what stands above the table."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from maoc_tui import resources
from maoc_tui.domain import roles
from maoc_tui.domain.roles import Act, Role, allowed, require
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import NotPermitted, Problem

TABLE = tomllib.loads(resources.data("roles.toml").read_text("utf-8"))
TEXT = resources.data("roles.toml").read_text("utf-8")


def officer(*held: Role, partner: str = "ES") -> Viewer:
    return Viewer("Ortega", partner, roles=frozenset(held), officer="o1")


@pytest.mark.parametrize("act", Act)
def test_each_set_of_roles_may_exactly_what_the_table_grants(act: Act) -> None:
    entry = TABLE["act"][act.name]
    for size in range(len(Role) + 1):
        for held in itertools.combinations(Role, size):
            granted = bool({role.value for role in held} & set(entry["roles"]))
            viewer = officer(*held)
            assert bool(allowed(viewer, act)) is granted, (act, held)
            own = bool(allowed(viewer, act, "ES"))
            other = bool(allowed(viewer, act, "FR"))
            assert own is granted
            assert other is (granted and not entry.get("own", False))


@pytest.mark.parametrize("act", Act)
def test_single_user_mode_may_everything_and_nobody_writes_in_read_only_or_in_another_view(act: Act) -> None:
    writes = TABLE["act"][act.name].get("writes", False)
    assert allowed(WATCH, act)
    for viewer in (WATCH, officer(*Role)):
        assert bool(allowed(replace(viewer, read_only=True), act)) is not writes
        assert bool(allowed(replace(viewer, seeing_as="BE"), act)) is not writes


def test_auditor_administrator_and_feeder_reach_nothing_of_operations() -> None:
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.FEEDER):
        for act in (Act.READ, Act.EDIT, Act.EXPORT, Act.RELEASE, Act.APPROVE, Act.VIEW_AS, Act.MARK):
            assert not allowed(officer(role), act)


def test_a_refusal_is_one_sentence_with_a_way_out_and_exit_status_three() -> None:
    with pytest.raises(NotPermitted) as refused:
        require(officer(Role.ANALYST), Act.APPROVE)
    assert refused.value.status == 3
    assert refused.value.message == "As analyst you may not approve a release as the second person."
    assert "coordinator or releaser" in refused.value.way_out
    assert allowed(officer(), Act.READ).reason.startswith("Without a role")
    assert "Only officers of FR" in allowed(officer(Role.LIAISON), Act.MARK, "FR").reason


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[act.LOG]", "[act.LOGG]", "act.LOG"),
        ('roles = ["auditor"]', 'roles = ["auditors"]', "act.READ_JOURNAL.roles"),
        ('roles = ["auditor"]', "roles = []", "act.READ_JOURNAL.roles"),
        ('title = "read the whole journal"', "title = 3", "act.READ_JOURNAL.title"),
        ("own = true", "own = 1", ".own"),
        ("confirm = true", "confrim = true", "confrim"),
        ("feeder =", "feeders =", "role"),
        ("[act.LOG]", "[act.LOG", "cannot be read"),
    ],
)
def test_a_fault_in_the_table_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(Problem) as fault:
        roles.read(path)
    assert str(path) in fault.value.message
    assert named in fault.value.message
