"""The register of partners: the shipped files, read once, overlaid with what officers recorded since."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from maoc_tui import resources
from maoc_tui.domain.partner_file import read_partners
from maoc_tui.domain.partner_rules import StatusRule
from maoc_tui.domain.partner_rules_file import read_rules
from maoc_tui.domain.partners import Partner, Register
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import Problem
from maoc_tui.store import partners as store
from maoc_tui.store.database import Database

_WAY_OUT = "Install maoc-tui again, or mend that entry."


@lru_cache(maxsize=8)
def shipped(
    folder: Path | None = None,
) -> tuple[tuple[Partner, ...], Mapping[str, StatusRule], Mapping[str, str]]:
    """Partners, what statuses allow, titles of recipient classes; Problem names file, entry, field, reason."""
    folder = folder or resources.data()
    rules, classes = _read(folder / "partner_classes.toml", read_rules)
    partners = _read(folder / "partners.toml", lambda raw: read_partners(raw, rules, classes))
    return partners, rules, classes


def _read(path: Path, read: Any) -> Any:
    try:
        return read(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{path}: cannot be read ({error.__class__.__name__}).", _WAY_OUT) from None
    except (ValueError, AttributeError, TypeError) as error:
        raise Problem(f"{path}: {error}.", _WAY_OUT) from None


def read(conn: Connection) -> Register:
    """The shipped register with every act recorded so far, as one transaction sees it."""
    partners, rules, _ = shipped()
    return Register(partners, rules, store.acts(conn), store.instruments(conn))


class KeptRegister:
    """The register as it stands, built again only when an act was recorded. Safe between threads."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._lock = Lock()
        self._version = -1
        self._newest = (-1, -1)
        self._kept: Register | None = None

    def now(self) -> Register:
        """The shipped register with every act recorded so far."""
        version = self._db.data_version()
        with self._lock:
            if self._kept is None or self._version != version:
                with self._db.reading(WATCH) as conn:
                    newest = store.newest(conn)
                    if self._kept is None or newest != self._newest:
                        self._kept, self._newest = read(conn), newest
                self._version = version
            return self._kept
