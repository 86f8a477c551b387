"""What sweeping for alerts needs beside the traffic: who sweeps, and what came in since the last sweep."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.tables_traffic import Long


class SweepLeaseTable(SQLModel, table=True):
    """Which program sweeps this record, and until when that holds if it does not say so again."""

    __tablename__ = "sweep_lease"

    name: str = Field(primary_key=True, sa_type=Text)
    holder: str = Field(sa_type=Text)
    until_ms: int = Field(sa_type=Long, description="of the machine's clock, not the watch's")


class SweepArrivalTable(SQLModel, table=True):
    """Fixes as they came, packed, kept for minutes: only while somebody sweeps."""

    __tablename__ = "sweep_arrival"

    id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    at_ms: int = Field(sa_type=Long, description="of the machine's clock")
    data: bytes = Field(sa_type=LargeBinary)
