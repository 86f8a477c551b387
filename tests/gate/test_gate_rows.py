"""The pure rule and the viewer's connection give one answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gate_world import World, filled, viewers, world

from maoc_tui.domain.viewer import WATCH, Viewer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("gate") / "maoc.db") as opened:
        yield filled(opened)


@pytest.mark.parametrize(
    "viewer", viewers(), ids=lambda v: f"{v.partner}-{'-'.join(sorted(v.roles)) or 'none'}"
)
def test_the_connection_shows_what_the_rule_says(made: World, viewer: Viewer) -> None:
    assert made.rows(viewer) == made.visible(viewer)


def test_an_all_seeing_viewer_reads_the_tables_themselves(made: World) -> None:
    assert len(made.rows(WATCH)) == len(made.statements)
