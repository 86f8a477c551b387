"""A brief from its draft to files: two persons, frozen hashes, changes, recall, and nobody's copy in other hands."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from liaison_room import open_room, viewer

from maoc_tui.brief.forms import written
from maoc_tui.desk import assigning, briefing, release, requests, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, NotPermitted
from tests.release_room import draft as release_draft

FERREIRA = viewer("MAOC", Role.COORDINATOR, name="Ferreira")
ROSSI = viewer("MAOC", Role.RELEASER, name="Rossi")
ORTEGA = viewer("ES", name="Ortega")
MARTIN = viewer("FR", name="Martin")
PEETERS = viewer("BE", name="Peeters")


@pytest.fixture
def room(tmp_path: Path):
    made = open_room(tmp_path)
    made.admission.chosen = FERREIRA
    yield made
    made.close()


def add(room: Room, who, words: str, rel: str) -> str:
    mark = parse(f"B2 H2{f' rel {rel}' if rel else ''}", who.partner)
    new = targets.NewTarget(description=words, area="Azores", position="36 00N 012 00W", marking=mark)
    return targets.add(room, who, new).ref


def texts(document) -> str:
    return written(document, "txt").decode()


def approved(room: Room, *partners: str):
    made = briefing.draft(room, FERREIRA, partners)
    return briefing.approve(room, ROSSI, made.name, made.digest)


def test_each_recipient_reads_what_it_may_and_why(room: Room) -> None:
    add(room, ORTEGA, "SPANISHSLOOP", "MAOC,FR")
    add(room, MARTIN, "FRENCHSLOOP", "MAOC")
    es, fr, centre = (briefing.preview(room, FERREIRA, code) for code in ("ES", "FR", "MAOC"))
    assert "SPANISHSLOOP" in texts(es)
    assert "FRENCHSLOOP" not in texts(es)
    assert "SPANISHSLOOP" in texts(fr)
    assert "FRENCHSLOOP" in texts(fr)
    assert "Open targets in this copy: 1" in texts(es)
    assert "Open targets in this copy: 2" in texts(centre)
    (line,) = [line for line in es.lines if line.key.startswith("targets/")]
    assert line.why == "In: own statement"
    assert json.loads(written(es, "json"))["withheld"] is None
    judged = {one.text: one for one in briefing.explain(room, FERREIRA, "ES")}
    (out,) = [one for one in judged.values() if "FRENCHSLOOP" in one.text and one.ref.startswith("T-")]
    assert not out.seen
    assert out.reason.startswith("Out: H2, originator FR, not asked")


def test_a_copy_never_tells_more_than_its_compiler_sees(room: Room) -> None:
    add(room, MARTIN, "FRENCHSECRET", "ES")
    assert "FRENCHSECRET" in texts(briefing.preview(room, ORTEGA, "ES"))
    assert "FRENCHSECRET" not in texts(briefing.preview(room, FERREIRA, "ES"))


def test_a_release_brings_its_condition_along(room: Room) -> None:
    ref = add(room, ORTEGA, "an informant says so", "MAOC")
    lines = release_draft(room, ref, "MA")
    held = release.propose(room, ORTEGA, lines)
    assert "an informant" not in texts(briefing.preview(room, FERREIRA, "MA"))
    release.approve(room, ROSSI, held.ref, release.the_word(held))
    made = briefing.preview(room, FERREIRA, "MA")
    (line,) = [line for line in made.lines if line.key == f"targets/{ref}"]
    assert line.terms
    assert held.ref in line.terms[0]
    assert "released" in line.why
    assert f"{held.ref} 1 statement released to you" in texts(made)


def test_only_a_second_person_approves_and_the_files_are_those_approved(room: Room, tmp_path: Path) -> None:
    add(room, ORTEGA, "grey sloop", "MAOC,FR")
    made = briefing.draft(room, FERREIRA, ("ES", "FR"))
    with pytest.raises(NotPermitted, match="compiled"):
        briefing.approve(room, FERREIRA, made.name, made.digest)
    kept = briefing.approve(room, ROSSI, made.name, made.digest)
    assert kept.number == "BR-2022-348"
    assert kept.version == 1
    out = tmp_path / "out"
    issued = briefing.issue(room, FERREIRA, kept.name, out)
    by_name = {path.name: sha256(path.read_bytes()).hexdigest() for path in issued.files}
    assert {one.sha256 for one in kept.files} == set(by_name.values())
    assert issued.manifest.parent == out / "centre-only"
    for line in issued.manifest.read_text().splitlines()[2:]:
        digest, name = line.split()
        assert by_name[name] == digest
    number, _, mark = kept.checkpoint.partition(" · ")
    assert (out / "BR-2022-348_v1_ES.txt").read_text().count(f"journal {mark}") == 1
    assert re.search(rf"journal\s+{number}\s", (out / "BR-2022-348_v1_ES.txt").read_text()) is None
    assert all(path.stat().st_mode & 0o077 == 0 for path in issued.files)


def test_an_issued_file_is_never_written_over_and_a_failed_issue_leaves_nothing(
    room: Room, tmp_path: Path
) -> None:
    add(room, ORTEGA, "grey sloop", "MAOC")
    kept = approved(room, "ES")
    out = tmp_path / "out"
    out.mkdir()
    (out / "BR-2022-348_v1_ES.html").write_text("something else")
    with pytest.raises(BadInput, match="already"):
        briefing.issue(room, FERREIRA, kept.name, out)
    assert [path.name for path in out.rglob("*") if path.is_file()] == ["BR-2022-348_v1_ES.html"]
    assert briefing.listing(room, FERREIRA)[0].state == "approved"
    briefing.issue(room, FERREIRA, kept.name, tmp_path / "other")
    briefing.issue(room, FERREIRA, kept.name, tmp_path / "other")
    assert briefing.listing(room, FERREIRA)[0].issued_to == ("ES",)


def test_the_next_version_marks_what_changed_and_supersedes(room: Room, tmp_path: Path) -> None:
    first = add(room, ORTEGA, "grey sloop", "MAOC")
    kept = approved(room, "ES")
    briefing.issue(room, FERREIRA, kept.name, tmp_path)
    targets.rename(room, ORTEGA, first, "LADY J", "her stern was read")
    second = add(room, ORTEGA, "white ketch", "MAOC")
    again = approved(room, "ES")
    assert again.version == 2
    document = briefing.copy(room, FERREIRA, again.name, "ES")
    marks = {line.key: line.change for line in document.lines}
    assert marks[f"targets/{first}"] == "~"
    assert marks[f"targets/{second}"] == "+"
    assert document.since == kept.name
    assert document.supersedes == (kept.name,)


def test_what_was_recalled_is_not_handed_out_again(room: Room, tmp_path: Path) -> None:
    ref = add(room, ORTEGA, "an informant says so", "MAOC")
    held = release.propose(room, ORTEGA, release_draft(room, ref, "MA"))
    release.approve(room, ROSSI, held.ref, release.the_word(held))
    kept = approved(room, "MA")
    release.recall(room, ORTEGA, held.ref, "the informant is at risk")
    with pytest.raises(NotPermitted, match="may no longer be told"):
        briefing.issue(room, FERREIRA, kept.name, tmp_path / "out")
    with pytest.raises(NotPermitted, match="may no longer be told"):
        briefing.copy(room, FERREIRA, kept.name, "MA")
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_a_recalled_line_is_told_to_every_holder_and_only_by_reference(room: Room, tmp_path: Path) -> None:
    ref = add(room, ORTEGA, "WRONGBOAT", "MAOC,FR")
    kept = approved(room, "ES", "FR", "PT")
    briefing.issue(room, FERREIRA, kept.name, tmp_path)
    held = briefing.recall(room, FERREIRA, kept.name, ref, "another yacht of that name")
    assert {one.recipient for one in held} == {"ES", "FR"}
    with pytest.raises(BadInput):
        briefing.recall(room, FERREIRA, kept.name, ref, "again")
    told = texts(briefing.preview(room, FERREIRA, "FR"))
    assert f"{kept.name}: the line on {ref} is recalled." in " ".join(told.split())
    assert "another yacht" not in told
    assert "is recalled" not in texts(briefing.preview(room, FERREIRA, "PT"))


def test_whom_a_brief_is_for_is_told_to_its_compilers_alone(room: Room, tmp_path: Path) -> None:
    add(room, ORTEGA, "grey sloop", "MAOC,FR")
    kept = approved(room, "ES", "FR")
    assert briefing.listing(room, ORTEGA) == ()
    with pytest.raises(BadInput, match="There is no brief"):
        briefing.copy(room, ORTEGA, kept.name, "ES")
    briefing.issue(room, FERREIRA, kept.name, tmp_path, ("ES",), ("txt",))
    (line,) = briefing.listing(room, ORTEGA)
    assert (line.recipients, line.issued_to, line.by) == (("ES",), ("ES",), "")
    assert "grey sloop" in texts(briefing.copy(room, ORTEGA, kept.name, "ES"))
    with pytest.raises(NotPermitted):
        briefing.copy(room, ORTEGA, kept.name, "FR")
    assert briefing.listing(room, MARTIN) == ()


def test_rights_are_those_of_the_table(room: Room, tmp_path: Path) -> None:
    add(room, ORTEGA, "grey sloop", "MAOC")
    analyst, auditor = viewer("MAOC", Role.ANALYST, name="A"), viewer("MAOC", Role.AUDITOR, name="B")
    with pytest.raises(NotPermitted):
        briefing.preview(room, analyst, "ES")
    assert briefing.preview(room, analyst, "MAOC").recipient == "MAOC"
    with pytest.raises(NotPermitted):
        briefing.preview(room, auditor, "MAOC")
    for officer in (ORTEGA, analyst, auditor):
        with pytest.raises(NotPermitted):
            briefing.draft(room, officer, ("ES",))


def test_disclosure_is_in_the_journal_with_originator_and_recipient(room: Room, tmp_path: Path) -> None:
    from maoc_tui.desk import journal

    add(room, ORTEGA, "grey sloop", "MAOC,FR")
    kept = approved(room, "FR")
    briefing.issue(room, FERREIRA, kept.name, tmp_path)
    told = list(journal.entries(room, WATCH, action="disclose"))
    assert [(one.owner, one.recipient, one.ref) for one in told] == [("ES", "FR", kept.name)]
    assert any(one.action == "disclose" for one in journal.entries(room, ORTEGA))


def test_what_is_missing_is_listed_with_the_way_to_it(room: Room) -> None:
    bare = targets.add(
        room,
        ORTEGA,
        targets.NewTarget(description="grey sloop", area="Azores", marking=parse("H2 rel MAOC", "ES")),
    ).ref
    asked = requests.open_request(
        room, FERREIRA, bare, "flag-enquiry", "VE", grounds="no flag", marking=parse("H2 rel ES", "MAOC")
    ).asked.ref
    assigning.lead_not_agreed(room, FERREIRA, bare, "nobody yet")
    found = briefing.check(room, FERREIRA, ("PT",))
    told = {(one.kind, one.ref): one for one in found}
    assert told["missing", bare].look == f"maoc target show {bare}"
    assert ("missing", asked) in told
    assert ("unmarked", bare) in told
    assert "ES" in told["unreleased", "PT"].text


def test_a_day_to_come_is_refused_and_an_earlier_one_has_its_own_number(room: Room) -> None:
    with pytest.raises(BadInput, match="to come"):
        briefing.preview(room, FERREIRA, "ES", "2022-12-24")
    made = briefing.preview(room, FERREIRA, "ES", "2022-12-12")
    assert made.number == "BR-2022-346"
    assert written(made, "json").count(b"2022-12-13T00:00:00Z") == 1
