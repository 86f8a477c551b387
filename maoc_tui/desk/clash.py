"""Two officers change the same field: both values are told, field by field, and nothing is overwritten."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.target_record import Target
from maoc_tui.store import edits
from maoc_tui.store import targets as store


@dataclass(frozen=True, slots=True)
class ClashField:
    """One field that was changed twice."""

    field: str
    was: str
    """What stood there when the form was opened."""
    theirs: str
    """What somebody else saved since; it stands in the record."""
    yours: str
    by: str
    at: str
    """When they saved it, ISO 8601."""


class Clash(edits.Changed):
    """Somebody changed the same field since it was read; saved again on ``version``, yours takes its place."""

    code = "clash"

    def __init__(self, message: str, way_out: str, fields: tuple[ClashField, ...], version: int) -> None:
        super().__init__(message, way_out)
        self.fields, self.version = fields, version

    def as_json(self) -> dict[str, dict[str, Any]]:
        """The error object of the command line, with the fields and the version that stands now."""
        told = super().as_json()["error"]
        return {"error": {**told, "version": self.version, "fields": [asdict(one) for one in self.fields]}}


def merged(view: Connection, target: Target, field: str, yours: str, version: int | None) -> int:
    """The version to change a field of a target on: the one there is now, where nobody changed that field since.

    Changes of other fields since ``version`` stand beside this one. Raises Clash where the same field was changed to
    something else, Changed for a version that there has never been.
    """
    if version is None or version == target.version:
        return target.version
    if version > target.version:
        raise edits.Changed(
            f"{target.ref} has no version {version} yet: it stands at {target.version}.",
            "Read it again, then decide.",
        )
    since = store.changes(view, target.id)[version - target.version :]
    same = [one for one in since if one.field == field]
    if not same or same[-1].new == yours:
        return target.version
    last = same[-1]
    at = from_ms(last.at_ms)
    clash = ClashField(field, same[0].old, last.new, yours, last.by, f"{at:%Y-%m-%dT%H:%M:%SZ}")
    raise Clash(
        f"{target.ref} was changed by {last.by} at {at:%H:%MZ}, after you read it: {field} was {clash.was or 'empty'},"
        f" theirs {clash.theirs or 'empty'}, yours {yours or 'empty'}.",
        "Save again to let yours take its place, or leave: theirs stands, yours is kept as a draft.",
        (clash,),
        target.version,
    )
