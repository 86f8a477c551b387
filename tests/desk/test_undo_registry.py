"""Every act of the desk that writes is in data/undo.toml: one that can be undone, or one that cannot, and why."""

from __future__ import annotations

import ast
from pathlib import Path

import maoc_tui.desk
from maoc_tui.domain.undo_rules import shipped

DESK = Path(maoc_tui.desk.__file__).parent
WRITES = {"changing", "writing", "writing_traffic", "entering", "doing"}
"""Whoever calls one of these opens a transaction in which the record is changed."""


def called(function: ast.AST) -> set[str]:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {
        f.attr if isinstance(f, ast.Attribute) else f.id
        for f in calls
        if isinstance(f, ast.Attribute | ast.Name)
    }


def writing_acts(source: str) -> set[str]:
    """Public functions of a module that write themselves, or through private ones of the same module."""
    tree = ast.parse(source)
    known = {node.name: called(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    writers = {name for name, calls in known.items() if calls & WRITES}
    while (
        more := {name for name, calls in known.items() if calls & {w for w in writers if w[0] == "_"}}
        - writers
    ):
        writers |= more
    return {name for name in writers if not name.startswith("_")} - WRITES


def acts_of_the_desk() -> set[str]:
    return {
        f"{path.stem}.{name}" for path in DESK.glob("*.py") for name in writing_acts(path.read_text("utf-8"))
    }


def test_every_writing_act_is_one_that_can_be_undone_or_says_why_not() -> None:
    rules = shipped()
    assert sorted(acts_of_the_desk() - set(rules.acts)) == [], (
        "say of each in data/undo.toml whether it can be undone"
    )


def test_a_new_act_that_nobody_decided_on_is_found() -> None:
    """The twin."""
    new = "def _write(room):\n    with room.db.writing() as c: c\n\ndef promise(room):\n    _write(room)\n"
    assert writing_acts(new) == {"promise"}


def test_what_the_file_names_is_there() -> None:
    rules = shipped()
    for name in [*rules.acts, *rules.backs]:
        module, _, function = name.partition(".")
        source = (DESK / f"{module}.py").read_text("utf-8")
        assert f"def {function}(" in source, name


def test_release_and_approval_cannot_be_undone_and_say_what_to_do_instead() -> None:
    rules = shipped()
    for name in ("releasing.approve", "recalling.recall", "brief_approval.approve", "operation_log.log"):
        stays = rules.acts[name]
        assert stays is not None
        assert stays.why
        assert stays.instead
