"""One table of commands: every one of them works, and nothing works that is not in it."""

from __future__ import annotations

import re

import pytest
from textual.binding import Binding

from maoc_tui import commands
from maoc_tui.commands import (
    ALERTS,
    ASSETS,
    BRIEFS,
    BY_ID,
    CHART,
    CHECKLIST,
    COMMANDS,
    DIALOG,
    EVERYWHERE,
    FIGURES,
    FORM,
    HANDOVER,
    INTERCEPT,
    LIAISON,
    LIST,
    MARKING_LINE,
    MATRIX,
    OPERATIONS,
    PLACES,
    RELEASE,
    RELEASE_SHEET,
    REQUESTS,
    SIGHT,
    TARGETS,
    WATCH,
    WATCH_LOG,
)
from maoc_tui.commands.command import MARKS, VIEWS
from maoc_tui.domain.query_fields import FIELDS
from maoc_tui.problems import BadInput
from maoc_tui.ui.help import chapters, help_lines, key_table, keys_chapter
from maoc_tui.ui.keys import bindings, check_rebinding


def _homes():
    """Place to the classes whose actions it means."""
    from maoc_tui.app import MaocApp
    from maoc_tui.ui.alerts import AlertsScreen
    from maoc_tui.ui.assets import AssetsScreen
    from maoc_tui.ui.briefs import BriefsScreen
    from maoc_tui.ui.chart_panel import ChartPanel
    from maoc_tui.ui.chart_screen import ChartScreen
    from maoc_tui.ui.dialogs import Window
    from maoc_tui.ui.figures import FiguresScreen
    from maoc_tui.ui.form import Form
    from maoc_tui.ui.frame import DeskScreen
    from maoc_tui.ui.grid import Grid
    from maoc_tui.ui.handover import HandoverWindow
    from maoc_tui.ui.intercept_matrix import MatrixWindow
    from maoc_tui.ui.intercept_sheet import InterceptSheet
    from maoc_tui.ui.kept_windows import MarksWindow, ViewsWindow
    from maoc_tui.ui.liaison import LiaisonScreen
    from maoc_tui.ui.lines import Lines
    from maoc_tui.ui.marking_form import MarkedForm
    from maoc_tui.ui.operations import OperationsScreen
    from maoc_tui.ui.release_checklist import Checklist
    from maoc_tui.ui.release_list import ReleaseSheet
    from maoc_tui.ui.release_panel import ReleasePanel
    from maoc_tui.ui.requests import RequestsScreen
    from maoc_tui.ui.targets import TargetsScreen
    from maoc_tui.ui.watch import WatchScreen
    from maoc_tui.ui.watch_log import WatchLogScreen

    return MaocApp, {
        EVERYWHERE: (DeskScreen,),
        LIST: (Grid, Lines),
        SIGHT: (WatchScreen, ChartScreen),
        WATCH: (WatchScreen,),
        TARGETS: (TargetsScreen,),
        LIAISON: (LiaisonScreen,),
        REQUESTS: (RequestsScreen,),
        OPERATIONS: (OperationsScreen,),
        ASSETS: (AssetsScreen,),
        BRIEFS: (BriefsScreen,),
        FIGURES: (FiguresScreen,),
        ALERTS: (AlertsScreen,),
        WATCH_LOG: (WatchLogScreen,),
        HANDOVER: (HandoverWindow,),
        MATRIX: (MatrixWindow,),
        INTERCEPT: (InterceptSheet,),
        CHART: (ChartPanel,),
        DIALOG: (Window,),
        FORM: (Form,),
        MARKING_LINE: (MarkedForm,),
        RELEASE: (ReleasePanel,),
        CHECKLIST: (Checklist,),
        RELEASE_SHEET: (ReleaseSheet,),
        VIEWS: (ViewsWindow,),
        MARKS: (MarksWindow,),
    }


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.id)
def test_every_command_has_a_working_action_where_it_applies(command):
    app, homes = _homes()
    name = re.match(r"(?:app\.)?(\w+)", command.action)[1]
    owners = (
        (app,) if command.action.startswith("app.") else [o for place in command.where for o in homes[place]]
    )
    for owner in owners:
        method = getattr(owner, f"action_{name}", None) or getattr(owner, f"_action_{name}", None)
        assert method is not None, f"{owner.__name__} has no action_{name}"


def test_every_binding_of_ours_is_in_the_table():
    _, homes = _homes()
    for owner in {owner for owners in homes.values() for owner in owners}:
        for binding in owner.BINDINGS:
            assert isinstance(binding, Binding)
            assert binding.id in BY_ID
            assert binding.key == BY_ID[binding.id].keys


def test_ids_and_words_are_unique_and_every_place_is_known():
    assert len(BY_ID) == len(COMMANDS)
    words = [c.word for c in COMMANDS if c.word]
    assert len(set(words)) == len(words)
    assert {place for c in COMMANDS for place in c.where} <= set(PLACES)


def test_no_key_means_two_things_in_one_place():
    check_rebinding({c.id: c.keys for c in COMMANDS if c.keys})
    for place in PLACES:
        keys = [key for c in commands.commands_of(place) for key in c.keys.split(",") if key]
        assert len(set(keys)) == len(keys), place


def test_help_names_every_key_of_the_place_and_every_word():
    text = "\n".join("".join(t for t, _ in line) for line in help_lines((WATCH, SIGHT, EVERYWHERE, LIST), {}))
    for command in COMMANDS:
        if set(command.where) & {WATCH, SIGHT, EVERYWHERE, LIST} and command.keys:
            assert command.help in text
        if command.word:
            assert command.word in text


@pytest.mark.parametrize("place", [SIGHT, TARGETS])
def test_help_names_every_field_of_the_filter_where_there_is_one(place):
    text = "\n".join("".join(t for t, _ in line) for line in help_lines((place, EVERYWHERE), {}))
    for field in FIELDS:
        assert field.help in text
        assert field.example in text
        assert all(name in text for name in field.aliases)


def test_help_and_key_table_follow_the_users_own_keys():
    lines = help_lines((EVERYWHERE,), {"quit": "ctrl+x"})
    assert any("Ctrl+x" in t for line in lines for t, _ in line)
    assert "`Ctrl+x`" in key_table({"quit": "ctrl+x"})
    assert all(f"| {c.id} |" in key_table() for c in COMMANDS if c.keys)


@pytest.mark.parametrize(
    ("keys", "says"),
    [({"nonsense": "x"}, "nonsense"), ({"theme": "z"}, "both"), ({"quit": " "}, "empty")],
)
def test_a_wrong_rebinding_is_refused_by_name(keys, says):
    with pytest.raises(BadInput, match=says):
        check_rebinding(keys)


def test_bindings_carry_the_ids_that_rebinding_uses():
    assert {b.id for b in bindings(EVERYWHERE)} == {c.id for c in commands.commands_of(EVERYWHERE) if c.keys}


def test_the_manuals_chapter_on_keys_is_the_table():
    written = chapters()["keys"].read_text(encoding="utf-8")
    assert written == keys_chapter(), "write maoc_tui.ui.help.keys_chapter() to maoc_tui/docs/keys.md again"
