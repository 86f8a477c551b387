"""A record with officers of several partners in December 2022, for tests of releases: BE is prospective, MA third."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from maoc_tui.desk import operations, release, seizures, targets
from maoc_tui.desk.release_case import case, recipient
from maoc_tui.desk.room import Room
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain import safeguards, safeguards_file
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.marking import Handling, Marking
from maoc_tui.domain.roles import Role
from maoc_tui.domain.safeguards import Answer, Asked
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.database import Database
from tests.target_room import NOW


def officer(name: str, partner: str, *roles: Role) -> Viewer:
    return Viewer(name, partner, roles=frozenset(roles), officer=f"id of {name}")


FERREIRA = officer("Ferreira", "MAOC", Role.COORDINATOR)
ROSSI = officer("Rossi", "MAOC", Role.RELEASER)
ORTEGA = officer("Ortega", "ES", Role.LIAISON)
MARTIN = officer("Martin", "FR", Role.LIAISON)
PEETERS = officer("Peeters", "BE", Role.LIAISON)
AUDIT = officer("Audit", "MAOC", Role.AUDITOR)


def make_room(path: Path) -> Room:
    """An empty record whose clock stands still; officers need not give their passphrase again."""
    shutil.copy(_template(), path)
    room = Room.open(path, clock=ScenarioClock(NOW, 0.0))
    room.admission.chosen = FERREIRA
    return room


@cache
def _template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="maoc-release-")) / "template.db"
    Database.open(path, create=True).close()
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    return path


def marked(originator: str, *partners: str, codes: tuple[Handling, ...] = (Handling.H2,)) -> Marking:
    return Marking(frozenset({originator}), frozenset(codes), releasable_to=frozenset(partners))


def yacht(room: Room, who: Viewer = ORTEGA, *partners: str) -> str:
    """A target of an officer's own partner, open to the Centre and ``partners``."""
    mark = marked(who.partner, "MAOC", *partners)
    entry = NewTarget(description="secret: an informant in the port says so", area="Azores", marking=mark)
    return targets.add(room, who, entry).ref


def operation(room: Room, who: Viewer = ORTEGA, *partners: str) -> str:
    """An operation of an officer's own partner, open to the Centre and ``partners``."""
    mark = marked(who.partner, "MAOC", *partners)
    return operations.open_operation(room, who, "secret: the informant's boat", marking=mark).row.ref


def seizure(room: Room, who: Viewer = ORTEGA, *partners: str, operation: str = "") -> str:
    """An event of the ledger of an officer's own partner, open to the Centre and ``partners``."""
    said = seizures.Said(source="secret: our man aboard", marking=marked(who.partner, "MAOC", *partners))
    entry = seizures.NewSeizure(
        "2022-12-13", text="secret: tip of 9 December", operation=operation, said=said
    )
    return seizures.add(room, who, entry).ref


def sighting(room: Room, ref: str, who: Viewer = ORTEGA, text: str = "from our aircraft") -> None:
    mark = marked(who.partner, "MAOC")
    targets.sight(room, who, ref, "33 10N 041 20W", "140100ZDEC22", "aircraft", text, marking=mark)


def answers(room: Room, partner: str, originators: frozenset[str] = frozenset({"ES"})) -> dict[str, Answer]:
    """An answer to every question that lets a release to ``partner`` go on."""
    to = recipient(room, partner)
    where = case(room, to, (), (), conditions=True)
    where = safeguards.Case(
        where.partner, where.recipient_class, originators, where.instruments, where.today, where.record
    )
    found = {}
    for question in safeguards.applicable(safeguards_file.shipped().questions, where):
        if question.asked is Asked.TEXT and not question.overrides:
            found[question.id] = Answer(note="boarding tonight, needed by their ship")
        elif question.asked is Asked.DATE:
            found[question.id] = Answer("2023-12-14")
        elif question.asked is Asked.CHOICE:
            good = next(c for c in safeguards.offered(question, where) if c.passes)
            found[question.id] = Answer(good.key, "as noted" if good.note else "")
    return found


def draft(room: Room, ref: str, partner: str = "BE", **given: object) -> release.Draft:
    """A draft that answers everything."""
    return release.Draft(ref, partner, answers=answers(room, partner), **given)  # type: ignore[arg-type]


def sees(room: Room, who: Viewer) -> list[str]:
    """References of the targets somebody sees."""
    return [row.ref for row in targets.listing(room, who)]
