"""The journal: nothing gets in between, nothing is changed unnoticed, and each proof fails when it is planted wrong."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.store import driver, journal, journal_chain, journal_key, journal_verify
from maoc_tui.store.database import Database
from maoc_tui.store.journal import Entry
from maoc_tui.store.journal_chain import Walk

ROOT = Path(__file__).parents[2]
START = 1_670_987_261_000


def entry(n: int, **values: Any) -> Entry:
    given = {"reason": f"reason {n}", "owner": "ES", "detail": "H2"} | values
    return Entry(START + n * 1000, f"officer {n % 3}", "PT", "consult", "target", f"T-{n:04d}", **given)


def fill(db: Database, count: int) -> None:
    with db.writing() as conn:
        for n in range(1, count + 1):
            journal.write(conn, entry(n))


def verdict(db: Database, anchor: str = "", key: bytes | None = None) -> journal_verify.Verdict:
    with db.reading(WATCH) as conn:
        return journal_verify.verify(conn, journal_chain.parse_short(anchor) if anchor else None, key)


def rows_of(db: Database) -> list[tuple[Any, ...]]:
    with db.reading(WATCH) as conn:
        found = conn.execute(text(f"SELECT {', '.join(journal.COLUMNS)} FROM journal ORDER BY seq")).all()
    return [tuple(row) for row in found]


@pytest.fixture
def twelve(db: Database) -> Database:
    fill(db, 12)
    return db


@pytest.fixture
def open_to_all(twelve: Database) -> Iterator[Any]:
    """A bare connection to a journal of twelve whose guards somebody took away."""
    with twelve.writing() as conn:
        journal.checkpoint(conn, START + 20_000)
    bare = driver.connect(twelve.path)
    for name in journal_verify.GUARDS:
        bare.execute(f"DROP TRIGGER {name}")
    yield bare
    bare.close()


def broken_at(db: Database, anchor: str = "") -> int | None:
    found = verdict(db, anchor).broken
    return found.seq if found else None


def test_an_untouched_journal_holds(twelve: Database) -> None:
    found = verdict(twelve)
    assert (found.ok, found.entries, found.unguarded, found.checkpoints) == (True, 12, (), 0)


def test_an_empty_journal_holds(db: Database) -> None:
    assert verdict(db).ok
    assert verdict(db).entries == 0


def test_an_act_that_is_undone_leaves_no_entry(twelve: Database) -> None:

    def failing() -> None:
        with twelve.writing() as conn:
            journal.write(conn, entry(13))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert len(rows_of(twelve)) == 12


def changed_bytes(rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Every change of one byte of one value of one entry."""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            data = bytearray(
                value.encode() if isinstance(value, str) else value if isinstance(value, bytes) else b""
            )
            if isinstance(value, int):
                yield at, [*rows[:at], (*row[:column], value ^ 1, *row[column + 1 :]), *rows[at + 1 :]]
            for place in range(len(data)):
                other = bytearray(data)
                other[place] ^= 0x01
                new = bytes(other) if isinstance(value, bytes) else other
                yield at, [*rows[:at], (*row[:column], new, *row[column + 1 :]), *rows[at + 1 :]]


def test_each_single_byte_changed_is_found_and_named(twelve: Database) -> None:
    rows, tried = rows_of(twelve), 0
    for at, forged in changed_bytes(rows):
        broken = Walk().along(forged)
        assert broken is not None
        assert broken.seq == at + 1
        tried += 1
    assert tried > 12 * 60


def test_null_for_nothing_and_number_for_text_are_found(twelve: Database) -> None:
    rows = rows_of(twelve)
    recipient = journal.COLUMNS.index("recipient")
    assert rows[4][recipient] == ""
    for other in (None, 0, b""):
        forged = [*rows[:4], (*rows[4][:recipient], other, *rows[4][recipient + 1 :]), *rows[5:]]
        assert Walk().along(forged).seq == 5  # type: ignore[union-attr]


