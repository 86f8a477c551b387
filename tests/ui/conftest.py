"""Every screen test has its own settings and data folder, and UTC as the terminal's zone."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("MAOC_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MAOC_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
