"""Every form says the same, the same way each time; nothing in the record can become markup, a formula or a crash."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from liaison_room import open_room
from pypdf import PdfReader
from sqlalchemy import text

from maoc_tui.brief.cells import cell
from maoc_tui.brief.document import Document, Line, Place, Section
from maoc_tui.brief.forms import FORMS, file_name, written
from maoc_tui.brief.record_form import frozen, thawed
from maoc_tui.desk import targets
from maoc_tui.desk.brief_chart import picture
from maoc_tui.desk.brief_compile import compiled
from maoc_tui.desk.gate import eyes
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH

HOSTILE = (
    '=HYPERLINK("http://x") <script>x</script> [link](http://x) #let x `raw` \x1b]52;c;QQ\x07 \u202e# $1$ 海'
)
DAY = 86_400_000


def document(words: str = HOSTILE) -> Document:
    places = (Place("T-0001", words, "target", 36.5, -12.25, 0.5, "fix", 1_670_987_261_000, "H2"),)
    line = Line(
        "targets/T-0001", words, "B2 H2 from ES only", "In: own statement", terms=(words,), change="~"
    )
    return Document(
        "BR-2022-348", 1, "ES", "Spain", 0, DAY, DAY, "H2 · for ES only",
        (Section("Targets", (line, replace(line, key="targets/T-0002", change="+"))), Section("Figures", (), words)),
        places, picture(places), "BR-2022-347 v1", ("T-0009",), (words,),
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_same_document_is_the_same_bytes_however_often_it_is_kept(form: str) -> None:
    made = document()
    assert written(made, form) == written(thawed(frozen(made)), form)
    assert file_name(made, form) == f"BR-2022-348_v1_ES_draft.{form}"


@pytest.mark.parametrize("form", [form for form in FORMS if form != "pdf"])
def test_nothing_a_terminal_obeys_is_in_any_form(form: str) -> None:
    told = written(document(), form).decode()
    assert not any(char in told for char in "\x1b\x07\u202e")


def test_the_page_has_no_script_no_link_and_fetches_nothing() -> None:
    met: list[tuple[str, list[tuple[str, str | None]]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            met.append((tag, attrs))

    Reader().feed(written(document(), "html").decode())
    assert {tag for tag, _ in met}.isdisjoint(
        {"script", "a", "img", "link", "iframe", "object", "image", "use"}
    )
    assert not [
        attr for _, attrs in met for attr, _ in attrs if attr in ("href", "src", "srcset", "xlink:href")
    ]
    assert any("default-src 'none'" in str(value) for _, attrs in met for _, value in attrs)


def test_markdown_shows_what_the_record_says_and_obeys_none_of_it() -> None:
    told = written(document(), "md").decode()
    assert "\\<script\\>" in told
    assert "\\[link\\]\\(" in told
    assert "<script>" not in told.partition("```text")[0] + told.rpartition("```")[2]


def test_no_cell_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(written(document(), "csv").decode())))
    assert rows[0][0] == "number"
    assert all(len(row) == len(rows[0]) for row in rows)
    assert not [value for row in rows for value in row if value[:1] in tuple("=+-@|%＝＋－＠")]
    for bad in ("=1+1", "  @SUM(A1)", "\t=1", "+49 30", "-2", "＝1"):
        assert cell(bad).startswith("'")
    assert cell(-2.5) == "-2.5"
    assert cell(None) == ""


def test_positions_are_read_by_other_programs() -> None:
    made = document()
    (feature,) = json.loads(written(made, "geojson"))["features"]
    assert feature["geometry"]["coordinates"] == [-12.25, 36.5]
    kml = ET.fromstring(written(made, "kml"))
    assert kml.find(".//{http://www.opengis.net/kml/2.2}coordinates").text == "-12.25000,36.50000"
    gpx = ET.fromstring(written(made, "gpx"))
    (point,) = gpx.findall("{http://www.topografix.com/GPX/1/1}wpt")
    assert (point.get("lat"), point.get("lon")) == ("36.50000", "-12.25000")


def test_the_pdf_shows_the_marking_on_every_page_and_says_that_it_is_for_archives() -> None:
    made = document()
    line = made.sections[0].lines[0]
    many = tuple(replace(line, key=f"targets/{at}", text=f"line {at} {HOSTILE}") for at in range(120))
    reader = PdfReader(io.BytesIO(written(replace(made, sections=(Section("Targets", many),)), "pdf")))
    assert len(reader.pages) > 3
    assert all(page.extract_text().count(made.marking) == 2 for page in reader.pages)
    assert b"pdfaid:part" in reader.xmp_metadata.stream.get_data()
    assert not [page for page in reader.pages if page.get("/Annots")]


def test_a_brief_across_the_antimeridian_draws_its_places() -> None:
    places = tuple(
        Place(f"T-000{at}", "x", "target", -17.0, lon, 0.0, "fix", None, "H2")
        for at, lon in enumerate((179.5, -179.5))
    )
    made = replace(document(), places=places, picture=picture(places))
    assert made.picture.east - made.picture.west < 20
    rows = [row for row in written(made, "txt").decode().splitlines() if row.startswith(" |")]
    assert sum("1" in row or "2" in row for row in rows) >= 1


def test_a_record_that_cannot_be_read_is_listed_and_the_rest_is_told(tmp_path: Path) -> None:
    room = open_room(tmp_path)
    now = room.clock.now_ms()
    mark = parse("B2 H2 rel ES", "MAOC")
    bad, good = (
        targets.add(room, WATCH, targets.NewTarget(description=words, area="Azores", marking=mark)).ref
        for words in ("broken sloop", "sound ketch")
    )
    with room.db.bookkeeping() as conn:
        conn.execute(text("UPDATE target SET handling='H9' WHERE number=1"))
    made = compiled(room, eyes(WATCH, "ES"), now - DAY, now + 1, number="BR-2022-348", version=1)
    told = written(made, "txt").decode()
    assert "sound ketch" in told
    assert made.broken == (f"{bad} (KeyError)",)
    assert good not in str(made.broken)
    room.close()


def test_the_same_record_and_time_give_the_same_bytes(tmp_path: Path) -> None:
    room = open_room(tmp_path)
    mark = parse("B2 H2 rel ES", "MAOC")
    for at in range(3):
        new = targets.NewTarget(description=f"sloop {at}", position=f"36 0{at}N 012 00W", marking=mark)
        targets.add(room, WATCH, new)
    now = room.clock.now_ms()

    def files() -> list[bytes]:
        made = compiled(room, eyes(WATCH, "ES"), now - DAY, now + 1, number="BR-2022-348", version=1)
        return [written(made, form) for form in FORMS]

    first = files()
    room.clock = ScenarioClock(now, 0.0)
    assert files() == first
    room.close()
