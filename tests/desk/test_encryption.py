"""Encryption at rest: what a thief of the file gets, what damage is noticed, and that no record is lost by it."""

from __future__ import annotations

import atexit
import json
import random
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from access_room import WORDS, Wall, come_in, opened, staffed
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.desk import access, access_findings, accounts, encryption, signing_in, targets
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import NewTarget
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, NotPermitted, Problem, StoreProblem
from maoc_tui.store import driver, encrypting, keyring, passphrases, schema, sealing
from maoc_tui.store.database import Database

CANARY = "CANARY-7f3a91c2"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "maoc.db"


@pytest.fixture
def room(path: Path) -> Iterator[Room]:
    """A record with officers, a canary in it, and the administrator signed in."""
    room = with_canary(path)
    yield room
    room.close()


def with_canary(path: Path) -> Room:
    room = staffed(path, Wall())
    come_in(room, "ortega")
    targets.add(
        room, access.viewer(room), NewTarget(description=CANARY, area="west of Cape Verde", source="ES")
    )
    come_in(room, "ana")
    return room


@pytest.fixture
def sealed(path: Path) -> str:
    """The record encrypted; its recovery code."""
    made, code = encrypted_once()
    shutil.copy(made, path)
    shutil.copy(keyring.file_of(made), keyring.file_of(path))
    return code


@cache
def encrypted_once() -> tuple[Path, str]:
    """An encrypted record to copy, and its recovery code: made once, for it takes its time."""
    path = Path(tempfile.mkdtemp(prefix="maoc-test-")) / "template.db"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    room = with_canary(path)
    made = by_two(room, "test")
    return path, made.code


def by_two(room: Room, reason: str) -> encryption.Encrypted:
    """Another key, as the administrator wishes and the coordinator confirms, unless that was within the hour."""
    try:
        return encryption.encrypt(room, access.viewer(room), reason)
    except NotPermitted as waits:
        ref = waits.message[:6]
    accounts.decide(room, come_in(room, "rui"), ref, True, "seen")
    come_in(room, "ana")
    return encryption.encrypt(room, access.viewer(room), reason)


def unlocked(path: Path, login: str) -> Room:
    keys = signing_in.unlock(path, login, WORDS[login], Wall())
    return signing_in.open_unlocked(keys, lambda key: opened(path, Wall(), key))


def test_a_thief_of_the_file_reads_nothing_and_every_officer_opens_it(path: Path, room: Room) -> None:
    before = b"".join(file.read_bytes() for file in path.parent.iterdir())
    made = by_two(room, "test")
    assert CANARY.encode() in before, "the twin: without a key the thief reads it"
    for file in path.parent.iterdir():
        if file != made.kept:
            assert CANARY.encode() not in file.read_bytes(), file
            assert b"SQLite format" not in file.read_bytes()
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for login in ("ana", "rui", "ortega"):
        there = unlocked(path, login)
        viewer = signing_in.admit(there, login, WORDS[login])
        if login != "ana":
            assert [t.ref for t in targets.listing(there, viewer)] == ([] if login == "rui" else ["T-0001"])
        there.close()
    assert made.kept is not None
    with closing(driver.connect(made.kept)) as plain:
        assert CANARY in str(plain.execute("SELECT description FROM target").fetchall())


def test_nothing_opens_it_without_the_passphrase(path: Path, sealed: str) -> None:
    with pytest.raises(StoreProblem, match="encrypted"):
        Database.open(path)
    with pytest.raises(StoreProblem, match="another key"):
        Database.open(path, key=bytes(32))
    for login, said in (("ana", "wrong words entirely"), ("nobody", WORDS["ana"]), ("ana", WORDS["rui"])):
        with pytest.raises(NotPermitted, match="Login or passphrase is wrong"):
            signing_in.unlock(path, login, said, Wall())
    with pytest.raises(access.SignInNeeded, match="encrypted"):
        signing_in.open_room(path)


