"""Programs that others read a brief with accept it, and find nothing in it that its recipient may not see.

Each test is run where its program is installed; the checks install them: poppler-utils, gdal-bin, chromium.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_brief_leaks import RECIPIENTS, TO_ALL, Planted, copy_for, planted

from maoc_tui.brief.document import Document, Line, Place, Section
from maoc_tui.brief.forms import written
from maoc_tui.desk import brief_judge
from maoc_tui.desk.brief_chart import picture
from maoc_tui.domain.gate import may_see
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import Problem

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POPPLER, OGRINFO = shutil.which("pdftotext") and shutil.which("pdfinfo"), shutil.which("ogrinfo")
with_poppler = pytest.mark.skipif(not POPPLER, reason="poppler-utils is not installed")
with_gdal = pytest.mark.skipif(not OGRINFO, reason="gdal-bin is not installed")
with_browser = pytest.mark.skipif(not BROWSER, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """A record that is for members and the Centre but for names and a log line, which are Spain's alone."""
    drawn = [("ES", frozenset()) if at % 4 == 1 else one for at, one in enumerate(TO_ALL)]
    opened = planted(tmp_path_factory.mktemp("readers"), drawn)
    yield opened
    opened.room.close()


def run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8", "replace")


def put(folder: Path, document: Document, form: str) -> str:
    path = folder / f"copy.{form}"
    path.write_bytes(written(document, form))
    return str(path)


def unbroken(text: str) -> str:
    return " ".join(text.split())


def pdf_told(folder: Path, document: Document) -> str:
    """Text and every kind of metadata of the PDF, as poppler reads them."""
    path = put(folder, document, "pdf")
    told = (run("pdftotext", "-layout", path, "-"), run("pdfinfo", path), run("pdfinfo", "-meta", path))
    return unbroken(" ".join(told))


@with_poppler
def test_poppler_reads_the_pdf_of_every_recipient_and_finds_nothing_hidden(
    made: Planted, tmp_path: Path
) -> None:
    for partner in RECIPIENTS:
        document = copy_for(made.room, partner)
        told = pdf_told(tmp_path, document)
        assert [word for word in made.hidden(partner) if word in told] == [], partner
        assert f"Title: MAOC (N) daily brief {document.name}" in told
        assert "Author: MAOC (N)" in told
        assert all(section.title.upper() in told for section in document.sections)
        pages = int(re.search(r"Pages: (\d+)", told)[1])  # type: ignore[index]
        assert told.count(document.marking) >= 2 * pages


@with_poppler
def test_poppler_does_find_what_a_compiler_past_the_gate_would_tell(
    made: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    hidden = list(made.hidden("MA"))
    real = made.room.db.reading
    monkeypatch.setattr(made.room.db, "reading", lambda viewer: real(WATCH))
    monkeypatch.setattr(brief_judge.Judge, "verdict", lambda self, cite: may_see(
        self.held[cite.id], WATCH, None, (), self.now_ms
    ))  # fmt: skip
    document = copy_for(made.room, "MA")
    monkeypatch.undo()
    told = pdf_told(tmp_path, document)
    assert {word for word in hidden if word in told} >= {"CANARYNAME1", "CANARYOPERATION", "8,117"}


@with_gdal
def test_gdal_reads_the_positions(made: Planted, tmp_path: Path) -> None:
    document = copy_for(made.room, "ES")
    assert len(document.places) >= 2
    for form, layers in (("geojson", ""), ("kml", ""), ("gpx", "waypoints")):
        told = run(
            "ogrinfo",
            "-ro",
            "-al",
            *((put(tmp_path, document, form), layers) if layers else (put(tmp_path, document, form),)),
        )
        assert told.count("POINT") == len(document.places), form
        for place in document.places:
            assert f"({round(place.lon, 5):g} {round(place.lat, 5):g}" in told, (form, place)
            assert place.label in told


@with_gdal
def test_gdal_finds_nothing_hidden_in_the_positions(made: Planted, tmp_path: Path) -> None:
    for partner in ("GB", "MA"):
        document = copy_for(made.room, partner)
        for form in ("geojson", "kml", "gpx"):
            told = unbroken(run("ogrinfo", "-ro", "-al", put(tmp_path, document, form)))
            assert [word for word in made.hidden(partner) if word in told] == []


@with_browser
def test_a_browser_renders_the_page_with_its_chart_and_fetches_nothing(made: Planted, tmp_path: Path) -> None:
    document = copy_for(made.room, "GB")
    path, profile = put(tmp_path, document, "html"), tmp_path / "profile"
    picture = tmp_path / "page.png"
    assert BROWSER is not None
    told = run(
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}",
        f"--screenshot={picture}", "--window-size=900,1200", "--dump-dom", f"file://{path}",
    )  # fmt: skip
    assert document.marking in told
    assert told.count("<h2") >= len(document.sections)
    assert "<svg" in told
    assert [word for word in made.hidden("GB") if word in unbroken(told)] == []
    assert picture.stat().st_size > 10_000


