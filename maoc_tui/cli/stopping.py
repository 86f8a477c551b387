"""Ending long work from the outside: an interrupt lets it finish its step and give its account."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that an interrupt or a hang-up sets; a program around it that ends at a hang-up ends after it."""
    stop, came = threading.Event(), set[int]()

    def stopped(number: int, _: object) -> None:
        came.add(number)
        stop.set()

    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, stopped) for number in known}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in came - {signal.SIGINT}:
        if callable(handler := before[number]):
            handler(number, None)


def stop_after(stop: threading.Event, seconds: float) -> None:
    """Set the event when so many seconds have passed from now."""
    timer = threading.Timer(seconds, stop.set)
    timer.daemon = True
    timer.start()
