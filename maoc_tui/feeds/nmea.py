"""AIS as it leaves receivers and lies in logs: NMEA 0183 AIVDM/AIVDO sentences, one account for every one.

Every sentence counts once, each part of a message too; a malformed one is a reject with its reason, a line
of binary noise as well. Lines of other talkers, comments without a sentence and blank lines are no records.
A sentence is taken wherever it stands in its line, whatever the log wrote before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from maoc_tui.domain.reports import Batch
from maoc_tui.feeds import nmea_frame, nmea_scan
from maoc_tui.feeds.ais_batch import Message, MessageQueue, Origin, reject
from maoc_tui.feeds.ais_decode import LENGTHS, message_type
from maoc_tui.feeds.lines import blocks
from maoc_tui.feeds.nmea_parts import ECHO_MS, Assembler, Part
from maoc_tui.feeds.nmea_times import EXACT, LogClock
from maoc_tui.feeds.source import ReadContext

LONGEST_LINE = 1 << 16
"""Bytes; what is longer goes on as a new line from its last sentence."""
_MOST_SEEN = 20_000
_NOISE = bytes(byte for byte in range(256) if byte < 32 and byte not in b"\t\n\r\f\v") + b"\x7f"


class NmeaReader:
    """Reads blocks of whole lines of one source; holds what must outlive a block."""

    def __init__(self, context: ReadContext) -> None:
        self._clock = LogClock(context)
        self._parts = Assembler()
        self._queue = MessageQueue(context.now_ms)
        self._seen: dict[bytes, int] = {}
        self._batch = Batch()
        self._record = 0
        self._line = 0
        self._ms = context.received_ms

    def block(self, block: bytes) -> Batch:
        """The account of one block of whole lines."""
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        self._lines(nmea_scan.scan(block if block.endswith(b"\n") else block + b"\n"))
        self._parts.expire(self._ms, self._record)
        self._forget()
        return self._close()

    def _lines(self, found: nmea_scan.Scan) -> None:
        """Take the lines in their order: the plain ones as scanned, the others one by one."""
        data, clock = found.data, self._clock
        for start, end, plain, begin, finish, fill, kind, ms, bare in found.rows():
            self._line += 1
            line = data[start:end]
            if not plain:
                self._odd(line)
                continue
            self._record += 1
            quality = EXACT
            if ms >= 0 and clock.pending is None:
                clock.told(ms)
            elif bare and clock.pending is None:
                ms, quality = clock.running()
            else:
                ms, quality, _ = clock.stamp(*nmea_frame.around(line))
            self._ms = ms
            self._whole(kind, (data[begin:finish], fill, ms, quality, (self._record, self._line, line), ()))

    def finish(self) -> Batch:
        """The account of what was still waited for when the source ended."""
        self._parts.finish()
        return self._close()

    def _odd(self, line: bytes) -> None:
        """A line that is not exactly one well-formed sentence."""
        found = nmea_frame.CLEAN.fullmatch(line) if b"!" in line else None
        if found:
            self._sentence(found.groups(), nmea_frame.checksum(found[3]), line)
            return
        if b"!" not in line or not nmea_frame.HEAD.search(line):
            if _is_noise(line):
                self._record += 1
                self._reject((self._record, self._line, line), "line", "binary noise")
            else:
                self._clock.line(line)
            return
        for unit in nmea_frame.units(line):
            if found := nmea_frame.sentence(unit):
                self._sentence(found.groups(), nmea_frame.checksum(found[3]), unit)
            else:
                self._record += 1
                self._reject((self._record, self._line, unit), *nmea_frame.fault(unit))

    def _sentence(self, groups: tuple[bytes, ...], summed: int, text: bytes) -> None:
        before, tag, _, kind, total, number, sequence, channel, payload, fill, given, after = groups
        self._record += 1
        origin = (self._record, self._line, text)
        if summed != int(given, 16) or number > total:
            self._reject(origin, *nmea_frame.fault(text))
            return
        ms, quality, station = self._clock.stamp(before, tag, after)
        self._ms = ms
        if total == b"1":
            self._message((payload, int(fill), ms, quality, origin, ()))
            return
        key = (station, sequence, channel, kind, total)
        part = Part(payload, int(fill), ms, quality, origin)
        if parts := self._parts.add(key, int(total), int(number), part):
            self._joined(parts)

    def _joined(self, parts: list[Part]) -> None:
        """A message of several parts, in their order."""
        *rest, origin = sorted(part.origin for part in parts)
        if any(part.fill for part in parts[:-1]):
            self._refuse(origin, rest, "fill", "fill bits inside a message")
            return
        payload = b"".join(part.payload for part in parts)
        timed = min(parts, key=lambda part: part.quality)
        self._message((payload, parts[-1].fill, timed.ms, timed.quality, origin, tuple(rest)))

    def _message(self, message: Message) -> None:
        """A whole message, refused when its type or length is wrong."""
        payload, fill, _, _, origin, rest = message
        kind = message_type(payload)
        low, high = LENGTHS.get(kind, (0, -1))
        bits = 6 * len(payload) - fill
        if not low <= bits <= high:
            self._refuse(origin, rest, *_length_fault(kind, bits))
            return
        self._whole(kind, message)

    def _whole(self, kind: int, message: Message) -> None:
        """A message of the right length: known already, or queued for decoding."""
        payload, _, ms, _, _, rest = message
        before = self._seen.get(payload)
        if before is not None and abs(ms - before) <= ECHO_MS:
            self._batch.duplicates += 1 + len(rest)
            return
        self._seen[payload] = ms
        self._queue.waiting[kind].append(message)

    def _close(self) -> Batch:
        for part, reason in self._parts.orphans():
            self._reject(part.origin, "part", reason)
        batch, self._batch = self._batch, Batch()
        batch.duplicates += self._parts.duplicates
        self._parts.duplicates = 0
        self._queue.flush(batch)
        batch.rejects.sort(key=lambda reject: reject.record)
        return batch

    def _forget(self) -> None:
        """Keep only payloads that can still be echoed; in a log without times, the newest."""
        now = self._ms
        kept = {payload: ms for payload, ms in self._seen.items() if abs(now - ms) <= ECHO_MS}
        if len(kept) > _MOST_SEEN:
            kept = dict(islice(kept.items(), len(kept) - _MOST_SEEN // 2, None))
        self._seen = kept

    def _reject(self, origin: Origin, field: str, reason: str) -> None:
        self._batch.rejects.append(reject(origin, field, reason))

    def _refuse(self, origin: Origin, rest: Sequence[Origin], field: str, reason: str) -> None:
        for each in (*rest, origin):
            self._reject(each, field, reason)


def _is_noise(line: bytes) -> bool:
    """True for a line that is no text: control characters, or bytes not UTF-8 (comments excepted)."""
    if line.translate(None, _NOISE) != line:
        return True
    if line.isascii() or line.lstrip()[:1] == b"#":
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _length_fault(kind: int, bits: int) -> tuple[str, str]:
    if kind not in LENGTHS:
        return "type", f"message type {kind} does not exist"
    low, high = LENGTHS[kind]
    wanted = f"{low}" if low == high else f"{low} to {high}"
    return "payload", f"{bits} bits: a message of type {kind} has {wanted}"


def read(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    """Read a log or a byte stream of sentences in batches; memory does not grow with its length."""
    reader = NmeaReader(context)
    for block in blocks(stream, LONGEST_LINE, resume=b"!"):
        batch = reader.block(block)
        if batch.read:
            yield batch
    batch = reader.finish()
    if batch.read:
        yield batch


def sniff(head: bytes) -> bool:
    """True when the head holds an AIS sentence that begins as one must."""
    return nmea_frame.OPENING.search(head) is not None
