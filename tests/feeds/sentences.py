"""How the AIS tests make sentences and read logs; checksums and bits are worked out here on their own."""

from __future__ import annotations

import io
from collections.abc import Iterable

from reading import joined

from maoc_tui.domain.reports import Batch
from maoc_tui.feeds import nmea
from maoc_tui.feeds.source import ReadContext

NOW = 1_795_300_000_000
T0 = 1_700_000_000
ARMOUR = "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVW`abcdefghijklmnopqrstuvw"


def summed(body: str) -> str:
    """Checksum of the text between ! and *."""
    total = 0
    for char in body.encode("latin-1"):
        total ^= char
    return f"{total:02X}"


def sentence(payload: str, fill: int = 0, *, total=1, number=1, seq="", channel="A", talker="AIVDM") -> str:
    """One AIS sentence."""
    body = f"{talker},{total},{number},{seq},{channel},{payload},{fill}"
    return f"!{body}*{summed(body)}"


def tagged(text: str, **fields: object) -> str:
    """A sentence after a tag block."""
    block = ",".join(f"{code}:{value}" for code, value in fields.items())
    return f"\\{block}*{summed(block)}\\{text}"


class Bits:
    """A message put together bit by bit, by the field tables of ITU-R M.1371."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, value: int, width: int) -> Bits:
        self.text += format(value % (1 << width), f"0{width}b")
        return self

    def words(self, text: str, chars: int) -> Bits:
        for char in text.ljust(chars, "@")[:chars]:
            self.put(ord(char) % 64, 6)
        return self

    def payload(self) -> tuple[str, int]:
        fill = -len(self.text) % 6
        bits = self.text + "0" * fill
        return "".join(ARMOUR[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6)), fill


def position(
    mmsi: int = 263601890,
    lat: float = 38.5,
    lon: float = -9.5,
    *,
    kind=1,
    sog=101,
    cog=2705,
    heading=270,
    second=30,
    status=0,
    accuracy=0,
    raw_lat=None,
    raw_lon=None,
) -> str:
    """The payload of a class A position report; ``raw_lat`` and ``raw_lon`` in 1/10000 minute."""
    lat_units = round(lat * 600_000) if raw_lat is None else raw_lat
    lon_units = round(lon * 600_000) if raw_lon is None else raw_lon
    bits = Bits().put(kind, 6).put(0, 2).put(mmsi, 30).put(status, 4).put(-128, 8).put(sog, 10)
    bits.put(accuracy, 1).put(lon_units, 28).put(lat_units, 27).put(cog, 12).put(heading, 9).put(second, 6)
    return bits.put(0, 25).payload()[0]


def static(
    mmsi: int = 263601890,
    name: str = "SANTA MARIA",
    *,
    imo=9074729,
    call="CSAB1",
    kind=30,
    size=(20, 10, 4, 4),
    eta=(11, 22, 6, 30),
    draught=45,
    destination="SINES",
) -> tuple[str, int]:
    """Payload and fill bits of a class A static report (type 5, 424 bits)."""
    bits = Bits().put(5, 6).put(0, 2).put(mmsi, 30).put(0, 2).put(imo, 30).words(call, 7).words(name, 20)
    bits.put(kind, 8).put(size[0], 9).put(size[1], 9).put(size[2], 6).put(size[3], 6).put(1, 4)
    bits.put(eta[0], 4).put(eta[1], 5).put(eta[2], 5).put(eta[3], 6).put(draught, 8).words(destination, 20)
    return bits.put(0, 2).payload()


def parts(payload: str, fill: int, *, seq: str = "3", cut: int = 56, **more: str) -> list[str]:
    """A message in two sentences."""
    return [
        sentence(payload[:cut], 0, total=2, number=1, seq=seq, **more),
        sentence(payload[cut:], fill, total=2, number=2, seq=seq, **more),
    ]


def stamped(*texts: str, step: float = 1.0, start: float = T0) -> list[str]:
    """Each text after a count of seconds since 1970, ``step`` apart."""
    return [f"{start + at * step:.3f} {text}" for at, text in enumerate(texts)]


def read(lines: Iterable[str] | bytes, received_ms: int = NOW, now_ms: int = NOW) -> Batch:
    """Everything the reader makes of a log, as one batch."""
    data = lines if isinstance(lines, bytes) else "".join(f"{line}\r\n" for line in lines).encode("latin-1")
    return joined(list(nmea.read(io.BytesIO(data), ReadContext(received_ms, now_ms))))


def counts(batch: Batch) -> tuple[int, int, int, int]:
    """Fixes, others, duplicates, rejects."""
    return len(batch.fixes), batch.others, batch.duplicates, len(batch.rejects)


def reasons(batch: Batch) -> list[tuple[str, str]]:
    """Field and reason of each reject."""
    return [(reject.field, reject.reason) for reject in batch.rejects]
