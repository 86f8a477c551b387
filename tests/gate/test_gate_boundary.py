"""Nobody reads past the gate: found in the source, so that a new reader that skips it fails by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import maoc_tui

ROOT = Path(maoc_tui.__file__).parent
WHOLE = {
    "desk/access.py": "accounts and sessions",
    "desk/access_findings.py": "accounts",
    "desk/admin_findings.py": "tables, guards and journal, whole or not; when the newest act and copy were",
    "desk/alert_pending.py": "a number that changes with any alert and tells nothing else",
    "desk/diagnostics.py": "counts in classes, no case data",
    "desk/drafts.py": "an officer's own drafts, about what the viewer still sees",
    "desk/marks.py": "an officer's own pins, told through the viewer",
    "desk/record_proof.py": "what the journal holds digests of, told of what the viewer sees",
    "desk/search.py": "which rows may answer, told through the viewer",
    "desk/search_keeping.py": "whether the index is as it should be",
    "desk/views.py": "which views were replaced: one that was narrowed is gone for who does not see what came after",
    "desk/undo.py": "an officer's own acts, of what the viewer still sees",
    "desk/accounts.py": "accounts",
    "desk/brief_copies.py": "kept briefs, after asking who may have which copy",
    "desk/handover_sheet.py": "what was said of items of the viewer's own sheet, and the journal's newest checkpoint",
    "desk/alert_sweep.py": "open traffic, and assets: an alert that comes of one is hidden with it",
    "desk/clock_acks.py": "who heard the bells of clocks that the viewer sees",
    "desk/brief_proof.py": "what the journal holds digests of, told of a brief to those who made it",
    "desk/demo.py": "whether a demo made the record, told as yes or no",
    "desk/encryption.py": "accounts",
    "desk/figure_freeze.py": "frozen figures, after asking whose they are and what of them is still seen",
    "desk/journal.py": "the journal, after asking for the right",
    "desk/journal_proof.py": "the journal, after asking for the right",
    "desk/operation_proof.py": "what the journal holds of lines that the viewer sees",
    "desk/operation_whole.py": "whether anything hidden stands against a step, told as yes or no to who may take it",
    "desk/seizure_proof.py": "what the journal holds of ledger lines of an event that the viewer sees",
    "desk/releasing.py": "whether a consent or a refusal stands in the way, told to nobody",
    "desk/signing_in.py": "accounts and sessions",
    "store/database.py": "where it is made",
}
"""Modules that read as the system, and what."""
SYSTEM = {
    "desk/admin_findings.py": "the state of feeds, which is no statement",
    "desk/partner_register.py": "the register of partners is what the gate itself stands on",
    "desk/storing.py": "the waters that traffic is placed in as it arrives",
    "desk/access.py": "the one viewer of single-user mode",
    "desk/door.py": "single-user mode",
    "desk/operation_whole.py": "what stands against a step in the whole record",
    "ui/live.py": "until somebody came in",
    "cli/law.py": "reference data alone, where there is no record",
    "cli/demo.py": "the demo's record is made by the system",
}
"""Modules that name the all-seeing viewer, and why; those that make the demo's record do so too."""


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def faults(name: str, tree: ast.Module) -> list[str]:
    """What a module does that only the gate may."""
    nodes = list(ast.walk(tree))
    reached = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    given = {node.arg for node in nodes if isinstance(node, ast.keyword)}
    imported = {
        alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "maoc_tui.domain.viewer"
        for alias in node.names
    }
    said = {
        "reads past the gate": "reading_whole" in reached and name not in WHOLE,
        "reads as the system": {"WATCH"} <= used & imported
        and name not in SYSTEM
        and not name.startswith("desk/demo"),
        "makes a viewer that sees everything": "all_seeing" in given,
        "changes who stands how": "context_of" in reached and name not in CONTEXT,
        "has a connection of its own": bool(reached & OWN) and not name.startswith("store/"),
    }
    return [f"{name} {words}" for words, so in said.items() if so] + list(_engines(name, tree))


CONTEXT = {"desk/room.py", "store/database.py"}
OWN = {"_engine", "_gated", "_gate", "raw_connection"}


def _engines(name: str, tree: ast.Module) -> Iterator[str]:
    """Only the store opens database files; a GeoPackage of zones is one too."""
    for node in ast.walk(tree):
        imported: set[str] = set()
        if isinstance(node, ast.Import):
            imported = {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported = {(node.module or "").split(".")[0]}
        if imported & {"sqlite3", "sqlcipher3"} and not name.startswith("store/"):
            yield f"{name} opens a database of its own"


def test_only_the_modules_listed_read_past_the_gate() -> None:
    found = [fault for name, tree in modules("desk", "ui", "cli", "store") for fault in faults(name, tree)]
    assert found == []


def test_every_module_listed_exists_and_uses_its_exception() -> None:
    """An exception that is no longer needed is closed."""
    named = {name: ast.dump(tree) for name, tree in modules("desk", "ui", "cli", "store")}
    assert {name for name in WHOLE if "reading_whole" not in named.get(name, "")} == set()
    assert {name for name in SYSTEM if "'WATCH'" not in named.get(name, "")} == set()


@pytest.mark.parametrize(
    "planted",
    [
        "def export(room, viewer):\n    with room.db.reading_whole() as conn: ...",
        "from maoc_tui.domain.viewer import WATCH\ndef export(room):\n    with room.db.reading(WATCH) as conn: ...",
        "def export(room, viewer):\n    with room.db.reading(replace(viewer, all_seeing=True)) as conn: ...",
        "def export(room, viewer):\n    conn = room.db._engine.connect()",
        "import sqlite3\ndef export(room, viewer):\n    sqlite3.connect(room.db.path)",
        "def export(room, viewer):\n    room.db.context_of = None",
    ],
)
def test_an_exporter_that_skips_the_gate_is_found(planted: str) -> None:
    """The twins."""
    assert faults("desk/exporting.py", ast.parse(planted)) != []


def looked_up_while_writing(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls that look a target or statement up on a connection that is not a viewer's."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.With):
            continue
        names = {
            item.optional_vars.id
            for item in node.items
            if isinstance(item.context_expr, ast.Call)
            and isinstance(item.context_expr.func, ast.Attribute)
            and item.context_expr.func.attr == "writing"
            and isinstance(item.optional_vars, ast.Name)
        }
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args:
                first = call.args[0]
                looks = call.func.attr in ("find", "facts", "links", "sightings", "load")
                if looks and isinstance(first, ast.Name) and first.id in names:
                    yield call


OTHER_LOOKUPS = {
    "desk/accounts.py", "desk/officers.py", "desk/channels.py", "desk/roster.py", "desk/liaison_undoing.py",
}  # fmt: skip
"""Look up accounts, officers and duties, which are no statements."""


def test_what_is_changed_is_looked_up_through_the_viewer() -> None:
    found = [
        f"{name}:{call.lineno}"
        for name, tree in modules("desk")
        if name not in OTHER_LOOKUPS
        for call in looked_up_while_writing(tree)
    ]
    assert found == []


def test_a_lookup_past_the_viewer_is_found() -> None:
    """The twin."""
    planted = (
        "def rename(room, viewer, ref):\n  with room.db.writing() as conn:\n    t = store.find(conn, ref)"
    )
    assert len(list(looked_up_while_writing(ast.parse(planted)))) == 1
