"""Each live service: where it is asked, how often, in which form, under which licence."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from urllib.parse import quote, urlsplit

from maoc_tui import resources
from maoc_tui.problems import BadInput, Problem
from maoc_tui.settings import FeedSettings

_FIELD = re.compile(r"\{([a-z]*)\}")
_PLACE = frozenset({"lat", "lon", "radius", "user"})


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of service is spoken to."""

    format: str
    """Name of the format its answers are read with."""
    least_s: float
    """Shortest pause between two polls that the service tolerates."""
    any_type: bool = False
    """The service labels its JSON as something else."""
    user_header: str = ""
    """Header that carries ``FeedSettings.user``."""
    metadata_s: float = 0.0
    """Pause between polls of the identities that are served apart from the positions; 0 for none."""


KINDS: Mapping[str, Kind] = {
    "digitraffic": Kind("digitraffic", 60.0, user_header="Digitraffic-User", metadata_s=600.0),
    "aishub": Kind("aishub", 60.0, any_type=True),
    "ais-catcher": Kind("ais-catcher", 5.0),
    "readsb": Kind("readsb", 1.0),
    "v2": Kind("v2", 1.0),
    "opensky": Kind("opensky", 10.0),
}
_DEFAULT_USER = "maoc-tui"


@dataclass(frozen=True, slots=True)
class Service:
    """One row of data/feeds.toml, or a feed of the user's settings."""

    name: str
    title: str
    kind: str
    url: str
    every_s: float
    licence: str = ""
    attribution: str = ""
    note: str = ""
    user: str = ""
    built_in: bool = True

    def settings(self) -> FeedSettings:
        """The same as settings, to start a LiveSource with."""
        return FeedSettings(self.name, self.url, self.kind, self.every_s, self.user)


@dataclass(frozen=True, slots=True)
class Watch:
    """The place {lat}, {lon} and {radius} stand for."""

    lat: float
    lon: float
    radius_nm: float


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address that is polled at its own pace."""

    url: str
    every_s: float


@cache
def built_in() -> tuple[Watch, tuple[Service, ...]]:
    """The shipped watch area and services; Problem when the shipped file is damaged."""
    raw = tomllib.loads(resources.data("feeds.toml").read_text(encoding="utf-8"))
    known = {f.name for f in fields(Service)} - {"user", "built_in"}
    found = []
    for row in raw["feeds"]:
        if set(row) != known:
            raise Problem(
                f"data/feeds.toml: {row.get('name', 'a feed')} lacks or has extra keys.", "Install again."
            )
        found.append(Service(**row | {"every_s": float(row["every_s"])}))
        checked(found[-1].settings())
    return Watch(**raw["watch"]), tuple(found)


def services(own: tuple[FeedSettings, ...] = ()) -> tuple[Service, ...]:
    """The user's own services and the shipped ones; one of the same name replaces a shipped one."""
    mine = tuple(_own(feed) for feed in own)
    taken = {service.name for service in mine}
    return mine + tuple(service for service in built_in()[1] if service.name not in taken)


def find(name: str, own: tuple[FeedSettings, ...] = ()) -> Service:
    """The service of that name; BadInput listing the names there are."""
    known = services(own)
    for service in known:
        if service.name == name:
            return service
    raise BadInput(f"There is no feed {name!r}.", f"Feeds: {', '.join(s.name for s in known)}.")


def _own(feed: FeedSettings) -> Service:
    checked(feed)
    return Service(
        feed.name, f"{feed.name} ({feed.kind})", feed.kind, feed.url, feed.every_s,
        licence="as agreed with the service", note="From your settings.", user=feed.user, built_in=False,
    )  # fmt: skip


def checked(feed: FeedSettings) -> Kind:
    """The kind of a feed whose settings make sense; BadInput naming the setting that does not."""
    kind = KINDS.get(feed.kind)
    if kind is None:
        raise BadInput(f"Feed {feed.name}: there is no kind {feed.kind!r}.", f"Kinds: {', '.join(KINDS)}.")
    if unknown := set(_FIELD.findall(feed.url)) - _PLACE:
        raise BadInput(
            f"Feed {feed.name}: unknown {{{sorted(unknown)[0]}}} in its url.", "Use {lat}, {lon}, {radius}."
        )
    _check_address(feed)
    if not (feed.user.isascii() and feed.user.isprintable()):
        raise BadInput(
            f"Feed {feed.name}: its user holds signs that cannot be sent.", "Use plain letters and digits."
        )
    if not feed.every_s > 0:
        raise BadInput(
            f"Feed {feed.name}: every_s must be above 0.", "Give the pause between polls in seconds."
        )
    return kind


def _check_address(feed: FeedSettings) -> None:
    """BadInput when the url is no web address, holds a password or goes outside without encryption."""
    try:
        parts = urlsplit(feed.url)
        host, port_ok = parts.hostname, parts.port != 0
    except ValueError:
        host, port_ok = None, False
    if not host or not port_ok or parts.scheme not in ("https", "http"):
        raise BadInput(f"Feed {feed.name}: its url is not a web address.", "Write it as https://host/path.")
    if parts.username or parts.password:
        raise BadInput(
            f"Feed {feed.name}: its url holds a password.", "Take user:password@ out of the address."
        )
    if parts.scheme == "http" and not _near(host):
        raise BadInput(f"Feed {feed.name}: http is taken from own networks only.", f"Use https for {host}.")


def _near(host: str) -> bool:
    """True for this host and private networks, where a receiver speaks plain http."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".lan", ".internal"))


def endpoints(feed: FeedSettings) -> tuple[Endpoint, ...]:
    """What is polled for a feed: first its positions, then its identities where they are served apart."""
    kind = checked(feed)
    url = _filled(feed)
    pace = max(feed.every_s, 0.05 if _near(urlsplit(url).hostname or "") else kind.least_s)
    if feed.kind != "digitraffic":
        return (Endpoint(url, pace),)
    if not urlsplit(url).path.strip("/"):
        url = url.rstrip("/") + "/api/ais/v1/locations"
    whole, mark, query = url.partition("?")
    if not whole.endswith("/locations"):
        return (Endpoint(url, pace),)
    apart = Endpoint(whole.removesuffix("locations") + "vessels", max(kind.metadata_s, pace))
    return (Endpoint(whole + mark + query, pace), apart)


def headers(feed: FeedSettings) -> dict[str, str]:
    """Headers that identify us where the service asks for it."""
    kind = checked(feed)
    return {kind.user_header: feed.user or _DEFAULT_USER} if kind.user_header else {}


def _filled(feed: FeedSettings) -> str:
    watch = built_in()[0] if _FIELD.search(feed.url) else Watch(0, 0, 0)
    if "{user}" in feed.url and not feed.user:
        raise BadInput(
            f"Feed {feed.name} needs a user name.", f"Set user for {feed.name} under [[feeds]] in settings."
        )
    values = {
        "lat": f"{watch.lat:g}", "lon": f"{watch.lon:g}", "radius": f"{watch.radius_nm:g}",
        "user": quote(feed.user, safe=""),
    }  # fmt: skip
    return _FIELD.sub(lambda found: values[found[1]], feed.url)
