"""What a handover is made of, section by section: what runs out, what changed, what was promised, what was put right.

Everything is read through the gate of who reads. A row is one thing, not one event; what is not red and beyond the
first few of a section is counted in one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from maoc_tui.desk import clock_acks, clocks
from maoc_tui.desk.handover_markings import ClockMarkings, combined, of_targets
from maoc_tui.desk.request_snapshots import ClockLine
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.handover import CHANGED, ENDED, NEW, STANDS, Item
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operation_rules import shipped as operation_rules
from maoc_tui.domain.operations import Act, Kind, State, state_of
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.watch_rules import WatchRules, shipped
from maoc_tui.store import clocks as clock_store
from maoc_tui.store import handover_reading
from maoc_tui.store import operations as operation_store
from maoc_tui.store.clocks import Started
from maoc_tui.store.operations import Operation

TEXT = 400
"""Characters of an item."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, as of when, and since when it is a difference."""

    room: Room
    viewer: Viewer
    now_ms: int
    since_ms: int
    offered_ms: int | None = None
    """When the handover that waits was offered; None while none does."""

    @property
    def rules(self) -> WatchRules:
        """The rules in force."""
        return shipped()

    def sign(self, entered_ms: int, changed_ms: int = 0) -> str:
        """New, changed or as it stood."""
        if entered_ms >= self.since_ms:
            return NEW
        return CHANGED if changed_ms >= self.since_ms else STANDS

    def runs_out(self, due_ms: int | None) -> str:
        """Why something with an end is red; "" where there is time."""
        if due_ms is None or due_ms > self.now_ms + self.rules.red_ms:
            return ""
        return "its time has passed" if due_ms <= self.now_ms else f"due {dtg(due_ms)}"


def dtg(ms: int) -> str:
    """A date-time group."""
    return format_dtg(from_ms(ms))


def few(made: Reading, items: Iterable[Item], section: str, more: str, of: str = "") -> Iterator[Item]:
    """Everything red, the first few others, and one line that counts the rest; ``of`` what, where that is not all."""
    left = 0
    shown = 0
    for item in items:
        if item.red or shown < made.rules.most:
            shown += not item.red
            yield item
        else:
            left += 1
    if left:
        yield Item(f"{of or section} more", section, STANDS, "", f"{left} more: {more}")


def running(made: Reading) -> Iterator[Item]:
    """Clocks that run, the soonest first; those of promises stand among the promises."""
    held = ClockMarkings(made.room, made.viewer)
    lines = [line for line in clocks.running(made.room, made.viewer) if not line.ref.startswith("W-")]
    soon = [line for line in lines if line.next_ms <= made.now_ms + made.rules.ahead_ms]
    yield from few(made, (_clock(made, line, held) for line in soon), "clocks", "maoc clocks lists them")
    if later := len(lines) - len(soon):
        yield Item("clocks later", "clocks", STANDS, "", f"{later} more run out later than in a day")
    yield from _stopped(made)


def _clock(made: Reading, line: ClockLine, held: ClockMarkings) -> Item:
    rung = clock_acks.passed(line, made.now_ms)
    unheard = bool(rung) and not line.heard(made.now_ms)
    red = made.runs_out(line.due_ms) or ("to be chased, and nobody heard its bell" if unheard else "")
    due = f"due {dtg(line.due_ms)}" if line.due_ms is not None else f"to be chased {dtg(line.half_ms)}"
    about = " ".join(filter(None, (line.clock, line.target, line.title)))
    text = printable(f"{due}  {about}{'; bell not acknowledged' if unheard else ''}", TEXT)
    key = printable(
        f"clock {line.ref} {line.clock or line.team or line.title}", TEXT
    )  # never by place: clocks end
    return Item(key, "clocks", made.sign(line.start_ms), line.ref, text, red, held.of(line))


def _stopped(made: Reading) -> Iterator[Item]:
    with made.room.db.reading(made.viewer) as conn:
        ended = [one for one in clock_store.load(conn) if one.stop and one.stop.entered_ms >= made.since_ms]
        targets = of_targets(conn) if ended else {}
    ended.sort(key=lambda one: one.stop.entered_ms if one.stop else 0, reverse=True)
    items = (_ended(one, combined((one.marking, targets.get(one.target)))) for one in ended)
    yield from few(made, items, "clocks", "stopped; see 7", "clocks stopped")