def test_tries_at_an_encrypted_record_are_delayed_too(path: Path, sealed: str) -> None:
    wall = Wall()
    for login in ("ana", "nobody"):
        for _ in range(5):
            with pytest.raises(NotPermitted, match="wrong"):
                signing_in.unlock(path, login, "wrong words entirely", wall)
        with pytest.raises(NotPermitted, match="in 30 s"):
            signing_in.unlock(path, login, WORDS["ana"], wall)
    wall.pass_by(0.5)
    assert signing_in.unlock(path, "ana", WORDS["ana"], wall)
    kept = (path.parent / "maoc.db.tries.json").read_text()
    assert "ana" not in kept
    assert "nobody" not in kept


def test_a_lost_or_damaged_keys_file_is_one_clear_sentence_and_the_code_helps(
    path: Path, sealed: str
) -> None:
    keys = keyring.file_of(path)
    keys.write_text(keys.read_text()[:100])
    with pytest.raises(StoreProblem, match=r"keys file .* cannot be read"):
        signing_in.unlock(path, "ana", WORDS["ana"], Wall())
    keys.unlink()
    for ask in (
        lambda: signing_in.unlock(path, "ana", WORDS["ana"], Wall()),
        lambda: signing_in.open_room(path),
        lambda: Database.open(path),
    ):
        with pytest.raises(StoreProblem, match="keys file is missing"):
            ask()
    encryption.recover(path, sealed.lower().replace("-", " "), "ana", "new words for ana")
    keys_now = signing_in.unlock(path, "ana", "new words for ana", Wall())
    there = signing_in.open_unlocked(keys_now, lambda key: opened(path, Wall(), key))
    assert signing_in.admit(there, "ana", "new words for ana").name == "Ana Ferreira"
    there.close()


@pytest.mark.parametrize(
    "spoil", [lambda c: c[:-1], lambda c: "A" + c[1:] if c[0] != "A" else "B" + c[1:], lambda c: ""]
)
def test_a_code_not_copied_as_it_is_is_refused(path: Path, sealed: str, spoil: Any) -> None:
    with pytest.raises(BadInput, match="not a whole recovery code"):
        encryption.recover(path, spoil(sealed), "ana", "new words for ana")


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_code_is_its_key(key: bytes) -> None:
    assert sealing.key_of_code(sealing.recovery_code(key)) == key


# -- who left, who came ----------------------------------------------------------------------------


def test_another_key_shuts_out_who_was_disabled_and_every_old_copy_of_the_keys(
    path: Path, sealed: str
) -> None:
    old_keys = keyring.load(path)
    room = unlocked(path, "ana")
    ana = signing_in.admit(room, "ana", WORDS["ana"])
    room.admission.wall.pass_by(1)  # type: ignore[attr-defined]
    accounts.disable(room, ana, "ortega", "posting over")
    room.admission.wall.pass_by(1)  # type: ignore[attr-defined]
    with pytest.raises(NotPermitted):
        signing_in.unlock(path, "ortega", WORDS["ortega"], Wall())
    assert not access_findings.of_encryption(room)[0], "the doctor says that the key is known to who left"
    (old_key,) = keyring.unlocked(old_keys, "ortega", WORDS["ortega"])
    assert old_key == room.db.key, "the twin: with an old keys file and no new key ortega still reads all"
    made = by_two(room, "ortega left")
    assert made.kept is None
    assert made.code != sealed
    with pytest.raises(StoreProblem, match="another key"):
        Database.open(path, key=old_key)
    for login in ("ana", "rui"):
        there = unlocked(path, login)
        signing_in.admit(there, login, WORDS[login])
        assert access_findings.of_encryption(there)[0]
        there.close()


