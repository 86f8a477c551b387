"""An older record's releases stay what they were when operations, seizures and assets can be released too."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import driver, releases, schema
from maoc_tui.store.checks import APPLICATION_ID
from maoc_tui.store.database import Database

BEFORE = "0017"
TARGET, PROPOSAL, REQUEST = (uuid4().hex for _ in range(3))


def made_before(path: Path) -> None:
    """A record as the migration before made it, with a target, its release, and a question to its originator."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    engine = driver.engine(path, None)
    with engine.connect().execution_options(maoc_begin=driver.WRITE) as conn, conn.begin():
        config.attributes["connection"] = conn
        with EnvironmentContext(config, scripts, fn=lambda rev, _: scripts._upgrade_revs(BEFORE, rev)):
            scripts.run_env()
        conn.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        conn.exec_driver_sql(f"PRAGMA user_version={int(BEFORE)}")
        fill(conn)
    engine.dispose()


def fill(conn: Connection) -> None:
    act = {"by": "first", "officer": "1", "by_partner": "ES", "entered_ms": 5}
    rows = {
        "target": {
            "id": TARGET, "number": 7, "kind": "vessel", "status": "ACTIVE", "description": "sloop", "area": "west",
        },
        "release_proposal": act | {"id": PROPOSAL, "number": 12, "target_id": TARGET, "partner": "BE", "need": "x"},
        "release_line": {"proposal_id": PROPOSAL, "statement_id": TARGET, "originator": "ES"},
        "release": {
            "id": uuid4().hex, "number": 12, "proposal_id": PROPOSAL, "statement_id": TARGET, "partner": "BE",
            "from_ms": 6, "proposed_by": "first", "approved_by": "second", "approved_officer": "2", "entered_ms": 6,
        },
        "origin_request": act | {"id": REQUEST, "number": 3, "target_id": TARGET, "originator": "ES", "partner": "BE"},
        "origin_request_line": {"request_id": REQUEST, "statement_id": TARGET},
        "origin_answer": act | {"id": uuid4().hex, "request_id": REQUEST, "answer": "granted"},
    }  # fmt: skip
    for name, values in rows.items():
        columns = conn.exec_driver_sql(f"PRAGMA table_info({name})").all()
        blank = {"TEXT": "{}" if name == "release_proposal" else ""}
        whole = {c.name: blank.get(c.type, 0) for c in columns if c.notnull and not c.pk} | values
        marks = ", ".join("?" * len(whole))
        named = ", ".join(f'"{one}"' for one in whole)
        conn.exec_driver_sql(f'INSERT INTO "{name}" ({named}) VALUES ({marks})', tuple(whole.values()))


@pytest.fixture
def db(tmp_path: Path) -> Database:
    path = tmp_path / "maoc.db"
    path.touch()
    made_before(path)
    return Database.open(path)


def test_releases_of_an_older_record_are_of_their_targets(db: Database) -> None:
    with db.reading(WATCH) as conn:
        (proposal,), (request,) = releases.proposals(conn), releases.requests(conn)
        assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert (proposal.ref, proposal.subject.kind, proposal.subject.id.replace("-", "")) == (
        "R-0012",
        "target",
        TARGET,
    )
    assert (proposal.approved is not None, len(proposal.lines)) == (True, 1)
    assert (request.ref, request.subject.kind, request.last is not None) == ("Q-0003", "target", True)
    db.close()


@pytest.mark.parametrize("name", ["release_proposal", "origin_request"])
def test_the_tables_made_anew_are_guarded_as_before(db: Database, name: str) -> None:
    bare = driver.connect(db.path)
    for act in (f"UPDATE {name} SET partner='MA'", f"DELETE FROM {name}"):
        with pytest.raises(driver.module().Error, match=r"append-only|never deleted"):
            bare.execute(act)
    columns = "seq, id, by, officer, by_partner, entered_ms, number, partner"
    row = "NULL, 'x', 'a', '', 'ES', 1, 99, 'BE'"
    with pytest.raises(driver.module().Error, match=r"NOT NULL|CHECK"):
        bare.execute(f"INSERT INTO {name} ({columns}) VALUES ({row})")
    bare.close()
    db.close()