def test_each_byte_of_the_file_that_holds_entries_matters(db: Database, tmp_path: Path) -> None:
    fill(db, 3)
    rows = rows_of(db)
    db.close()
    whole = bytearray(db.path.read_bytes())
    marks = [whole.find(row[-1]) for row in rows]
    assert min(marks) > 0
    first, last = min(marks) - 70, max(marks) + 32
    while whole[first] == 0:
        first += 1  # room not used yet
    copy, missed = tmp_path / "forged.db", []
    for place in range(first, last):
        forged = bytearray(whole)
        forged[place] ^= 0x01
        copy.write_bytes(forged)
        bare = driver.connect(copy)
        if journal_verify.verify_driver(bare, None, None).broken is None:
            missed.append(place)
        bare.close()
    assert missed == []


@pytest.mark.parametrize(
    ("forgery", "named"),
    [
        ("DELETE FROM journal WHERE seq = 5", 5),
        ("DELETE FROM journal WHERE seq = 1", 1),
        ("DELETE FROM journal WHERE seq > 9", 10),
        ("DELETE FROM journal", 1),
        ("UPDATE journal SET who = 'somebody else' WHERE seq = 7", 7),
        ("UPDATE journal SET at_ms = at_ms - 1 WHERE seq = 12", 12),
        ("UPDATE journal SET seq = 99 WHERE seq = 12", 12),
        ("INSERT INTO journal SELECT 13, at_ms, who, officer, partner, action, kind, ref, owner, recipient, reason,"
         " detail, hash FROM journal WHERE seq = 3", 13),
        ("UPDATE journal_checkpoint SET at_ms = 0", 12),
        ("UPDATE journal_checkpoint SET seq = 11", 11),
        ("UPDATE journal_checkpoint SET hash = zeroblob(32)", 12),
        ("UPDATE journal_checkpoint SET signature = zeroblob(64)", 12),
        ("UPDATE journal_checkpoint SET public_key = zeroblob(32)", 12),
    ],
)  # fmt: skip
def test_each_forgery_is_found_at_its_entry(
    twelve: Database, open_to_all: Any, forgery: str, named: int
) -> None:
    assert broken_at(twelve) is None
    open_to_all.execute(forgery)
    assert broken_at(twelve) == named


def test_two_entries_exchanged_are_found(twelve: Database, open_to_all: Any) -> None:
    for statement in (
        "SET seq = 99 WHERE seq = 4",
        "SET seq = 4 WHERE seq = 8",
        "SET seq = 8 WHERE seq = 99",
    ):
        open_to_all.execute(f"UPDATE journal {statement}")
    assert broken_at(twelve) == 4


def test_an_entry_taken_out_and_the_rest_renumbered_is_found(twelve: Database, open_to_all: Any) -> None:
    open_to_all.execute("DELETE FROM journal WHERE seq = 6")
    open_to_all.execute("UPDATE journal SET seq = seq - 1 WHERE seq > 6")
    assert broken_at(twelve) == 6


def rewrite(bare: Any, keep: int) -> None:
    """Forge the chain from entry ``keep`` on as somebody would who knows how it is made, but has no key."""
    rows = bare.execute(f"SELECT {', '.join(journal.COLUMNS)} FROM journal ORDER BY seq").fetchall()
    before = rows[keep - 2][-1]
    for row in rows[keep - 1 :]:
        fields = (row[0], row[1], "somebody else", *row[3:-1])
        before = journal_chain.link(before, fields)
        bare.execute("UPDATE journal SET who = ?, hash = ? WHERE seq = ?", (fields[2], before, row[0]))


def test_a_chain_written_anew_contradicts_its_checkpoint(twelve: Database, open_to_all: Any) -> None:
    rewrite(open_to_all, 8)
    assert broken_at(twelve) == 12


def test_a_forged_checkpoint_bears_another_key(twelve: Database, open_to_all: Any) -> None:
    ours = verdict(twelve).keys[0]
    rewrite(open_to_all, 8)
    open_to_all.execute("DELETE FROM journal_checkpoint")
    journal_key.path_of(twelve.path).unlink()
    with twelve.writing() as conn:
        journal.checkpoint(conn, START)
    assert verdict(twelve).broken is None, "within the file nothing contradicts it"
    assert verdict(twelve, key=ours).broken is not None, "the public key kept outside does"


def anchor_of(db: Database) -> str:
    found = verdict(db)
    return journal_chain.short(found.entries, found.tip)