def test_a_newcomer_opens_it_once_confirmed_and_a_new_passphrase_too(path: Path, sealed: str) -> None:
    room = unlocked(path, "ana")
    ana = signing_in.admit(room, "ana", WORDS["ana"])
    who = accounts.Newcomer("dupont", "Jean Dupont", "FR", frozenset({access.roles.Role.LIAISON}))
    asked = accounts.enrol(room, ana, who, "four words for dupont", "posted")
    with pytest.raises(NotPermitted):
        signing_in.unlock(path, "dupont", "four words for dupont", Wall())
    forgot = accounts.set_passphrase(room, ana, "ortega", "other words ortega", "forgot it")
    rui = signing_in.admit(room, "rui", WORDS["rui"])
    for change in (asked.change, forgot.change):
        accounts.decide(room, rui, change.ref, True, "seen")
    signing_in.change_passphrase(room, WORDS["rui"], "quite other words rui")
    room.close()
    assert signing_in.unlock(path, "dupont", "four words for dupont", Wall())
    assert signing_in.unlock(path, "ortega", "other words ortega", Wall())
    assert signing_in.unlock(path, "rui", "quite other words rui", Wall())
    with pytest.raises(NotPermitted):
        signing_in.unlock(path, "rui", WORDS["rui"], Wall())


def test_a_key_put_into_the_keys_file_by_hand_gets_nothing_from_the_next_key(path: Path, sealed: str) -> None:
    ring = keyring.load(path)
    account = next(a for a, h in ring.holders.items() if h.login == "ortega")
    mine = keyring.holder(account, "ortega", "words of a thief", None)
    keyring.save(path, ring.with_holder(account, replace(mine, sealed=ring.holders[account].sealed)))
    room = unlocked(path, "ana")
    signing_in.admit(room, "ana", WORDS["ana"])
    by_two(room, "new key")
    with pytest.raises(NotPermitted):
        signing_in.unlock(path, "ortega", "words of a thief", Wall())


# -- nothing is lost on the way --------------------------------------------------------------------


def test_it_is_refused_while_somebody_has_it_open(path: Path, room: Room) -> None:
    other = Database.open(path)
    with pytest.raises(StoreProblem, match="open elsewhere"):
        by_two(room, "test")
    other.close()
    assert sorted(p.name for p in path.parent.iterdir() if not p.name.endswith(".lock")) == [
        "maoc.db",
        "maoc.db.keys.json",
    ]
    again = opened(path, Wall())
    come_in(again, "rui")
    again.close()


