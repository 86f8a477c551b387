"""The table of live services, and what a user's settings may add to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maoc_tui.feeds import live_services
from maoc_tui.feeds.live import _FORMATS
from maoc_tui.feeds.live_services import KINDS, checked, endpoints, headers
from maoc_tui.problems import BadInput
from maoc_tui.settings import FeedSettings

GOOD = FeedSettings("mine", "https://ais.example.org/x", "readsb", every_s=5)


def test_every_shipped_service_is_complete_and_can_be_asked():
    watch, services = live_services.built_in()
    assert len({s.name for s in services}) == len(services) >= 6
    assert 0 < watch.radius_nm <= 250
    for service in services:
        assert service.licence
        assert service.attribution
        found = endpoints(replace(service.settings(), user="someone"))
        assert found
        assert all("{" not in e.url and e.every_s >= KINDS[service.kind].least_s for e in found)


def test_every_kind_has_a_format():
    assert {kind.format for kind in KINDS.values()} <= set(_FORMATS)


def test_a_service_is_never_asked_faster_than_it_tolerates():
    feed = FeedSettings("fast", "https://data.aishub.net/ws.php?username=u", "aishub", every_s=1)
    assert endpoints(feed)[0].every_s == 60


def test_digitraffic_is_asked_for_identities_too_less_often():
    feed = FeedSettings(
        "d", "https://meri.digitraffic.fi/api/ais/v1/locations?from=5", "digitraffic", every_s=60
    )
    locations, vessels = endpoints(feed)
    assert vessels.url == "https://meri.digitraffic.fi/api/ais/v1/vessels"
    assert vessels.every_s == 600
    assert locations.url.endswith("/locations?from=5")
    assert headers(feed) == {"Digitraffic-User": "maoc-tui"}
    assert headers(replace(feed, user="centre")) == {"Digitraffic-User": "centre"}


def test_a_user_name_is_put_into_the_address_safely_and_missed_when_absent():
    feed = FeedSettings("a", "https://x.org/ws?username={user}&lat={lat}", "aishub", user="a&b=c/../")
    assert "username=a%26b%3Dc%2F..%2F&lat=38" in endpoints(feed)[0].url
    with pytest.raises(BadInput, match="needs a user name"):
        endpoints(replace(feed, user=""))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "morse"}, "no kind 'morse'"),
        ({"url": "ftp://x.org/a"}, "not a web address"),
        ({"url": "file:///etc/passwd"}, "not a web address"),
        ({"url": "https://"}, "not a web address"),
        ({"url": "https://x.org:99999/"}, "not a web address"),
        ({"url": "https://me:secret@x.org/"}, "holds a password"),
        ({"url": "http://x.org/"}, "own networks only"),
        ({"url": "https://x.org/{key}"}, "unknown {key}"),
        ({"user": "a\r\nHost: b"}, "cannot be sent"),
        ({"user": "ção"}, "cannot be sent"),
        ({"every_s": 0}, "every_s must be above 0"),
        ({"every_s": float("nan")}, "every_s must be above 0"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_name(change, words):
    with pytest.raises(BadInput) as caught:
        checked(replace(GOOD, **change))
    assert words in caught.value.message
    assert "mine" in caught.value.message
    assert caught.value.way_out


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "192.168.4.2:8080", "receiver", "roof.local"]
)
def test_own_networks_may_be_asked_without_encryption(host):
    assert checked(replace(GOOD, url=f"http://{host}/aircraft.json"))