def test_a_tail_cut_off_with_its_checkpoint_is_found_only_from_outside(
    twelve: Database, open_to_all: Any
) -> None:
    anchor = anchor_of(twelve)
    open_to_all.execute("DELETE FROM journal WHERE seq > 9")
    open_to_all.execute("DELETE FROM journal_checkpoint")
    assert broken_at(twelve) is None, "the twin without an anchor must miss it"
    assert broken_at(twelve, anchor) == 10


def test_a_whole_rewriting_is_found_from_outside(twelve: Database, open_to_all: Any) -> None:
    anchor = anchor_of(twelve)
    rewrite(open_to_all, 8)
    open_to_all.execute("DELETE FROM journal_checkpoint")
    assert broken_at(twelve) is None
    assert broken_at(twelve, anchor) == 12


def test_the_guards_gone_are_named(twelve: Database) -> None:
    bare = driver.connect(twelve.path)
    bare.execute("DROP TRIGGER journal_stands")
    bare.close()
    found = verdict(twelve)
    assert (found.ok, found.broken, found.unguarded) == (False, None, ("journal_stands",))


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE journal SET who = 'x' WHERE seq = 3",
        "UPDATE journal SET seq = 40 WHERE seq = 12",
        "DELETE FROM journal WHERE seq = 12",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT 12, at_ms, 'x', officer, partner, action, kind, ref, owner, recipient,"
        " reason, detail, hash FROM journal WHERE seq = 12",
        "INSERT OR IGNORE INTO journal SELECT 14, at_ms, 'x', officer, partner, action, kind, ref, owner, recipient,"
        " reason, detail, hash FROM journal WHERE seq = 12",
        "INSERT INTO journal SELECT 12, at_ms, 'x', officer, partner, action, kind, ref, owner, recipient, reason,"
        " detail, hash FROM journal WHERE seq = 12 ON CONFLICT (seq) DO UPDATE SET who = 'x'",
        "REPLACE INTO journal_checkpoint SELECT seq, 0, hash, public_key, signature FROM journal_checkpoint",
        "UPDATE journal_checkpoint SET at_ms = 0",
        "DELETE FROM journal_checkpoint",
    ],
)  # fmt: skip
def test_the_database_refuses_every_change(twelve: Database, act: str) -> None:
    with twelve.writing() as conn:
        journal.checkpoint(conn, START)
    before = rows_of(twelve)
    with pytest.raises(StoreProblem), twelve.writing() as conn:
        conn.exec_driver_sql(act)
    assert rows_of(twelve) == before
    assert verdict(twelve).ok


FIELDS = st.lists(
    st.integers(0, 99) | st.text("ab1", max_size=2) | st.none() | st.binary(max_size=2), max_size=3
)


@given(FIELDS, FIELDS)
def test_no_two_entries_have_the_same_bytes(one: list[Any], other: list[Any]) -> None:
    same = [(type(v), v) for v in one] == [(type(v), v) for v in other]
    assert (journal_chain.encoded(one) == journal_chain.encoded(other)) == same