@pytest.mark.parametrize("fails", ["_copy", "_compare", "_settle"])
def test_what_breaks_off_leaves_a_record_that_opens(
    path: Path, room: Room, monkeypatch: Any, fails: str
) -> None:
    def broken(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(encrypting, fails, broken)
    with pytest.raises(StoreProblem):
        by_two(room, "test")
    if keyring.encrypted(path):
        pytest.fail("it took the file's place before it was safe to") if fails != "_settle" else None
    else:
        opened(path, Wall()).close()


def test_a_break_between_keys_and_file_opens_with_either(path: Path, sealed: str, monkeypatch: Any) -> None:
    room = unlocked(path, "ana")
    signing_in.admit(room, "ana", WORDS["ana"])
    rings: list[keyring.Keyring] = []
    real = keyring.save
    monkeypatch.setattr(keyring, "save", lambda db, ring: (rings.append(ring), real(db, ring)))
    before = path.read_bytes() if not room.close() else b""  # type: ignore[func-returns-value]
    room = unlocked(path, "ana")
    signing_in.admit(room, "ana", WORDS["ana"])
    by_two(room, "new key")
    both = next(ring for ring in rings if any(h.sealed_before for h in ring.holders.values()))
    real(path, both)
    unlocked(path, "rui").close()
    path.write_bytes(before)
    unlocked(path, "rui").close()


def test_a_copy_that_lost_a_row_is_noticed(path: Path, room: Room, monkeypatch: Any) -> None:
    real = encrypting._copy

    def lossy(source: Any, fresh: Path, key: bytes) -> None:
        real(source, fresh, key)
        with closing(driver.connect(fresh, key)) as copy:
            copy.execute("DROP TRIGGER target_is_kept")
            copy.execute("DELETE FROM target")

    monkeypatch.setattr(encrypting, "_copy", lossy)
    with pytest.raises(StoreProblem, match="does not hold the same"):
        by_two(room, "test")
    assert not keyring.encrypted(path)


def test_a_backup_opens_with_the_same_passphrases(path: Path, sealed: str) -> None:
    room = unlocked(path, "ana")
    copy = path.with_name("maoc-backup.db")
    schema.back_up(path, copy, room.db.key)
    room.close()
    assert CANARY.encode() not in copy.read_bytes()
    keys = signing_in.unlock(copy, "rui", WORDS["rui"], Wall())
    signing_in.open_unlocked(keys, lambda key: opened(copy, Wall(), key)).close()


def test_triggers_and_schema_survive(path: Path, sealed: str) -> None:
    room = unlocked(path, "ana")
    with pytest.raises(StoreProblem), room.db.bookkeeping() as conn:
        conn.exec_driver_sql("DELETE FROM target")
    with room.db.reading_whole() as conn:
        assert conn.exec_driver_sql("PRAGMA user_version").scalar() == schema.newest()
    room.db.check()
    room.close()


# -- damage ----------------------------------------------------------------------------------------


def noticed(path: Path, key: bytes | None) -> bool:
    """Whether opening and checking a record says that something is wrong."""
    try:
        db = Database.open(path, key=key)
    except Problem:
        return True
    try:
        db.check()
    except Problem:
        return True
    finally:
        db.close()
    return False


def test_every_flipped_bit_is_noticed_with_a_key_and_not_without(
    tmp_path: Path, path: Path, sealed: str
) -> None:
    whole, key = path.read_bytes(), sealing.key_of_code(sealed)
    copy = tmp_path / "damaged.db"
    shutil.copy(keyring.file_of(path), keyring.file_of(copy))
    pick = random.Random(41)
    for _ in range(25):
        at, bit = pick.randrange(len(whole)), 1 << pick.randrange(8)
        copy.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        for end in ("-wal", "-shm"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)
        assert noticed(copy, key), at
    plain = tmp_path / "plain.db"
    with closing(driver.connect(path, key)) as source:
        source.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        source.execute("SELECT sqlcipher_export('plain')")
        for name in ("application_id", "user_version"):
            source.execute(f"PRAGMA plain.{name}={source.execute(f'PRAGMA {name}').fetchone()[0]}")
    text = plain.read_bytes()
    at = text.index(CANARY.encode())
    plain.write_bytes(text[:at] + b"D" + text[at + 1 :])
    assert not noticed(plain, None), "the twin: an unencrypted record keeps a changed letter to itself"


# -- the product's own profile ---------------------------------------------------------------------


def test_the_product_guesses_as_dear_as_rfc_9106_asks() -> None:
    import subprocess
    import sys

    code = "from maoc_tui.store import passphrases as p; print(p.profile is p.STRONG, p.profile)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "True Profile(passes=3, memory_kib=65536, lanes=4)\n"


def test_a_hash_of_a_weaker_profile_is_made_anew_at_the_next_sign_in(room: Room, monkeypatch: Any) -> None:
    monkeypatch.setattr(passphrases, "profile", passphrases.Profile(2, 16, 1))
    come_in(room, "ortega")
    with room.db.reading_whole() as conn:
        assert (
            "m=16,t=2" in conn.exec_driver_sql("SELECT passphrase FROM account WHERE login='ortega'").scalar()
        )


def test_the_keys_file_says_no_passphrase_and_no_key(path: Path, sealed: str) -> None:
    text = keyring.file_of(path).read_text()
    key = sealing.key_of_code(sealed)
    assert key.hex() not in text
    assert json.loads(text)["format"] == 1
    assert not any(words in text for words in WORDS.values())


# -- nobody alone ----------------------------------------------------------------------------------


def alone(room: Room) -> str:
    """What a coordinator is told who wants another key, and with it the recovery code."""
    rui = come_in(room, "rui")
    with pytest.raises(NotPermitted, match="waits for a second person") as waits:
        encryption.encrypt(room, rui, "alone")
    ref = waits.value.message[:6]
    with pytest.raises(NotPermitted, match="yourself"):
        accounts.decide(room, rui, ref, True, "myself")
    with pytest.raises(NotPermitted, match=ref):
        encryption.encrypt(room, rui, "again")
    return ref


def test_another_key_takes_a_second_person_and_the_passphrase_again(path: Path, room: Room) -> None:
    ref = alone(room)
    accounts.decide(room, come_in(room, "ana"), ref, True, "agreed")
    rui = come_in(room, "rui")
    room.admission.wall.pass_by(6)  # type: ignore[attr-defined]
    with pytest.raises(access.ConfirmNeeded):
        encryption.encrypt(room, rui, "agreed")
    signing_in.confirm(room, WORDS["rui"])
    room.admission.wall.pass_by(1)  # type: ignore[attr-defined]
    assert encryption.encrypt(room, rui, "agreed").code


def test_a_word_given_long_ago_does_not_count(path: Path, room: Room) -> None:
    ref = alone(room)
    accounts.decide(room, come_in(room, "ana"), ref, True, "agreed")
    room.admission.wall.pass_by(61)  # type: ignore[attr-defined]
    with pytest.raises(NotPermitted, match="waits for a second person"):
        encryption.encrypt(room, come_in(room, "rui"), "agreed")


def test_the_twin_without_a_second_person_is_found(room: Room, monkeypatch: Any) -> None:
    monkeypatch.setattr(encryption, "_refuse_alone", lambda *_: None)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        alone(room)


def test_the_first_account_encrypts_in_one_step_and_no_later_one(room: Room, path: Path) -> None:
    with pytest.raises(NotPermitted, match="enrolled already"):
        encryption.encrypt_first(room, WATCH, "late")
    with pytest.raises(NotPermitted):
        encryption.encrypt_first(room, access.viewer(room), "late")


def test_the_recovery_code_makes_nobody_an_officer_alone(path: Path, sealed: str) -> None:
    waits = encryption.recover(path, sealed, "ortega", "words of the thief here")
    assert waits.startswith("U-")
    with pytest.raises(NotPermitted):
        signing_in.unlock(path, "ortega", "words of the thief here", Wall())
    room = unlocked(path, "ana")
    signing_in.admit(room, "ana", WORDS["ana"])
    accounts.decide(room, access.viewer(room), waits, True, "it is him")
    room.close()
    assert signing_in.unlock(path, "ortega", "words of the thief here", Wall())


def test_the_recovery_code_lets_nobody_in_who_was_disabled(path: Path, sealed: str) -> None:
    room = unlocked(path, "ana")
    accounts.disable(room, signing_in.admit(room, "ana", WORDS["ana"]), "ortega", "left")
    room.close()
    with pytest.raises(NotPermitted, match="disabled"):
        encryption.recover(path, sealed, "ortega", "words of the thief here")


def test_the_recovery_code_ends_the_sessions_of_the_account(path: Path, sealed: str) -> None:
    room = unlocked(path, "ana")
    signing_in.admit(room, "ana", WORDS["ana"])
    assert encryption.recover(path, sealed, "ana", "new words of ana here") == ""
    with pytest.raises(access.SignInNeeded, match="recovery code was used"):
        access.viewer(room)
    room.close()


def test_a_backup_of_an_encrypted_record_is_encrypted_and_its_officers_restore_it(
    path: Path, sealed: str
) -> None:
    from maoc_tui.desk import backup

    folder = path.parent / "second"
    folder.mkdir()
    room = unlocked(path, "ortega")
    with pytest.raises(NotPermitted):
        backup.make(room, come_in(room, "ortega"), folder)
    copy, made = backup.make(room, come_in(room, "rui"), folder)
    room.close()
    assert made.encrypted
    assert CANARY.encode() not in b"".join(file.read_bytes() for file in folder.iterdir())
    assert backup.verify(copy, "ortega", WORDS["ortega"])[1] == ()
    for login, words in (("", ""), ("ortega", "another"), ("nobody", "x")):
        with pytest.raises(Problem):
            backup.verify(copy, login, words)
    restored = path.parent / "restored.db"
    backup.restore(copy, restored, "rui", WORDS["rui"])
    again = unlocked(restored, "ortega")
    assert [row.ref for row in targets.listing(again, come_in(again, "ortega"))] == ["T-0001"]
    again.close()
    copy.write_bytes(copy.read_bytes()[:-4096] + bytes(4096))
    with pytest.raises(StoreProblem, match=r"not as it was made|damaged"):
        backup.restore(copy, path.parent / "third.db", "rui", WORDS["rui"])
