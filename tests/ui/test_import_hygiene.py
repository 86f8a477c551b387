"""What the first frame may import: nothing of the record, the network or the geometry engines."""

from __future__ import annotations

import subprocess
import sys

_HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "shapely", "geopy", "httpx", "pyais", "numpy", "orjson")


def test_importing_the_program_pulls_in_nothing_heavy():
    code = f"import sys, maoc_tui.app, maoc_tui.ui.watch; print([m for m in {_HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_screens_know_no_store_and_no_feeds():
    code = (
        "import sys, importlib, pkgutil, maoc_tui.ui as ui\n"
        "for m in pkgutil.iter_modules(ui.__path__): importlib.import_module(f'maoc_tui.ui.{m.name}')\n"
        "print([m for m in sys.modules if m.startswith(('maoc_tui.store', 'maoc_tui.feeds', 'sqlalchemy'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_zone_answer_without_a_record_needs_no_database():
    """``maoc zone`` must answer at once: it does not wait for what only a record needs."""
    code = (
        "import sys; sys.argv=['maoc','zone','38.5,-9.5','--json']\n"
        "from maoc_tui.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'alembic', 'textual', 'httpx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
