"""Writing a brief out: text first, whatever the other forms and the folder do, and nothing unnoticed."""

from __future__ import annotations

import csv
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from brief_record import FERREIRA, ORTEGA, ROSSI, add, drafted, made_room

from maoc_tui.brief import cells, pdf_form
from maoc_tui.desk import brief_issue, briefing, export_files, journal
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, Problem


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = made_room(tmp_path)
    add(made, ORTEGA, "GREYSLOOP", "MAOC,FR")
    yield made
    made.close()


def approved(room: Room, *partners: str) -> Any:
    made = drafted(room, *partners)
    return briefing.approve(room, ROSSI, made.name, made.digest)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


def test_without_typst_everything_but_pdf_goes_out(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = approved(room, "FR", "ES")
    monkeypatch.setitem(sys.modules, "typst", None)
    made = briefing.issue(room, FERREIRA, kept.name, tmp_path / "out")
    assert len(made.files) == 16
    assert sorted(one.split(":")[0] for one in made.unmade) == ["ES as pdf", "FR as pdf"]
    assert set(briefing.listing(room, FERREIRA)[0].issued_to) == {"FR", "ES"}
    with pytest.raises(Problem, match="Nothing of"):
        briefing.issue(room, FERREIRA, kept.name, tmp_path / "other", (), ("pdf",))


def test_each_copy_goes_out_in_the_forms_it_was_approved_in(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pdf_form.as_pdf

    def half(document: Any) -> bytes:
        if document.recipient == "FR":
            raise Problem("The PDF cannot be set (x).", "Use txt.")
        return real(document)

    monkeypatch.setattr(pdf_form, "as_pdf", half)
    kept = approved(room, "FR", "ES")
    assert briefing.unmade(kept) == ("no pdf for FR",)
    made = briefing.issue(room, FERREIRA, kept.name, tmp_path / "out")
    assert made.unmade == ()
    assert {name for name in names(tmp_path / "out") if name.endswith("pdf")} == {"BR-2022-348_v1_ES.pdf"}
    assert made.manifest.parent.name == "centre-only"
    assert not any("manifest" in name for name in names(tmp_path / "out"))


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP])
def test_a_folder_without_links_takes_the_files_and_none_is_written_over(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise OSError(code, "no links here")

    monkeypatch.setattr(export_files.os, "link", refused)
    kept = approved(room, "ES")
    for _ in range(2):
        made = briefing.issue(room, FERREIRA, kept.name, tmp_path / "out", (), ("txt",))
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.files)
    with export_files.Outbox(tmp_path / "out") as out, pytest.raises(BadInput, match="already"):
        out.put(made.files[0].name, b"something else")
    assert b"GREYSLOOP" in made.files[0].read_bytes()


def test_a_home_that_is_nobodys_is_refused_in_words(room: Room) -> None:
    kept = approved(room, "ES")
    with pytest.raises(BadInput, match="nobody's home"):
        briefing.issue(room, FERREIRA, kept.name, Path("~nosuchofficer/out"))


def test_an_issue_broken_off_is_in_the_journal_shown_and_finished(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the program is killed while it writes: what nobody undoes, nobody need remember."""
    kept = approved(room, "FR", "ES")
    monkeypatch.setattr(brief_issue, "_done", lambda *_: None)
    briefing.issue(room, FERREIRA, kept.name, tmp_path / "out")
    monkeypatch.undo()
    told = {(one.owner, one.recipient) for one in journal.entries(room, WATCH, action="disclose")}
    assert told == {("ES", "FR"), ("ES", "ES")}
    (one,) = briefing.listing(room, FERREIRA)
    assert (one.state, one.issued_to) == ("approved", ())
    assert one.unfinished == (f"FR in {tmp_path / 'out'}", f"ES in {tmp_path / 'out'}")
    briefing.issue(room, FERREIRA, kept.name, tmp_path / "out")
    (one,) = briefing.listing(room, FERREIRA)
    assert (one.state, set(one.issued_to), one.unfinished) == ("issued", {"FR", "ES"}, ())


def test_nobody_waits_while_files_are_written(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = approved(room, "ES")
    written: list[str] = []
    real = os.fsync

    def busy(handle: int) -> None:
        with room.db.writing() as conn:  # another officer's entry, in the middle of it
            written.append(str(conn.exec_driver_sql("SELECT count(*) FROM brief_begun").scalar()))
        real(handle)

    monkeypatch.setattr(export_files.os, "fsync", busy)
    briefing.issue(room, FERREIRA, kept.name, tmp_path / "out", (), ("txt",))
    assert written[0] == "1"


def test_no_spreadsheet_finds_a_formula_however_it_splits() -> None:
    signs = [
        chr(code) for code in range(0x110000) if normalize("NFKC", chr(code))[:1] in ("=", "+", "-", "@")
    ]
    for sign in (*signs, "−"):
        for text in (
            f"{sign}1",
            f" {sign}1",
            f"GREY;{sign}HYPERLINK(A1)",
            f'a; "{sign}1"',
            f"a;​{sign}1",
            f"a|{sign}1",
        ):
            row = cells.table(("x", "y"), [("T-1", text)]).splitlines()[1]
            for delimiter in ",;|\t":
                (split,) = csv.reader([row], delimiter=delimiter)
                for one in split[1:]:
                    assert normalize("NFKC", one).strip(' "​')[:1] not in ("=", "+", "-", "@", "−"), (
                        text,
                        delimiter,
                    )
    assert cells.cell("\t=1").startswith("'")
    assert cells.cell("grey sloop; ±0.5 nm; 12 kn") == "grey sloop; ±0.5 nm; 12 kn"
