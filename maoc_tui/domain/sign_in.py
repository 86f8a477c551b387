"""The limits of signing in: how long a session lasts, and how long to wait after tries that failed."""

from __future__ import annotations

MINUTE_MS = 60_000
ABSOLUTE_MS = 12 * 60 * MINUTE_MS
"""No session lasts longer than a watch (ASVS 5.0, 7.3.2)."""
CLI_IDLE_MS = 60 * MINUTE_MS
"""A command line's session ends when it was not used for so long."""
CONFIRMED_MS = 5 * MINUTE_MS
"""How long a passphrase given again stands for acts that need it."""
FREE_TRIES = 5
FIRST_WAIT_MS = 30_000
LONGEST_WAIT_MS = 15 * MINUTE_MS
"""Four guesses an hour; an officer whom somebody keeps out comes in after a quarter of an hour."""


def waits_until(failures: int, last_ms: int) -> int:
    """When the next try may be made, in milliseconds, after so many failures in a row of which the last was then."""
    if failures < FREE_TRIES:
        return 0
    doublings = min(failures - FREE_TRIES, 16)
    return last_ms + min(FIRST_WAIT_MS << doublings, LONGEST_WAIT_MS)
