"""How tests drive the program: sizes, and waiting until it has read and drawn everything."""

from __future__ import annotations

WIDE, NARROW = (160, 48), (80, 24)


async def settled(pilot):
    """Wait until nothing is being read any more."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def opened(pilot):
    """The Watch screen with its first picture and its chart."""
    await settled(pilot)
    await pilot.pause(0.15)
    await settled(pilot)
    return pilot.app


async def until(pilot, true, seconds=60.0):
    """Wait until something is so, however busy the machine is; fail when it never comes."""
    for _ in range(int(seconds * 20)):
        if true():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never came")
