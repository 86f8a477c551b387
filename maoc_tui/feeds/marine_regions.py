"""Marine Regions layers through its Web Feature Service, page by page, kept as GeoJSON for import.

WFS 2.0.0 GetFeature with count, startIndex and a fixed order. What has come is kept beside the target, one page a
line, so that a broken download goes on where it stopped. The service's errors are XML (ows:ExceptionReport), with
HTTP 200 or 400, and a filter that matches nothing is no error to it: both are told apart here.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import orjson

from maoc_tui import __version__
from maoc_tui.domain.text import printable
from maoc_tui.feeds.marine_regions_part import Part
from maoc_tui.problems import BadInput, Problem

BASE = "https://geo.vliz.be/geoserver/MarineRegions/wfs"
LAYERS = {
    "eez": "exclusive economic zones and joint regimes",
    "eez_12nm": "territorial seas",
    "eez_24nm": "contiguous zones",
    "eez_internal_waters": "internal waters",
    "eez_archipelagic_waters": "archipelagic waters",
    "high_seas": "high seas",
}
LICENCE = "CC-BY-4.0"
ATTRIBUTION = "Flanders Marine Institute, Marine Regions (https://www.marineregions.org), CC BY 4.0"
_JSON = ("application/json", "application/geo+json", "application/vnd.geo+json")
_PAGE_BYTES = 256 << 20
_PAGE_S = 600.0
_PAUSES_S = (1.0, 5.0)
_AGAIN = (429, 500, 502, 503, 504)
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Download:
    """A layer that has come whole."""

    path: Path
    features: int
    resumed: int
    """Features that an earlier, broken download had left."""
    edition: str


class _Passing(Exception):
    """A fault that may be gone at the next try."""


def fetch(
    layer: str,
    out: Path,
    today: date,
    *,
    states: Sequence[str] = (),
    base: str = BASE,
    page: int = 20,
    progress: Progress = lambda _done, _total: None,
    pauses: Sequence[float] = _PAUSES_S,
) -> Download:
    """Download a layer, or its areas that one of ``states`` (ISO alpha-3) holds or claims, to a GeoJSON file.

    Calls ``progress`` with features come and features in all (None when not said). Raises BadInput for a layer or
    filter that cannot be, Problem when the service fails; what has come is kept for the next call.
    """
    query = _query(layer, states)
    part = Part(out.with_name(out.name + ".part"), {"url": base, **query})
    resumed = part.count
    with _client() as client:
        for features, total in _pages(client, base, query, part, page, pauses):
            part.add(features, total, last=len(features) < page)
            progress(part.count, part.total)
        if not part.count:
            part.drop()
            raise BadInput(
                f"Marine Regions has no areas of layer {layer} for {', '.join(states) or 'that request'}.",
                "Check the states; landlocked ones have none.",
            )
        edition = _edition(client, base, layer) or f"as fetched {today.isoformat()}"
    part.finish(out, _about(layer, edition, today))
    return Download(out, part.count, resumed, edition)


def _client() -> httpx.Client:
    return httpx.Client(
        timeout=httpx.Timeout(60.0, connect=15.0),
        trust_env=False,
        follow_redirects=False,
        headers={"User-Agent": f"maoc-tui/{__version__}"},
    )


def _pages(
    client: httpx.Client, base: str, query: dict[str, str], part: Part, page: int, pauses: Sequence[float]
) -> Iterator[tuple[list[Any], int | None]]:
    """Features of each page that is still to come, and how many there are in all, until ``part`` is whole."""
    while not part.whole:
        window = {"count": str(page), "startIndex": str(part.count)}
        yield _features(_tried(client, base, {**query, **window}, pauses))


def _about(layer: str, edition: str, today: date) -> dict[str, str]:
    """What the file says of itself."""
    return {
        "source": "Marine Regions", "layer": layer, "edition": edition, "licence": LICENCE,
        "attribution": ATTRIBUTION, "fetched": today.isoformat(),
    }  # fmt: skip


def _query(layer: str, states: Sequence[str]) -> dict[str, str]:
    if layer not in LAYERS:
        raise BadInput(
            f"There is no layer {printable(layer, 40)!r} to fetch.", f"Layers: {', '.join(LAYERS)}."
        )
    query = {
        "service": "WFS", "version": "2.0.0", "request": "GetFeature", "typeNames": f"MarineRegions:{layer}",
        "outputFormat": "application/json", "srsName": "EPSG:4326", "sortBy": "mrgid",
    }  # fmt: skip
    if states:
        if layer == "high_seas":
            raise BadInput("The high seas belong to no state.", "Leave --area out.")
        if not all(re.fullmatch("[A-Z]{3}", state) for state in states):
            raise BadInput("States are asked for by ISO alpha-3 codes.", "Use codes such as PRT.")
        listed = ",".join(f"'{state}'" for state in sorted(states))
        query["cql_filter"] = " OR ".join(f"iso_sov{i} IN ({listed})" for i in "123")
    return query


def _tried(client: httpx.Client, base: str, query: dict[str, str], pauses: Sequence[float]) -> Any:
    for pause in (*pauses, None):
        try:
            return _json(client, base, query)
        except _Passing as fault:
            if pause is None:
                raise Problem(
                    f"Marine Regions {fault}.",
                    "Run the same command again later: it goes on where it stopped.",
                ) from None
            time.sleep(pause)
    raise AssertionError


def _json(client: httpx.Client, base: str, query: dict[str, str]) -> Any:
    status, kind, body = _get(client, base, query, _PAGE_BYTES)
    if status in _AGAIN:
        raise _Passing(f"answers with HTTP {status}")
    if b"ExceptionReport" in body[:2000] or (status >= 400 and b"ExceptionText" in body):
        raise Problem(
            f"Marine Regions refuses: {_exception(body)}.",
            "Check layer and area; the service may have changed.",
        )
    if status != 200:
        raise Problem(f"Marine Regions answers with HTTP {status}.", "Check the address.")
    if kind not in _JSON:
        raise Problem(
            f"Marine Regions answers with {printable(kind, 40) or 'no content type'}, not GeoJSON.",
            "Check the address, and sign-in pages in between.",
        )
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _Passing("sent a damaged page") from None


def _get(client: httpx.Client, base: str, query: dict[str, str], most: int) -> tuple[int, str, bytes]:
    """Status, content type and body, within limits of size and time."""
    deadline, body = time.monotonic() + _PAGE_S, bytearray()
    try:
        with client.stream("GET", base, params=query) as answer:
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > most:
                    raise Problem(
                        f"A page is over {most >> 20} MB.", "Ask for fewer features at once with --page."
                    )
                if time.monotonic() > deadline:
                    raise _Passing(f"took over {_PAGE_S:g} s for a page")
            kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return answer.status_code, kind, bytes(body)
    except httpx.TimeoutException:
        raise _Passing("is silent") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise BadInput("The service's address is not a valid one.", "Mend --url.") from None
    except httpx.HTTPError:
        raise _Passing("cannot be reached, or broke off") from None


def _features(page: Any) -> tuple[list[Any], int | None]:
    features = page.get("features") if isinstance(page, dict) else None
    if not isinstance(features, list):
        raise Problem("Marine Regions answers with JSON that is no FeatureCollection.", "Check the address.")
    total = page.get("numberMatched", page.get("totalFeatures"))
    return features, total if isinstance(total, int) and not isinstance(total, bool) else None


def _exception(body: bytes) -> str:
    text = body[:20_000].decode("utf-8", "replace")
    found = re.search(r"<(?:\w+:)?ExceptionText[^>]*>(.*?)</", text, re.DOTALL)
    return printable(found.group(1), 200).rstrip(".") if found else "an exception without a text"


def _edition(client: httpx.Client, base: str, layer: str) -> str:
    """``v12 2023`` from the layer's title; "" when the service does not say, which is no fault."""
    try:
        query = {"service": "WFS", "version": "2.0.0", "request": "GetCapabilities"}
        status, _, body = _get(client, base, query, 16 << 20)
    except (_Passing, Problem):
        return ""
    text = body.decode("utf-8", "replace") if status == 200 else ""
    named = re.search(rf"<Name>(?:MarineRegions:)?{layer}</Name>\s*<Title>([^<]*)</Title>", text)
    said = re.search(r"\((v[\d.]+)[^)]*?(\d{4})?\)", named.group(1)) if named else None
    return " ".join(part for part in said.groups() if part) if said else ""