def test_twin_fields_joined_without_lengths_would_hide_a_shift(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (1, "T-1", "01"), (1, "T-10", "1")
    assert journal_chain.link(b"", one) != journal_chain.link(b"", other)
    monkeypatch.setattr(journal_chain, "encoded", lambda fields: "".join(map(str, fields)).encode())
    assert journal_chain.link(b"", one) == journal_chain.link(b"", other)


def test_twin_a_hash_that_forgets_the_one_before_would_hide_a_whole_entry(
    twelve: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(twelve)
    other = entry(5, reason="another reason")
    fields = (5, *(getattr(other, name) for name in journal.COLUMNS[1:-1]))
    honest = [*rows[:4], (*fields, journal_chain.link(rows[3][-1], fields)), *rows[5:]]
    assert Walk().along(honest).seq == 6  # type: ignore[union-attr]
    forgetful = journal_chain.link
    monkeypatch.setattr(journal_chain, "link", lambda before, fields: forgetful(b"", fields))
    rows = [(*row[:-1], journal_chain.link(b"", row[:-1])) for row in rows]
    assert Walk().along([*rows[:4], (*fields, journal_chain.link(b"", fields)), *rows[5:]]) is None


@given(st.integers(1, 10**9), st.binary(min_size=32, max_size=32))
def test_the_short_form_is_read_back(seq: int, digest: bytes) -> None:
    for shown in (journal_chain.short(seq, digest), f"{seq}:{digest.hex()}", f"{seq} {digest[:6].hex()}"):
        anchor = journal_chain.parse_short(shown)
        assert anchor.seq == seq
        assert digest.hex().startswith(anchor.prefix)


@pytest.mark.parametrize("text", ["", "12", "x · 7f3a-91c2", "12 · 7f3a", "12 · 7f3a-91cg", "-1:7f3a91c2"])
def test_what_is_no_short_form_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        journal_chain.parse_short(text)


def test_an_anchor_that_names_other_bytes_is_found(twelve: Database) -> None:
    assert broken_at(twelve, "7:00000000") == 7
    assert broken_at(twelve, f"7:{rows_of(twelve)[6][-1].hex()}") is None


def test_checkpoints_come_by_themselves_and_the_key_is_private(db: Database) -> None:
    fill(db, 250)
    found = verdict(db)
    assert (found.ok, found.checkpoints, found.witnessed) == (True, 2, 200)
    assert stat.S_IMODE(journal_key.path_of(db.path).stat().st_mode) == 0o600


def test_a_quarter_of_an_hour_brings_a_checkpoint_too(db: Database) -> None:
    with db.writing() as conn:
        journal.write(conn, entry(0))
        journal.write(conn, entry(10 * 60))
        journal.write(conn, entry(16 * 60))
    assert verdict(db).witnessed == 3


def test_an_act_is_kept_when_its_checkpoint_cannot_be_signed(db: Database) -> None:
    journal_key.path_of(db.path).write_text("not a key")
    fill(db, 101)
    assert (verdict(db).entries, verdict(db).checkpoints) == (101, 0)
    with pytest.raises(StoreProblem, match="signing key"), db.writing() as conn:
        journal.checkpoint(conn, START)


def test_what_no_database_holds_is_spelt_out(db: Database) -> None:
    with db.writing() as conn:
        journal.write(conn, entry(1, reason="a\0b\ud800c"))
    assert rows_of(db)[0][journal.COLUMNS.index("reason")] == "a\\x00b\\ud800c"
    assert verdict(db).ok


def test_an_unknown_action_is_a_fault_of_the_program(db: Database) -> None:
    with pytest.raises(ValueError, match="no action"), db.writing() as conn:
        journal.write(conn, Entry(START, "x", "PT", "meddle", "target", "T-1"))


APPENDER = """
import sys
from pathlib import Path
from maoc_tui.store import journal
from maoc_tui.store.database import Database
db = Database.open(Path(sys.argv[1]))
for n in range(60):
    with db.writing() as conn:
        journal.write(conn, journal.Entry(n, f"process {sys.argv[2]}", "PT", "alter", "target", str(n)))
db.close()
"""


def test_four_programs_append_to_one_chain(db: Database) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(db.path), str(n)],
            stderr=subprocess.PIPE, env={"PYTHONPATH": str(ROOT)},
        )
        for n in range(4)
    ]  # fmt: skip
    assert [program.communicate()[1] for program in running] == [b""] * 4
    found = verdict(db)
    assert (found.ok, found.entries, found.checkpoints, len(found.keys)) == (True, 240, 2, 1)
    for n in range(4):
        mine = [row[journal.COLUMNS.index("ref")] for row in rows_of(db) if row[2] == f"process {n}"]
        assert mine == [str(i) for i in range(60)]


def test_a_copy_of_the_file_alone_cannot_sign_for_it(twelve: Database, tmp_path: Path) -> None:
    with twelve.writing() as conn:
        journal.checkpoint(conn, START)
    key = verdict(twelve).keys
    twelve.close()
    stolen = tmp_path / "elsewhere" / "maoc.db"
    stolen.parent.mkdir()
    shutil.copy(twelve.path, stolen)
    other = Database.open(stolen)
    with other.writing() as conn:
        journal.write(conn, entry(13))
        journal.checkpoint(conn, START)
    assert verdict(other).keys[:1] == key
    assert verdict(other, key=key[0]).broken is not None
    other.close()