def test_a_sniffer_reads_the_table(made: Planted) -> None:
    text = written(copy_for(made.room, "ES"), "csv").decode()
    dialect = csv.Sniffer().sniff(text[:4000])
    assert (dialect.delimiter, dialect.quotechar) == (",", '"')
    assert csv.Sniffer().has_header(text)
    rows = list(csv.DictReader(text.splitlines(keepends=True), dialect=dialect))
    told = [
        one
        for section in json.loads(written(copy_for(made.room, "ES"), "json"))["sections"]
        for one in section["lines"]
    ]
    assert [row["text"].removeprefix("'") for row in rows][: len(told)] == [
        " ".join(one["text"].split()) for one in told
    ]


def about(words: str) -> Document:
    line = Line("targets/T-0001", f"T-0001 {words}, sloop", "H2", "In: own statement")
    return Document(
        "BR-2022-348", 1, "ES", "Spain", 0, 1, 1, "H2 · for ES only", (Section("Targets", (line,)),)
    )


NAMES = {
    "ΑΓΙΟΣ ΝΙΚΟΛΑΟΣ": "ΑΓΙΟΣ ΝΙΚΟΛΑΟΣ", "МОРСКАЯ ЗВЕЗДА": "МОРСКАЯ ЗВЕЗДА", "SANTA EULÁLIA": "SANTA EULÁLIA",
    "海龙 88": "[U+6D77 U+9F99] 88", "바다": "[U+BC14 U+B2E4]", "\u0301X": "[U+0301]X",
}  # fmt: skip


@with_poppler
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_is_read_in_the_pdf_or_stands_as_its_numbers(name: str, tmp_path: Path) -> None:
    told = unbroken(run("pdftotext", put(tmp_path, about(name), "pdf"), "-"))
    assert NAMES[name] in told
    assert ("Unicode numbers" in told) == ("U+" in NAMES[name])


@with_poppler
def test_a_name_in_arabic_is_drawn_letter_by_letter(tmp_path: Path) -> None:
    """Readers give right-to-left text in one order or the other; every letter of it is there."""
    name = "البحر الأحمر"
    told = run("pdftotext", put(tmp_path, about(name), "pdf"), "-")
    assert "U+" not in told
    assert set(name) - {" "} <= set(told)
    assert "DejaVuSansMono" in run("pdffonts", str(tmp_path / "copy.pdf"))


@with_poppler
@pytest.mark.parametrize("count", [50, 200])
def test_no_place_and_no_word_falls_off_a_page(count: int, tmp_path: Path) -> None:
    """Where a page ends is the template's to know: a block too long for it went on below the paper, unseen."""
    label = "NOSSA SENHORA; condition: not to be used without the permission of its originator"
    places = tuple(
        Place(f"P-{at:04}", label, "target", 36 + at / 100, -12.25, 0.5, "fix", 1_670_987_261_000, "H2")
        for at in range(count)
    )
    words = {f"w{at:04}" for at in range(1000)}
    document = replace(about(" ".join(sorted(words))), places=places, picture=picture(places))
    told = run("pdftotext", "-layout", put(tmp_path, document, "pdf"), "-")
    assert words - set(re.findall(r"w\d{4}", told)) == set()
    assert {place.ref for place in places} - set(re.findall(r"P-\d{4}", told)) == set()


@given(st.text(max_size=40))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_words_at_all_keep_the_pdf_from_being_written(words: str) -> None:
    """A mark without its letter, an unassigned number, a private one: the copy is there at 07:55."""
    assert written(about(words), "pdf").startswith(b"%PDF-1.7")


def test_a_fault_inside_typst_is_a_problem_and_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    class PanicException(BaseException):
        """As pyo3 names it."""

    def down(*_: object, **__: object) -> bytes:
        raise PanicException("end byte index 3 is out of bounds")

    monkeypatch.setattr(typst, "compile", down)
    with pytest.raises(Problem, match="cannot be set"):
        written(replace(about("x"), version=2), "pdf")
