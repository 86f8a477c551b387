"""The release windows' line to their desk: every function may block and runs in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.release import Draft, Holder, Looked, Panel, Recipient
    from maoc_tui.domain.releases import FollowUp, Proposal, Request


def recipients(desk: LiveDesk) -> tuple[Recipient, ...]:
    """Partners something could be released to today."""
    from maoc_tui.desk import release

    return release.recipients(desk.open(), desk.viewer)


def panel(desk: LiveDesk, ref: str, partner: str) -> Panel:
    """A target and a partner, line by line."""
    from maoc_tui.desk import release

    return release.panel(desk.open(), desk.viewer, ref, partner)


def look(desk: LiveDesk, draft: Draft) -> Looked:
    """What a draft comes to."""
    from maoc_tui.desk import release

    return release.look(desk.open(), desk.viewer, draft)


def draft(ref: str, partner: str, **given: Any) -> Draft:
    """A draft of a release."""
    from maoc_tui.desk import release

    return release.Draft(ref, partner, **given)


def act(desk: LiveDesk, name: str, *args: Any, **kwargs: Any) -> Any:
    """Do one of the desk's acts; returns after the commit."""
    from maoc_tui.desk import release

    return getattr(release, name)(desk.open(), desk.viewer, *args, **kwargs)


def everything(
    desk: LiveDesk,
) -> tuple[tuple[FollowUp, ...], tuple[Request, ...], tuple[Proposal, ...]]:
    """Tasks still open, requests and releases, as the viewer may see them."""
    from maoc_tui.desk import release

    room, viewer = desk.open(), desk.viewer
    return release.tasks(room, viewer), release.requests(room, viewer), release.proposals(room, viewer)


def one(desk: LiveDesk, ref: str) -> tuple[Proposal, tuple[Holder, ...]]:
    """One release with everybody who holds a line of it."""
    from maoc_tui.desk import release

    room, viewer = desk.open(), desk.viewer
    return release.proposal(room, viewer, ref), release.holders(room, viewer, ref)
