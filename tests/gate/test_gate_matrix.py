"""Pure rule and connection on every combination of role, standing, marking, release and parent; and at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from gate_world import HOUR, NOW, STANDINGS, At, World, filled, mark, officer, world
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maoc_tui.domain.gate import Released, Statement, may_see
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import gate_views

ORIGINATORS = ("ES", "FR", "BE", "MAOC")
NAMED = ((), ("ES",), ("FR", "BE"), ("ES", "BE", "MAOC"), ORIGINATORS)
RECORDED = (NOW - 3 * HOUR, NOW - 2 * HOUR, NOW - 1)
RELEASES: tuple[dict[str, int | None] | None, ...] = (
    None,
    {"from_ms": NOW - HOUR},
    {"from_ms": NOW, "until_ms": NOW + 1},
    {"from_ms": NOW - HOUR, "until_ms": NOW},
    {"from_ms": NOW + 1},
    {"from_ms": NOW - HOUR, "recalled_ms": NOW - 1},
)
STANDS = tuple(
    At("", status, reads, since)
    for status, reads, since in (
        ("member", True, -(2**62)),
        ("member", True, NOW - 2 * HOUR),
        ("member", True, NOW),
        ("prospective", True, None),
        ("suspended", False, None),
        ("suspended", False, -(2**62)),
    )
)
ROLES = (*((role,) for role in Role), (), (Role.LIAISON, Role.AUDITOR))


def every_statement(made: World) -> None:
    """Targets of every kind, and lines of every kind under a few of them."""
    with made.together():
        targets = []
        for origin, named, at, release in product(ORIGINATORS, NAMED, RECORDED, RELEASES):
            target = made.target(mark(origin, *named), at)
            targets.append(target)
            if release is not None:
                made.release(target, "ES", **release)
        for parent in targets[:: max(1, len(targets) // 23)]:
            for origin, named, release in product(ORIGINATORS, NAMED[:4], (None, RELEASES[1], RELEASES[5])):
                line = made.fact(parent, mark(origin, *named), NOW - 2 * HOUR)
                if release is not None:
                    made.release(line, "BE", **release)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("matrix") / "maoc.db") as opened:
        every_statement(opened)
        yield opened


def differing(made: World) -> tuple[int, list[str]]:
    """Decisions taken, and those on which the rule and the connection differ."""
    count, wrong = 0, []
    of: dict[str, list[Released]] = {}
    for one in made.releases:
        of.setdefault(one.statement, []).append(one)
    held = {s.id: [one for said in (s, *s.above) for one in of.get(said.id, [])] for s in made.statements}
    for partner, stand, roles in product(ORIGINATORS, STANDS, ROLES):
        made.standings[partner] = standing = replace(stand, code=partner)
        viewer = Viewer("x", partner, roles=frozenset(roles))
        shown = made.rows(viewer)
        for statement in made.statements:
            count += 1
            verdict = may_see(statement, viewer, standing, held[statement.id], NOW)
            if verdict.seen != (statement.id in shown):
                wrong.append(f"{partner} {stand} {roles}: {verdict.reason} {statement}")
    made.standings.update(STANDINGS)
    return count, wrong


def test_rule_and_connection_agree_on_every_combination(made: World) -> None:
    count, wrong = differing(made)
    assert wrong == []
    assert count >= 300_000


@pytest.mark.parametrize(
    ("right", "planted"),
    [
        ("r.from_ms <=", "r.from_ms >="),
        (">= (SELECT gate_named_from", "> (SELECT gate_named_from"),
        ("r.until_ms >", "r.until_ms >="),
        ("AND NOT EXISTS (SELECT 1 FROM main.release_recall", "OR EXISTS (SELECT 1 FROM main.release_recall"),
        ("(SELECT gate_reads(0)) AND", ""),
    ],
)
def test_a_bug_planted_in_the_views_is_found(
    right: str, planted: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twins."""
    whole = gate_views.seen
    assert right in whole(gate_views.GOVERNED["target"], 0)
    monkeypatch.setattr(gate_views, "seen", lambda kind, place: whole(kind, place).replace(right, planted))
    for name, fewer in {
        "ROLES": ((Role.LIAISON,), (Role.AUDITOR,)),
        "RECORDED": (NOW - 2 * HOUR,),
        "ORIGINATORS": ("ES", "BE"),
        "NAMED": ((), ("ES", "BE")),
    }.items():
        monkeypatch.setattr(f"test_gate_matrix.{name}", fewer)
    with world(tmp_path_factory.mktemp("planted") / "maoc.db") as opened:
        every_statement(opened)
        assert differing(opened)[1] != []


def test_a_line_of_a_hidden_target_would_be_shown_without_the_closure(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    monkeypatch.setattr(gate_views, "_closure", lambda kind, prefix: iter(()))
    with world(tmp_path_factory.mktemp("open") / "maoc.db") as opened:
        filled(opened)
        assert opened.rows(officer("ES")) > opened.visible(officer("ES"))


partners = st.sampled_from(ORIGINATORS)
instants = st.integers(-3, 3).map(lambda hours: NOW + hours * HOUR)
markings = st.builds(lambda origin, named: mark(origin, *named), partners, st.frozensets(partners))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_rule_and_connection_agree_at_random(made: World, data: st.DataObject) -> None:
    before = len(made.statements), len(made.releases)
    with made.together():
        target = made.target(data.draw(markings), data.draw(instants))
        lines = [made.fact(target, data.draw(markings), data.draw(instants)) for _ in range(2)]
        for _ in range(data.draw(st.integers(0, 3))):
            chosen = data.draw(st.sampled_from([target, *lines]))
            begins = data.draw(instants)
            until = data.draw(st.none() | st.integers(1, 4).map(lambda h: begins + h * HOUR))  # noqa: B023
            recalled = data.draw(st.none() | instants)
            made.release(chosen, data.draw(partners), from_ms=begins, until_ms=until, recalled_ms=recalled)
    added: list[Statement] = made.statements[before[0] :]
    for partner in ORIGINATORS:
        stand = At(partner, "member", data.draw(st.booleans()), data.draw(st.none() | instants))
        made.standings[partner] = stand
        viewer = officer(partner, data.draw(st.sampled_from(list(Role))))
        shown = made.rows(viewer)
        for one in added:
            assert may_see(one, viewer, stand, made.releases[before[1] :], NOW).seen == (one.id in shown)
    made.standings.update(STANDINGS)


def test_seeing_as_another_shows_what_both_see(made: World) -> None:
    for partner, behind in product(ORIGINATORS, ("ES", "BE")):
        real = officer(behind, Role.COORDINATOR)
        through = Viewer("x", partner, roles=frozenset({Role.LIAISON}), seeing_as=partner, behind=real)
        assert made.rows(through) == made.visible(officer(partner)) & made.visible(real)
