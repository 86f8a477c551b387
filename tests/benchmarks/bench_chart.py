"""Prints what the chart costs: CPU and bytes to the terminal for a pan, a zoom and a live tick at 160 x 50.

Run: python tests/benchmarks/bench_chart.py [--quick]. Colours are true colours, as over SSH. Fails only where a figure
that does not depend on the machine is far beyond its budget: the bytes of a tick, and a pan among 10,000 contacts
against one among 500.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1] / "ui")]

os.environ |= {"COLORTERM": "truecolor", "TERM": "xterm-256color"}

from chart_pictures import AT, crowd  # noqa: E402
from textual.app import ComposeResult  # noqa: E402
from textual.drivers.headless_driver import HeadlessDriver  # noqa: E402

from maoc_tui.desk.snapshots import Picture  # noqa: E402
from maoc_tui.ui import guard, repaint  # noqa: E402
from maoc_tui.ui.chart import ChartView  # noqa: E402
from maoc_tui.ui.themes import themes  # noqa: E402

SIZE = (160, 50)
ROUNDS = 5 if "--quick" in sys.argv else 12
REPORT: list[str] = []
"""Printed at the end: the program takes standard output for itself while it runs."""
FIGURES: dict[str, tuple[float, float]] = {}
"""Milliseconds and kilobytes of each act."""
PAN, PAN_FEW, LIVE = (
    "pan, 10000 contacts",
    "pan, 500 contacts",
    "tick, 500 of 10000 ships move by a tenth of a cell",
)
BUDGETS = {PAN: "(budget 20 ms)", PAN_FEW: "(budget 20 ms)", LIVE: "(budget 12 ms, 15 kB)"}


class CountingDriver(HeadlessDriver):
    """Takes what a terminal would get, and counts it."""

    sent = 0

    @property
    def is_headless(self) -> bool:
        """Bytes are made as for a real terminal."""
        return False

    def write(self, data: str) -> None:
        """Count."""
        CountingDriver.sent += len(data.encode())


class Bench(repaint.TrueColourApp):
    """Nothing but the chart."""

    def compose(self) -> ComposeResult:
        yield ChartView(id="chart")

    def on_mount(self) -> None:
        for theme in themes():
            self.register_theme(theme)
        self.theme = "night"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(themes()[0].variables)


async def measure(name: str, act: Callable[[int], None]) -> None:
    """Print the median CPU and bytes of one act until its frame is painted."""
    cpu, sent = [], []
    for number in range(ROUNDS):
        await asyncio.sleep(0.02)
        start, before = time.process_time(), CountingDriver.sent
        act(number)
        await asyncio.sleep(0.1)
        cpu.append((time.process_time() - start) * 1000)
        sent.append(CountingDriver.sent - before)
    FIGURES[name] = statistics.median(cpu), statistics.median(sent) / 1000
    REPORT.append(
        f"{name:50} {FIGURES[name][0]:6.1f} ms CPU {FIGURES[name][1]:7.1f} kB {BUDGETS.get(name, '')}"
    )


async def scenes(app: Bench) -> None:
    """Every scene in turn."""
    await asyncio.sleep(2)
    chart = app.query_one(ChartView)
    assert chart.scene.ground.coast is not None, "the shipped coast has not come"
    chart.zoom(2.0)
    await asyncio.sleep(5)  # until the finer levels of the coast have been made ready in the background
    start = time.process_time()
    await asyncio.sleep(1)
    REPORT.append(f"{'idle':50} {(time.process_time() - start) * 1000:6.1f} ms CPU in 1 s")
    for n in (500, 10_000):
        chart.set_picture(crowd(n), None, AT)
        await measure(f"pan, {n} contacts", lambda i: chart.pan((0.1, -0.1)[i % 2], 0))
        await measure(f"zoom, {n} contacts", lambda i: chart.zoom((1.5, 1 / 1.5)[i % 2]))

        moving = [crowd(n, drift=0.002 * i, generation=i + 2) for i in range(ROUNDS)]

        def tick(i: int, moving: list[Picture] = moving) -> None:
            chart.set_picture(moving[i], None, AT + i * 2000)

        await measure(f"tick, {n} ships move by a hundredth of a cell", tick)

    some = [crowd(10_000, drift=0.02 * i, generation=i + 50, moving=500) for i in range(ROUNDS)]

    def live(i: int) -> None:
        chart.set_picture(some[i], None, AT + i * 2000)

    await measure(LIVE, live)
    leaping = [crowd(500, drift=0.3 * (i % 2), generation=900 + i) for i in range(ROUNDS)]

    def leap(i: int) -> None:
        chart.set_picture(leaping[i], None, AT + i * 2000)

    await measure("tick, 500 ships all move to another cell", leap)
    app.exit()


async def main() -> int:
    """Run the program against the counting driver; 1 where a figure is far beyond its budget."""
    guard.install()
    repaint.install()
    app = Bench(driver_class=CountingDriver)
    task = asyncio.create_task(app.run_async(size=SIZE, headless=False))
    await scenes(app)
    await task
    print("\n".join(REPORT))
    return int(FIGURES[LIVE][1] > 15 or FIGURES[PAN][0] > 4 * FIGURES[PAN_FEW][0])


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
