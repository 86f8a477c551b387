"""A small made-up world for the zone tests: an island, two coasts that face each other, an enclave, the
antimeridian."""

from __future__ import annotations

import numpy as np
import shapely

from maoc_tui.geo.derive_sources import Sources, Unit

TABLE = {
    "AA": Unit("AA", "Aland", ("AA",)),
    "BB": Unit("BB", "Beland", ("BB",)),
    "CC": Unit("CC", "Cay of Aland", ("AA", "BB"), within="AA"),
    "DD": Unit("DD", "Dateland", ("DD",)),
    "ES": Unit("ES", "Spain", ("ES",)),
    "GB": Unit("GB", "United Kingdom", ("GB",)),
    "ES-CE": Unit("ES-CE", "Ceuta", ("ES", "MA"), within="ES", makes_eez=False),
    "ES-ML": Unit("ES-ML", "Melilla", ("ES", "MA"), within="ES", makes_eez=False),
    "GB-RK": Unit("GB-RK", "Rockall", ("GB",), within="GB", makes_eez=False),
}


def sources() -> Sources:
    """Land and territorial seas drawn with boxes and discs, 0.2 degrees of sea around each."""
    land = {
        "AA": shapely.box(10.0, 40.0, 11.0, 41.0),
        "BB": shapely.box(13.0, 40.2, 14.0, 41.4),
        "CC": shapely.Point(20.0, 40.5).buffer(0.05),
        "DD": shapely.box(179.9, -17.0, 180.0, -16.5),
    }
    borders = {
        code: shapely.segmentize(shapely.buffer(shape, 0.2, quad_segs=8), 0.1) for code, shape in land.items()
    }
    east = shapely.box(-180.0, -17.0, -179.8, -16.5)
    far = shapely.buffer(shapely.union(land["DD"], shapely.box(180.0, -17.0, 180.2, -16.5)), 0.2, quad_segs=8)
    near = shapely.intersection(far, shapely.box(170, -30, 180, 30))
    over = shapely.transform(
        shapely.intersection(far, shapely.box(180, -30, 190, 30)), lambda xy: xy - [360.0, 0.0]
    )
    borders["DD"] = shapely.multipolygons([near, over])
    borders["AA"] = shapely.multipolygons([borders["AA"], borders["CC"]])
    return Sources(borders, np.array([*land.values(), east]), ("made up 1.0",))