def _ended(one: Started, marking: Marking | None) -> Item:
    why = one.stop.reason if one.stop else ""
    text = printable(f"stopped: {why}  ({one.target} {one.rule or one.text})", TEXT)
    return Item(f"clock {one.ref} stopped", "clocks", ENDED, one.ref, text, "", marking)


def operations(made: Reading) -> Iterator[Item]:
    """Operations whose state changed, and those in a manoeuvre; decisions, one row an operation each."""
    with made.room.db.reading(made.viewer) as conn:
        found = [one for one in operation_store.load(conn) if one.told]
    yield from few(made, filter(None, (_state(made, one) for one in found)), "operations", "see 4, p")
    yield from few(made, filter(None, (_decided(made, one) for one in found)), "decisions", "see 4")


def in_manoeuvre(made: Reading) -> tuple[str, ...]:
    """Operations the reader sees that are under way or boarded: ``OP-0031 LA PALOMA: boarded``."""
    with made.room.db.reading(made.viewer) as conn:
        found = [one for one in operation_store.load(conn) if one.told]
    return tuple(
        printable(f"{one.ref} {one.name}: {_title(state_of(one.acts))}", 120)
        for one in found
        if state_of(one.acts) in made.rules.manoeuvre
    )


def _state(made: Reading, one: Operation) -> Item | None:
    now = state_of(one.acts)
    steps = [act for act in one.acts if act.kind is Kind.STEP and act.entered_ms >= made.since_ms]
    red = f"{_title(now)}: it goes on" if now in made.rules.manoeuvre else ""
    if not (steps or red or one.entered_ms >= made.since_ms):
        return None
    path = "; ".join(f"{_title(State(act.what))} {dtg(act.at_ms)}" for act in steps)
    sign = made.sign(one.entered_ms, steps[-1].entered_ms if steps else 0)
    text = printable(f"{one.name}: {path or _title(now)}", TEXT)
    sign = ENDED if now is State.CLOSED else sign
    return Item(f"operation {one.ref}", "operations", sign, one.ref, text, red, one.marking)


def _decided(made: Reading, one: Operation) -> Item | None:
    acts = [
        act for act in one.acts if act.kind in (Kind.DECISION, Kind.GO) and act.entered_ms >= made.since_ms
    ]
    if not acts:
        return None
    text = printable("; ".join(map(_decision, acts)), TEXT)
    return Item(f"decisions {one.ref}", "decisions", NEW, one.ref, text, "", one.marking)


def _decision(act: Act) -> str:
    said = f"{act.what} {act.value}".strip() if act.kind is Kind.DECISION else act.what
    who = f" ({act.who})" if act.who else ""
    return f"{said} {dtg(act.at_ms)}{who}"


def _title(state: State) -> str:
    return operation_rules().titles[state]


def put_right(made: Reading) -> Iterator[Item]:
    """What was corrected or withdrawn since, one row an operation or target."""
    with made.room.db.reading(made.viewer) as conn:
        found = [
            *handover_reading.lines(conn, made.since_ms),
            *handover_reading.facts(conn, made.since_ms),
        ]
    grouped: dict[str, list[handover_reading.Replaced]] = defaultdict(list)
    for one in found:
        grouped[one.ref].append(one)
    items = (_corrected(ref, rows) for ref, rows in sorted(grouped.items()))
    yield from few(made, items, "corrections", "see each of them")


def _corrected(ref: str, rows: Sequence[handover_reading.Replaced]) -> Item:
    said = (f"{one.what} {f'corrected: {one.now}' if one.now else 'withdrawn'}" for one in rows)
    return Item(
        f"corrections {ref}",
        "corrections",
        CHANGED,
        ref,
        printable("; ".join(said), TEXT),
        "",
        combined(one.marking for one in rows),
    )


Section = Callable[[Reading], Iterator[Item]]
SECTIONS: tuple[Section, ...] = (running, operations, put_right)
"""What other desks hold; alerts and the watch log stand in modules of their own."""


def once(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items with a key each of its own; the same sign is kept where two are of one thing."""
    seen: dict[str, int] = {}
    made = []
    for item in items:
        at = seen[item.key] = seen.get(item.key, 0) + 1
        made.append(item if at == 1 else replace(item, key=f"{item.key} {at}"))
    return tuple(made)
