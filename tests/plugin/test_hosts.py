"""Which hosts are the service's, and in which region a request is."""

from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict

from proxymock.api import spec
from proxymock.plugin import HOSTS
from proxymock.plugin.callers import Received
from wire import SIGNED


@pytest.mark.parametrize(
    ("url", "region"),
    [
        ("https://voice-chime.us-east-1.amazonaws.com/", "us-east-1"),
        ("https://voice-chime.us-east-1.amazonaws.com", "us-east-1"),
        ("http://voice-chime.eu-west-2.amazonaws.com/tags", "eu-west-2"),
        ("https://voice-chime.us-east-1.amazonaws.com:443/tags", "us-east-1"),
        ("https://voice-chime-fips.ca-central-1.amazonaws.com/", "ca-central-1"),
        ("https://voice-chime.ap-southeast-2.api.aws/", "ap-southeast-2"),
        ("https://voice-chime-fips.us-west-2.api.aws/", "us-west-2"),
        ("https://voice-chime.cn-north-1.amazonaws.com.cn/", "cn-north-1"),
        ("https://voice-chime.us-iso-east-1.api.aws.ic.gov/", "us-iso-east-1"),
        ("https://chime.us-east-1.amazonaws.com/voice-connectors", "us-east-1"),
        ("https://service.chime.amazonaws.com/", None),
        ("https://service-fips.chime.amazonaws.com/", None),
        ("https://service.chime.aws.amazon.com/", None),
        ("https://service.chime.aws.amazon.com:443/", None),
    ],
)
def test_hosts_of_the_service(url: str, region: str | None) -> None:
    """Every host that an SDK has ever used for the service is intercepted."""
    host = HOSTS.match(url)

    assert host is not None
    assert host["region"] == region


@pytest.mark.parametrize(
    "url",
    [
        "https://meetings-chime.us-east-1.amazonaws.com/",
        "https://identity-chime.us-east-1.amazonaws.com/",
        "https://messaging-chime.us-east-1.amazonaws.com/",
        "https://media-pipelines-chime.us-east-1.amazonaws.com/",
        "https://xvoice-chime.us-east-1.amazonaws.com/",
        "https://voice-chime.amazonaws.com/",
        "https://voice-chime.us-east-1.amazonaws.com.example.org/",
        "https://voice-chime.us-east-1.amazonaws.org/",
        "https://voice-chime.us-east-1.amazonaws.com.org/",
        "https://voice-chime.us-east-1.api.aws.org/",
        "https://voice-chime.us.east.amazonaws.com/",
        "https://voice-chimeXus-east-1.amazonaws.com/",
        "https://example.org/voice-chime.us-east-1.amazonaws.com/",
        "https://example.org/?https://voice-chime.us-east-1.amazonaws.com/",
        "ftp://voice-chime.us-east-1.amazonaws.com/",
        "https://chime.aws/",
    ],
)
def test_hosts_of_others(url: str) -> None:
    """A host of another service, or of anybody else, is left alone."""
    assert HOSTS.match(url) is None


def received(url: str, **headers: str) -> Received:
    """Return a request that reached *url*."""
    return Received("GET", url, "/", "", CaseInsensitiveDict(headers), lambda: b"")


@pytest.mark.parametrize(
    ("url", "region"),
    [
        (f"https://voice-chime.{region}.amazonaws.com/", region)
        for region in spec.regions()
    ]
    + [
        ("https://service.chime.amazonaws.com/", "us-east-1"),
        ("https://service-fips.chime.amazonaws.com/", "us-east-1"),
        ("https://service.chime.aws.amazon.com/", "us-east-1"),
    ],
)
def test_region_is_the_hosts(url: str, region: str) -> None:
    """The endpoint decides, whatever was signed; the old ones are in us-east-1."""
    signed = SIGNED["Authorization"].replace("us-east-1", "eu-west-1")

    assert received(url, authorization=signed).region == region


@pytest.mark.parametrize(
    ("headers", "region"),
    [
        ({}, "us-east-1"),
        ({"Authorization": "Bearer token"}, "us-east-1"),
        (
            {
                "Authorization": "AWS4-HMAC-SHA256 Credential=A/20260102/eu-west-1/"
                "chime/aws4_request, SignedHeaders=host, Signature=0"
            },
            "eu-west-1",
        ),
    ],
)
def test_region_at_a_server_is_the_signed_one(
    headers: dict[str, str], region: str
) -> None:
    """A moto server has one host for all, so the signature tells the region."""
    assert received("http://127.0.0.1:5000/", **headers).region == region
