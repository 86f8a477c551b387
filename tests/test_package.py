"""What is shipped can be found once installed: data/ and layouts/ are in the wheel, and found there."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = [p for folder in ("data", "layouts") for p in (ROOT / folder).rglob("*") if p.is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_every_shipped_file(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    missing = [str(p.relative_to(ROOT)) for p in SHIPPED if f"maoc_tui/{p.relative_to(ROOT)}" not in names]
    assert not missing


def test_the_wheel_holds_the_manual_with_its_pictures(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    docs = [p.relative_to(ROOT) for p in (ROOT / "maoc_tui" / "docs").rglob("*") if p.is_file()]
    assert {p.suffix for p in docs} == {".md", ".svg"}
    assert not [str(p) for p in docs if str(p) not in names]


def test_nothing_but_the_program_is_in_the_wheel(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert all(top == "maoc_tui" or top.endswith(".dist-info") for top in tops)


def test_an_installed_program_finds_and_reads_its_files(wheel, tmp_path):
    """Unpacked alone in a folder, away from the checkout, by an interpreter without this environment."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    wanted = [str(p.relative_to(ROOT)) for p in SHIPPED]
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from maoc_tui import resources\n"
        "for name in sys.argv[2:]:\n"
        "    kind, _, rest = name.partition('/')\n"
        "    find = resources.data if kind == 'data' else resources.layout\n"
        "    path = find(*rest.split('/'))\n"
        "    assert str(path).startswith(sys.argv[1]), path\n"
        "    path.read_bytes()\n"
    )
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", script, str(tmp_path), *wanted], cwd=tmp_path, check=True
    )


def test_every_shipped_file_has_its_row_with_source_and_licence():
    told = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    untold = [
        p.name
        for p in SHIPPED
        if p.parts[-2] == "data" and p.name != "README.md" and f"`{p.name}`" not in told
    ]
    assert not untold
    assert "demo/" in told
