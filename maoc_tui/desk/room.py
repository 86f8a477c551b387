"""The room a desk works in: the record, the watch clock, the reference data and the zones, opened once.

Opening is the one slow step of a start; the screen does it in a worker. Zones and reference data are read
on first use, by whichever thread comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from maoc_tui.desk.admission import Admission
from maoc_tui.desk.partner_register import KeptRegister
from maoc_tui.desk.reference import Reference
from maoc_tui.desk.zone_editions import active_path, choice
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.gate import GateContext, context
from maoc_tui.domain.partners import Register
from maoc_tui.domain.viewer import Viewer
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import Problem
from maoc_tui.settings import Settings
from maoc_tui.store.database import Database

Said = Callable[[str], None]


class Room:
    """Everything a use case needs besides its own arguments. Safe to share between threads."""

    def __init__(self, db: Database, clock: Clock, settings: Settings, said: Said = lambda _: None) -> None:
        self.db = db
        self.clock = clock
        self.settings = settings
        self._said = said
        self.admission = Admission()
        """Who is in this room; filled by signing in."""
        self._partners = KeptRegister(db)
        db.context_of = self.gate_context
        db.before_writing = self._still_in
        self._lock = Lock()
        self._opening = Lock()
        self._zones: ZoneIndex | None = None
        self._choice: object = None
        self._followed: object = None
        """What said which dataset is active when it was last looked at."""
        self._reference: Reference | None = None
        self._renewing = Lock()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = False,
        clock: Clock | None = None,
        settings: Settings | None = None,
        said: Said = lambda _: None,
        key: bytes | None = None,
    ) -> Room:
        """Open the record at ``path``, an encrypted one with its ``key``; raises StoreProblem with the way out.

        ``said`` is told when something takes its time; it may be called from any thread.
        """
        return cls(
            Database.open(path, create=create, key=key), clock or Clock(), settings or Settings(), said
        )

    def admit(self, *, asked: str = "", read_only: bool = False) -> None:
        """Say as whom somebody was asked to come in, and whether anything may be written here."""
        read_only = read_only or self.settings.read_only
        self.admission = Admission(asked=asked, read_only=read_only)
        self.db.read_only = read_only

    def _still_in(self) -> None:
        """Refuse to write for whoever was shut out since they came in."""
        from maoc_tui.desk.access import still_in

        still_in(self)

    @property
    def zones(self) -> ZoneIndex:
        """The active zone dataset."""
        with self._opening:
            if self._zones is None:
                self._open_zones()
            assert self._zones is not None
            return self._zones

    def _open_zones(self) -> None:
        now = choice()
        opened = ZoneIndex.open(active_path(), on_build=self._building)
        with self._lock:
            self._zones, self._choice = opened, now

    def zones_outdated(self) -> bool:
        """Whether another dataset may be active by now than the one that answers here; a look at one file."""
        return self._zones is not None and choice() != self._choice

    def renew_zones(self) -> None:
        """Open the dataset that is active now; what is asked meanwhile is answered by the one before.

        Takes seconds when its index must be built. Raises StoreProblem when it cannot be opened: the one before
        stays, and is not tried again until somebody chooses anew.
        """
        with self._renewing:
            if not self.zones_outdated():
                return
            self._choice = choice()
            self._open_zones()

    def follow_zones(self) -> None:
        """Renew the zones beside the work in hand, once for each choice; traffic is kept by those before till then."""
        now = choice()
        if self.zones_outdated() and now != self._followed:
            self._followed = now
            Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        before = self._choice
        try:
            self.renew_zones()
        except Problem:
            self._choice = before  # whoever watches a screen is to be told

    def _building(self) -> None:
        self._said("building the zone index, once …")

    @property
    def zone_edition(self) -> str:
        """What names the active dataset in the record."""
        dataset = self.zones.dataset
        return f"{dataset.name} {dataset.edition}"

    @property
    def reference(self) -> Reference:
        """MID tables, address blocks, ship types, ageing limits."""
        with self._lock:
            if self._reference is None:
                self._reference = Reference.load()
            return self._reference

    @property
    def register(self) -> Register:
        """Every partner and what it is on any day, with every act recorded so far."""
        return self._partners.now()

    def gate_context(self, viewer: Viewer) -> GateContext:
        """What the gate compares statements with for a viewer now."""
        now = self.clock.now_ms()
        standing = self.register.standing(viewer.partner, now)
        rule = self.register.rule(standing.status)
        return context(viewer, standing, now, rule.directory if rule else "none")

    def close(self) -> None:
        """Close the record."""
        self.db.close()
