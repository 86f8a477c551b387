"""Signing in on the command line: what is refused, with which exit status, and what a thief of the token gets."""

from __future__ import annotations

import io
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from access_room import NOW, WORDS, Wall, staffed

from maoc_tui.cli import COMMANDS, main
from maoc_tui.desk import tokens
from maoc_tui.domain.clock import Clock
from maoc_tui.store import keyring

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "maoc.db"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    now = {"ms": NOW}
    monkeypatch.setattr(Clock, "now_ms", lambda self: now["ms"])
    return now


@pytest.fixture
def run(
    path: Path,
    tmp_path: Path,
    clock: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run ``maoc`` on a record with officers enrolled; exit status, output, errors."""
    staffed(path, Wall()).close()
    monkeypatch.setenv("MAOC_CONFIG", str(tmp_path))
    monkeypatch.setenv("MAOC_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)

    def called(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        read, write = os.pipe()
        os.write(write, typed.encode())
        os.close(write)
        try:
            with pytest.raises(SystemExit) as end:
                main(["--db", str(path), *(a.replace("FD", str(read)) for a in arguments)])
        finally:
            os.close(read)
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return called


def sign_in(run: Run, login: str) -> None:
    status, _, err = run("signin", login, "--passphrase-fd", "FD", typed=WORDS[login] + "\n")
    assert (status, err) == (0, "")


READS_OR_WRITES = {
    "ingest": ("ingest", "/dev/null"),
    "feed": ("feed", "list"),
    "contacts": ("contacts",),
    "events": ("events",),
    "target": ("target", "list"),
    "track": ("track", "T-0001"),
    "journal": ("journal", "list"),
    "partner": ("partner", "list"),
    "officer": ("officer", "list"),
    "account": ("account", "list"),
    "encrypt": ("encrypt",),
    "whoami": ("whoami",),
}


@pytest.mark.parametrize("name", READS_OR_WRITES)
def test_nothing_answers_to_nobody(run: Run, name: str) -> None:
    if name not in COMMANDS:
        pytest.fail(f"maoc {name} is gone: take it out of this list")
    status, out, err = run(*READS_OR_WRITES[name])
    assert (status, out) == (3, "")
    assert err == "Nobody is signed in here.\nSign in with: maoc signin LOGIN\n"
    status, out, err = run(*READS_OR_WRITES[name], "--json")
    assert (status, err) == (3, "")
    assert json.loads(out)["error"]["code"] == "sign_in"


def test_signed_in_it_answers_for_whom_it_is_and_signed_out_no_more(run: Run) -> None:
    sign_in(run, "ortega")
    who = json.loads(run("whoami", "--json")[1])
    assert (who["name"], who["partner"], who["roles"], who["all_seeing"]) == (
        "Luis Ortega",
        "ES",
        ["liaison"],
        False,
    )
    assert run("target", "list")[0] == 0
    status, _, err = run("account", "list")
    assert status == 3
    assert err.startswith("As liaison you may not")
    assert json.loads(run("signout", "--json")[1]) == {"signed_out": True}
    assert run("target", "list")[0] == 3


def test_a_refusal_for_want_of_a_role_is_in_the_journal(run: Run) -> None:
    sign_in(run, "ana")
    status, _, err = run("target", "status", "T-0001", "ACTIVE", "--reason", "x")
    assert (status, err.splitlines()[0]) == (3, "As administrator you may not add and change targets.")
    lines = json.loads(run("journal", "list", "--json")[1])
    entries = lines["entries"] if isinstance(lines, dict) else lines
    assert any(e["action"] == "deny" and e["ref"] == "maoc target status" for e in entries)


@pytest.mark.parametrize("role", ["administrator", "coordinator"])
def test_what_is_recorded_is_by_and_from_whoever_is_signed_in(run: Run, role: str) -> None:
    sign_in(run, "ortega")
    added = run(
        "target", "add", "--description", "grey sloop", "--area", "Azores", "--source", "call", "--json"
    )
    assert added[0] == 0
    sheet = json.loads(run("target", "show", "T-0001", "--json")[1])
    assert sheet["marking"]["text"].startswith("ungraded H2 from ES")


def test_read_only_refuses_and_says_the_way_out(run: Run, path: Path, capsys: Any) -> None:
    sign_in(run, "ortega")
    with pytest.raises(SystemExit) as end:
        main(["--db", str(path), "--read-only", "target", "add", "--description", "x", "--area", "y"])
    assert end.value.code == 3
    assert "read-only mode" in capsys.readouterr().err
    assert run("target", "list")[0] == 0


def test_zone_datasets_are_switched_by_whom_the_table_names(run: Run, path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("MAOC_DB", str(path))
    assert run("zones", "activate", "shipped")[0] == 3
    sign_in(run, "ortega")
    assert run("zones", "activate", "shipped")[2].startswith("As liaison you may not import or switch")
    assert run("zones", "import", "/dev/null")[0] == 3
    elsewhere = ("--db", str(path.with_name("none.db")), "zones", "activate", "shipped")
    assert run(*elsewhere)[0] == 3, "a record that is not there gives nobody the right"
    sign_in(run, "rui")
    assert run("zones", "activate", "shipped")[0] == 0
    assert run(*elsewhere)[0] == 0
    journal = json.loads(run("journal", "list", "--action", "alter", "--json")[1])
    assert len([entry for entry in journal if entry["kind"] == "zones"]) == 2


def test_the_twin_that_asks_the_record_named_is_found(run: Run, path: Path, monkeypatch: Any) -> None:
    from maoc_tui.cli import answers

    monkeypatch.setenv("MAOC_DB", str(path))
    monkeypatch.setattr(answers, "served", list)
    assert run("--db", str(path.with_name("none.db")), "zones", "activate", "shipped")[0] == 0


def test_a_passphrase_is_never_an_argument(run: Run) -> None:
    status, _, err = run("signin", "ortega", WORDS["ortega"])
    assert status == 2
    assert "passphrase" not in str(run("signin", "--help")[1]).split("--passphrase")[0].casefold().replace(
        "give the passphrase again", ""
    )
    status, _, err = run("signin", "ortega")
    assert status == 2
    assert "no terminal" in err


# -- the token -------------------------------------------------------------------------------------


def token_of(path: Path) -> Path:
    return tokens.path_of(path)


def test_the_token_is_private_holds_no_passphrase_and_ends(
    run: Run, path: Path, clock: dict[str, int]
) -> None:
    sign_in(run, "ortega")
    file = token_of(path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert WORDS["ortega"] not in file.read_text()
    assert json.loads(file.read_text())["secret"].encode() not in path.read_bytes()
    clock["ms"] += 61 * 60_000
    assert run("target", "list")[0] == 3


def test_a_session_ends_after_twelve_hours_of_work(run: Run, clock: dict[str, int]) -> None:
    sign_in(run, "ortega")
    for _ in range(15):
        clock["ms"] += 50 * 60_000
        run("whoami")
    status, _, err = run("target", "list")
    assert status == 3
    assert "12 hours" in err


@pytest.mark.parametrize("spoil", ["mode", "secret", "session", "text", "link"])
def test_a_token_that_is_not_ours_is_not_used(run: Run, path: Path, tmp_path: Path, spoil: str) -> None:
    sign_in(run, "ortega")
    file = token_of(path)
    held = json.loads(file.read_text())
    if spoil == "mode":
        file.chmod(0o644)
    elif spoil == "link":
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
    elif spoil == "text":
        file.write_text("{")
    else:
        changed = {"secret": "A" * 43, "session": "00000000-0000-0000-0000-000000000000"}[spoil]
        file.write_text(json.dumps({**held, spoil: changed}))
    status, _, err = run("target", "list")
    assert status == 3, err
    assert run("signout")[0] == 0
    assert not file.exists()
    sign_in(run, "ortega")


def test_a_token_outlives_neither_signing_out_nor_the_account(run: Run, path: Path) -> None:
    sign_in(run, "ortega")
    stolen = token_of(path).read_text()
    run("signout")
    token_of(path).write_text(stolen)
    token_of(path).chmod(0o600)
    status, _, err = run("target", "list")
    assert (status, "has ended" in err) == (3, True)


def test_of_an_encrypted_record_the_token_alone_gives_no_key(run: Run, path: Path) -> None:
    sign_in(run, "ana")
    status, _, waits = run("encrypt")
    assert (status, "waits for a second person" in waits) == (3, True)
    sign_in(run, "rui")
    assert run("account", "approve", waits[:6])[0] == 0
    sign_in(run, "ana")
    made = json.loads(run("encrypt", "--json")[1])
    Path(made["kept"]).unlink()
    assert run("target", "list")[2].startswith("The record is encrypted, and nobody is signed in here.")
    sign_in(run, "ortega")
    assert run("target", "list")[0] == 0
    assert len(keyring.load(path).passes) == 1
    stolen, ring = token_of(path).read_text(), keyring.load(path)
    run("signout")
    assert not keyring.load(path).passes
    token_of(path).write_text(stolen)
    token_of(path).chmod(0o600)
    assert run("target", "list")[0] == 3
    keyring.save(
        path, ring
    )  # the twin: with the sealed key still there the record opens, and the session has ended
    status, _, err = run("target", "list")
    assert (status, "has ended" in err) == (3, True)


# -- enrolling -------------------------------------------------------------------------------------


def test_the_first_account_ends_single_user_mode_and_encrypts(
    tmp_path: Path, capsys: Any, monkeypatch: Any, clock: Any
) -> None:
    monkeypatch.setenv("MAOC_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MAOC_CONFIG", str(tmp_path))
    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    db = str(tmp_path / "new.db")

    def called(*arguments: str, typed: str = "") -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        read, write = os.pipe()
        os.write(write, typed.encode())
        os.close(write)
        with pytest.raises(SystemExit) as end:
            main(["--db", db, *(a.replace("FD", str(read)) for a in arguments), "--json"])
        os.close(read)
        return int(end.value.code or 0), json.loads(capsys.readouterr().out)

    called("init")
    assert called("whoami")[1]["single_user"] is True
    given = ("--name", "Ana Ferreira", "--partner", "maoc", "--passphrase-fd", "FD")
    assert (
        called("account", "enrol", "ana", "--role", "liaison", *given, typed="four words for ana\n")[0] == 2
    )
    status, made = called(
        "account", "enrol", "ana", "--role", "administrator", *given, typed="four words for ana\n"
    )
    assert (status, made["done"]) == (0, True)
    assert len(made["recovery_code"].replace("-", "")) == 55
    assert called("target", "list")[0] == 3
    assert called("signin", "ana", "--passphrase-fd", "FD", typed="four words for ana\n")[0] == 0
    status, found = called("doctor")
    access = {check["name"]: check for check in found["checks"]}
    assert not access["access"]["ok"]
    assert "no second person" in access["access"]["text"]
    assert not access["encryption"]["ok"], "the unencrypted copy is still there"


def test_a_second_person_and_a_feeder(run: Run) -> None:
    sign_in(run, "ana")
    asked = json.loads(
        run("account", "enrol", "feeds", "--name", "Feed runner", "--partner", "MAOC", "--role", "feeder",
            "--passphrase-fd", "FD", "--json", typed="four words for feeds\n")[1]
    )  # fmt: skip
    assert asked["done"] is False
    assert run("account", "approve", asked["change"])[0] == 3
    sign_in(run, "rui")
    assert run("account", "approve", asked["change"])[0] == 0
    WORDS["feeds"] = "four words for feeds"
    sign_in(run, "feeds")
    assert run("feed", "list")[0] == 0
    assert run("ingest", "/dev/null", "--json")[0] != 3
    for refused in (
        ("target", "add", "--description", "x", "--area", "y"),
        ("account", "list"),
        ("journal", "list"),
    ):
        assert run(*refused)[0] == 3


def test_what_the_session_is_for_stands_in_the_journal(run: Run) -> None:
    typed = WORDS["ortega"] + "\n"
    status, _, err = run("signin", "ortega", "--purpose", "OP-0031", "--passphrase-fd", "FD", typed=typed)
    assert (status, err) == (0, "")
    assert json.loads(run("purpose", "--json")[1]) == {"purpose": "OP-0031"}
    run("target", "add", "--description", "grey sloop", "--area", "Azores", "--source", "call")
    ref = json.loads(run("target", "list", "--json")[1])[0]["ref"]
    run("target", "show", ref)
    assert run("purpose", "request", "of", "PT")[0] == 2, "more than one word is one argument, quoted"
    assert "request of PT" in run("purpose", "request of PT")[1]
    run("target", "show", ref)
    told = json.loads(run("journal", "list", "--action", "consult", "--json")[1])
    assert [entry["reason"] for entry in told] == ["request of PT", "OP-0031"]
    assert "request of PT" in run("journal", "list")[1]
    assert json.loads(run("whoami", "--json")[1])["purpose"] == "request of PT"


def test_a_script_that_gives_no_purpose_has_the_default(run: Run) -> None:
    sign_in(run, "ortega")
    assert json.loads(run("purpose", "--json")[1]) == {"purpose": "watch (by default)"}


def test_in_single_user_mode_no_purpose_is_kept(tmp_path: Path, run: Run) -> None:
    db = str(tmp_path / "one.db")
    assert run("--db", db, "init")[0] == 0
    status, _, err = run("--db", db, "purpose", "training")
    assert (status, "single" in err or "enrolled" in err) == (2, True)
