"""How the table tests write and read delimited text."""

from __future__ import annotations

import io
from datetime import datetime

from hypothesis import strategies as st
from reading import joined

from maoc_tui.domain.reports import Batch
from maoc_tui.feeds import formats
from maoc_tui.feeds.source import ReadContext

NOW = 1_795_300_000_000


MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001


OLD = (
    "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,"
    "Cargo,TransceiverClass"
)


NEW = (
    "mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,length,"
    "width,draft,cargo,transceiver"
)


ROW = "263601890,2022-01-03T00:00:00,38.5,-9.5,10.1,270.5,270,SANTA MARIA,IMO9074729,CSAB1,30,0,30,8,4.5,52,A"


AISDK = (
    "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,"
    "Name,Ship type,"
    "Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D"
)


GIBRALTAR = (
    "MMSI;SHIP_ID;STATUS;SPEED_KNOTSx10;LON;LAT;COURSE;HEADING;TIMESTAMP_UTC;VESSEL_TYPE;LENGTH;WIDTH;GRT;DWT;"
    "DRAUGHT_METERSx10"
)


AT = 1_641_168_000_000


def read(data: str | bytes, name: str | None = None, now_ms: int = NOW) -> Batch:
    """Everything a table holds, as one batch; its format is recognised when not named."""
    body = data.encode("utf-8") if isinstance(data, str) else data
    form = formats.find(name) if name else formats.recognise(body[: formats.HEAD], "table.csv")
    return joined(list(form.read(io.BytesIO(body), ReadContext(NOW, now_ms))))


def row(**changes: object) -> str:
    """One good row of the older MarineCadastre form with some cells changed."""
    cells = dict(zip(OLD.split(","), ROW.split(","), strict=True))
    return ",".join(str(changes.get(name, cell)) for name, cell in cells.items())


def table(*rows: str, header: str = OLD, end: str = "\n") -> str:
    return end.join([header, *rows]) + end


def counts(batch: Batch) -> tuple[int, int, int]:
    """Fixes, others, rejects."""
    return len(batch.fixes), batch.others, len(batch.rejects)


def only(**changes: object) -> Batch:
    return read(table(row(**changes)))


def danish(**changes: str) -> str:
    cells = dict.fromkeys(AISDK.split(","), "") | {
        "# Timestamp": "18/03/2023 00:00:00",
        "Type of mobile": "Class A",
        "MMSI": "219472000",
        "Latitude": "56.5",
        "Longitude": "11.5",
        "Navigational status": "At anchor",
        "IMO": "Unknown",
        "Ship type": "Undefined",
    }
    return ",".join((cells | changes).values())
