"""Who may come in, for how long, and what is refused to whom; each guard has a twin that lets through without it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from access_room import NOW, WORDS, Wall, come_in, opened, staffed
from sqlalchemy.exc import SQLAlchemyError

from maoc_tui.desk import access, accounts, ingest, journal, process, signing_in, targets, zone_overrides
from maoc_tui.desk.account_rules import Newcomer
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import NewTarget
from maoc_tui.domain.roles import Act, Role
from maoc_tui.domain.sign_in import waits_until
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from maoc_tui.store import access as sessions


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def room(tmp_path: Path, wall: Wall) -> Iterator[Room]:
    room = staffed(tmp_path / "maoc.db", wall)
    yield room
    room.close()


def said_by(room: Room, login: str, passphrase: str) -> str:
    with pytest.raises(NotPermitted) as refused:
        signing_in.admit(room, login, passphrase)
    return refused.value.message


# -- single-user mode and the end of it ------------------------------------------------------------


def test_until_somebody_is_enrolled_one_viewer_may_everything(tmp_path: Path, wall: Wall) -> None:
    room = opened(tmp_path / "maoc.db", wall)
    assert access.viewer(room) == WATCH
    assert access.single_user(room)
    access.permit(room, WATCH, Act.EXPORT)
    who = Newcomer("ortega", "Luis Ortega", "ES", frozenset({Role.LIAISON}))
    with pytest.raises(BadInput, match="must be an administrator"):
        accounts.enrol(room, WATCH, who, WORDS["ortega"], "first")
    room.close()


def test_after_the_first_account_nobody_is_anybody_until_signed_in(room: Room) -> None:
    with pytest.raises(access.SignInNeeded) as refused:
        access.viewer(room)
    assert refused.value.status == 3
    came = come_in(room, "ortega")
    assert (came.name, came.partner, came.roles) == ("Luis Ortega", "ES", frozenset({Role.LIAISON}))
    assert not came.all_seeing
    signing_in.sign_out(room)
    with pytest.raises(access.SignInNeeded):
        access.viewer(room)


def test_who_signed_in_and_was_refused_is_in_the_journal(room: Room) -> None:
    said_by(room, "ortega", "wrong words entirely")
    said_by(room, "a passphrase typed as login", "wrong words entirely")
    come_in(room, "ortega")
    signing_in.sign_out(room)
    with room.db.reading_whole() as conn:
        told = [tuple(row) for row in conn.exec_driver_sql("SELECT action, ref, who FROM journal").all()][-5:]
        everything = str(conn.exec_driver_sql("SELECT * FROM journal").all())
    assert told[-4:] == [
        ("deny", "ortega", "nobody"),
        ("deny", "unknown login", "nobody"),
        ("login", "ortega", "Luis Ortega"),
        ("logout", "ortega", "Luis Ortega"),
    ]
    assert "typed as login" not in everything


# -- tries -----------------------------------------------------------------------------------------


def test_after_five_tries_each_one_takes_longer_and_the_right_passphrase_does_not_help(
    room: Room, wall: Wall
) -> None:
    wrong = "Login or passphrase is wrong."
    assert [said_by(room, "ortega", "wrong words entirely") for _ in range(5)] == [wrong] * 5
    assert (
        said_by(room, "ortega", WORDS["ortega"]) == "Too many tries failed: the next one may be made in 30 s."
    )
    wall.pass_by(0.5)
    assert said_by(room, "ortega", "wrong words entirely") == wrong
    wall.pass_by(0.5)
    assert "in 30 s" in said_by(room, "ortega", WORDS["ortega"])
    wall.pass_by(0.5)
    assert come_in(room, "ortega").partner == "ES"
    assert said_by(room, "ortega", "wrong words entirely") == wrong


def test_the_wait_grows_to_a_quarter_of_an_hour_and_outlives_the_program(
    tmp_path: Path, room: Room, wall: Wall
) -> None:
    waits = [waits_until(failed, NOW) - NOW for failed in range(5, 15)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (30_000, 15 * 60_000)
    for _ in range(5):
        said_by(room, "ortega", "wrong words entirely")
    room.close()
    again = opened(tmp_path / "maoc.db", wall)
    assert "Too many tries" in said_by(again, "ortega", WORDS["ortega"])
    wall.pass_by(-60 * 24)
    assert "Too many tries" in said_by(again, "ortega", WORDS["ortega"]), "a clock set back must not help"
    again.close()


def test_an_unknown_login_is_answered_and_delayed_like_a_known_one(room: Room, monkeypatch: Any) -> None:
    looked = []
    real = signing_in.passphrases.matches
    monkeypatch.setattr(
        signing_in.passphrases, "matches", lambda kept, said: looked.append(kept) or real(kept, said)
    )
    for _ in range(5):
        assert said_by(room, "nobody", "some words") == said_by(room, "ortega", "some words")
    assert said_by(room, "nobody", "some words") == said_by(room, "ortega", "some words")
    assert len(looked) == 10, "both go through argon2, the refused ones through none"


def test_tries_made_at_once_all_count(room: Room, monkeypatch: Any) -> None:
    def storm() -> list[str]:
        heard: list[str] = []
        begin = threading.Barrier(12)

        def guess() -> None:
            begin.wait()
            try:
                signing_in.admit(room, "ortega", "wrong words entirely")
            except NotPermitted as refused:
                heard.append(refused.message)

        threads = [threading.Thread(target=guess) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return heard

    assert sum(text.startswith("Login") for text in storm()) == 5
    # The twin: tries that count only after they were looked at.
    monkeypatch.setattr(sessions, "tried", lambda *_: None)
    with room.db.bookkeeping() as conn:
        conn.exec_driver_sql("DROP TRIGGER sign_in_try_is_kept")
        conn.exec_driver_sql("DELETE FROM sign_in_try")
    assert sum(text.startswith("Login") for text in storm()) == 12


# -- sessions --------------------------------------------------------------------------------------


def test_a_session_ends_after_twelve_hours_however_busy(room: Room, wall: Wall) -> None:
    come_in(room, "ortega")
    for _ in range(12 * 6 - 1):
        wall.pass_by(10)
        access.viewer(room)
    wall.pass_by(10)
    with pytest.raises(access.SignInNeeded, match="12 hours"):
        access.viewer(room)


def test_a_command_line_ends_after_an_hour_without_use(room: Room, wall: Wall) -> None:
    signing_in.admit(room, "ortega", WORDS["ortega"], kind="cli", secret="s" * 43)
    wall.pass_by(59)
    access.viewer(room)
    wall.pass_by(59)
    access.viewer(room)
    wall.pass_by(61)
    with pytest.raises(access.SignInNeeded, match="an hour"):
        access.viewer(room)


def test_a_sessions_id_without_its_secret_opens_nothing(room: Room) -> None:
    signing_in.admit(room, "ortega", WORDS["ortega"], kind="cli", secret="s" * 43)
    room.admission.secret_hash = ""
    with pytest.raises(access.SignInNeeded):
        access.viewer(room)


def test_acts_that_bind_ask_for_the_passphrase_again(room: Room, wall: Wall) -> None:
    me = come_in(room, "ortega")
    access.permit(room, me, Act.RELEASE)
    wall.pass_by(6)
    with pytest.raises(access.ConfirmNeeded):
        access.permit(room, me, Act.RELEASE)
    access.permit(room, me, Act.EDIT)
    with pytest.raises(NotPermitted, match="wrong"):
        signing_in.confirm(room, "wrong words entirely")
    signing_in.confirm(room, WORDS["ortega"])
    access.permit(room, me, Act.RELEASE)


def test_a_role_taken_away_and_an_account_disabled_count_at_once(
    tmp_path: Path, room: Room, wall: Wall
) -> None:
    come_in(room, "ortega")
    desk = opened(tmp_path / "maoc.db", wall)
    ana = come_in(desk, "ana")
    accounts.revoke(desk, ana, "ortega", Role.LIAISON, "posting over")
    assert access.viewer(room).roles == frozenset()
    accounts.disable(desk, ana, "ortega", "posting over")
    with pytest.raises(access.SignInNeeded):
        access.viewer(room)
    assert said_by(room, "ortega", WORDS["ortega"]) == "The account is disabled."
    desk.close()


# -- accounts --------------------------------------------------------------------------------------


def test_nobody_confirms_their_own_proposal_nor_makes_themselves_alone(room: Room, wall: Wall) -> None:
    ana = come_in(room, "ana")
    asked = accounts.grant(room, ana, "ana", Role.RELEASER, "I would like to")
    assert not asked.done
    with pytest.raises(NotPermitted):
        accounts.decide(room, ana, asked.change.ref, True, "so would I")
    accounts.disable(room, ana, "rui", "out of my way")
    assert not accounts.grant(room, ana, "ana", Role.RELEASER, "now then").done
    wall.pass_by(8 * 24 * 60)
    ana = come_in(room, "ana")
    assert accounts.grant(room, ana, "ana", Role.AUDITOR, "alone for a week").done


def test_the_record_itself_refuses_one_person_as_both(room: Room, monkeypatch: Any) -> None:
    ana = come_in(room, "ana")
    number = accounts.grant(room, ana, "ortega", Role.RELEASER, "wish").change.number
    sql = (
        "INSERT INTO account_decision(change, approved, decided_by, name, reason, at_ms) "
        f"VALUES ({number}, 1, '{ana.officer}', 'Ana', 'both halves', 1)"
    )
    with pytest.raises((StoreProblem, SQLAlchemyError)), room.db.writing() as conn:
        conn.exec_driver_sql(sql)
    with room.db.writing() as conn:  # the twin: without the trigger it goes through
        conn.exec_driver_sql("DROP TRIGGER account_decision_is_another")
        conn.exec_driver_sql(sql)


def test_a_new_officer_cannot_sign_in_before_a_second_person_said_so(room: Room) -> None:
    ana = come_in(room, "ana")
    who = Newcomer("dupont", "Jean Dupont", "FR", frozenset({Role.LIAISON}))
    asked = accounts.enrol(room, ana, who, "four words for dupont", "posted by France")
    assert said_by(room, "dupont", "four words for dupont").startswith("The account waits")
    accounts.decide(room, come_in(room, "rui"), asked.change.ref, False, "no papers")
    assert said_by(room, "dupont", "four words for dupont").startswith("The account waits")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"login": "Ana!"}, "cannot be a login"),
        ({"login": "ana"}, "already"),
        ({"partner": "XX"}, "no partner"),
        ({"roles": frozenset()}, "needs a role"),
        ({"name": ""}, "needs a name"),
        ({"ssh_key": "MD5:aa"}, "no fingerprint"),
    ],
)
def test_what_is_wrong_with_a_newcomer_is_named(room: Room, change: dict[str, Any], says: str) -> None:
    values = {"login": "dupont", "name": "Jean Dupont", "partner": "FR", "roles": frozenset({Role.LIAISON})}
    with pytest.raises(BadInput, match=says):
        accounts.enrol(room, come_in(room, "ana"), Newcomer(**{**values, **change}), "four good words", "r")


@pytest.mark.parametrize(
    "passphrase", ["short", "aaaaaaaaaaaaaaaa", "ferreiraferreira", "x" * 300, "tab\there and more"]
)
def test_passphrases_that_may_not_be_are_refused(room: Room, passphrase: str) -> None:
    with pytest.raises(BadInput):
        signing_in.passphrases.acceptable(passphrase, "ana", "Ana", "Ferreira")


def test_an_own_passphrase_changes_and_an_account_of_somebody_else_does_not_by_itself(room: Room) -> None:
    come_in(room, "ortega")
    signing_in.change_passphrase(room, WORDS["ortega"], "quite other words now")
    assert said_by(room, "ortega", WORDS["ortega"]).startswith("Login")
    assert signing_in.admit(room, "ortega", "quite other words now").partner == "ES"
    with pytest.raises(NotPermitted):
        accounts.set_passphrase(room, access.viewer(room), "ana", "my words for ana", "forgot")


def test_who_may_not_manage_sees_no_accounts(room: Room) -> None:
    with pytest.raises(NotPermitted):
        accounts.listing(room, come_in(room, "ortega"))
    assert [line.account.login for line in accounts.listing(room, come_in(room, "rui"))] == [
        "ana",
        "ortega",
        "rui",
    ]


# -- bound accounts and --as -----------------------------------------------------------------------

KEY = "SHA256:" + "A" * 43


def bound(room: Room, **binding: str) -> None:
    given = {"ssh_key": "", "os_user": "", **binding}
    asked = accounts.bind(room, come_in(room, "ana"), "ortega", **given, reason="line of Spain")
    accounts.decide(room, come_in(room, "rui"), asked.change.ref, True, "seen")
    signing_in.sign_out(room)


def test_a_bound_account_comes_in_with_its_key_and_not_without(room: Room, monkeypatch: Any) -> None:
    bound(room, ssh_key=KEY)
    assert "own SSH key" in said_by(room, "ortega", WORDS["ortega"])
    monkeypatch.setattr(process, "ssh_keys", lambda: frozenset({KEY}))
    assert come_in(room, "ortega").partner == "ES"
    monkeypatch.setattr(process, "ssh_keys", lambda: frozenset())
    with pytest.raises(NotPermitted):
        access.viewer(room)


def test_as_counts_only_for_the_files_owner_and_a_bound_account(room: Room, monkeypatch: Any) -> None:
    with pytest.raises(NotPermitted, match="bound to an SSH key"):
        access.refuse_as(room, "ortega")
    bound(room, os_user=process.os_user())
    access.refuse_as(room, "ortega")
    with pytest.raises(NotPermitted):
        access.refuse_as(room, "nobody")
    monkeypatch.setattr(process, "owns", lambda path: False)
    with pytest.raises(NotPermitted, match="owner"):
        access.refuse_as(room, "ortega")


def test_a_line_for_one_officer_lets_no_other_in(room: Room) -> None:
    room.admission.asked = "ortega"
    assert "for ortega alone" in said_by(room, "rui", WORDS["rui"])
    assert come_in(room, "ortega").partner == "ES"


def test_the_user_is_the_process_own_whatever_the_environment_says(monkeypatch: Any) -> None:
    true = process.os_user()
    monkeypatch.setenv("LOGNAME", "coordinator")
    monkeypatch.setenv("USER", "coordinator")
    assert process.os_user() == true


def test_the_key_of_an_ssh_session_is_read_from_the_servers_own_file(
    tmp_path: Path, monkeypatch: Any
) -> None:
    blob = "AAAAC3NzaC1lZDI1NTE5AAAAIKqz0YkC7xUVv0b4pZ2x1nX6m0q8cTq0mS0d2eS8wF1R"
    told = tmp_path / "auth"
    told.write_text(f"publickey ssh-ed25519 {blob}\npassword\npublickey ssh-ed25519 %%%\n")
    monkeypatch.setenv("SSH_USER_AUTH", str(told))
    assert process.ssh_keys() == {process.fingerprint(blob)}
    link = tmp_path / "link"
    link.symlink_to(told)
    monkeypatch.setenv("SSH_USER_AUTH", str(link))
    assert process.ssh_keys() == frozenset()


# -- writes and read-only mode ---------------------------------------------------------------------


def writes(room: Room) -> dict[str, Any]:
    me, sloop = (
        access.viewer(room),
        NewTarget(description="a grey sloop", area="west of Cape Verde", source="ES"),
    )
    return {
        "add": lambda: targets.add(room, me, sloop),
        "fact": lambda: targets.fact(room, me, "T-0001", "name", "X", "ES"),
        "withdraw": lambda: targets.withdraw_fact(room, me, "T-0001", "x", "y"),
        "sight": lambda: targets.sight(room, me, "T-0001", "33N 041W", "140100Z", "ES"),
        "link": lambda: targets.link(room, me, "T-0001", 1, "same"),
        "unlink": lambda: targets.unlink(room, me, "T-0001", 1, "other"),
        "status": lambda: targets.set_status(room, me, "T-0001", "ACTIVE", "why"),
        "rename": lambda: targets.rename(room, me, "T-0001", "HERON", "why"),
        "override": lambda: zone_overrides.withdraw(room, me, "Z-0001", "why", "name"),
        "ingest": lambda: ingest.ingest(room, me, [Path("/dev/null")]),
        "journal": lambda: journal.entries(room, me) and None,
    }


def refusals(room: Room) -> dict[str, str]:
    found = {}
    for name, write in writes(room).items():
        try:
            write()
        except NotPermitted as refused:
            found[name] = refused.message
        except Exception:
            found[name] = ""
    return found


def test_an_administrator_writes_nothing_of_operations(room: Room) -> None:
    come_in(room, "ana")
    refused = refusals(room)
    assert {name for name, text in refused.items() if text} >= set(writes(room)) - {"journal"}


def test_read_only_refuses_every_write_with_one_sentence_but_signing_in(room: Room) -> None:
    room.admit(read_only=True)
    room.admission.wall = Wall()
    come_in(room, "ortega")
    assert access.viewer(room).read_only
    refused = refusals(room)
    assert {refused[name] for name in writes(room) if name != "journal"} == {
        "Nothing may be written in read-only mode."
    }
    with pytest.raises(NotPermitted, match="read-only"), room.db.writing():
        pass
    with pytest.raises(NotPermitted, match="read-only"), room.db.writing_traffic():
        pass
    room.db.read_only = False  # the twin: without it the store writes
    with room.db.writing():
        pass


def test_what_was_granted_and_decided_can_neither_be_changed_nor_deleted(room: Room) -> None:
    kept = ("account", "role_grant", "account_change", "account_decision", "access_session", "sign_in_try")
    come_in(room, "ana")
    for table in kept:
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.exec_driver_sql(f"DELETE FROM {table}")
    for table in ("role_grant", "account_change", "account_decision", "sign_in_try"):
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.exec_driver_sql(
                f"UPDATE {table} SET seq = seq"
                if table != "account_change"
                else f"UPDATE {table} SET kind = 'x'"
            )
