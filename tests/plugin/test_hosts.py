"""Which hosts are the service's, and in which region a request is."""

from __future__ import annotations

from itertools import product

import pytest
from botocore.exceptions import EndpointVariantError
from botocore.regions import EndpointResolver
from botocore.session import Session
from requests.structures import CaseInsensitiveDict

from proxymock.api import spec
from proxymock.plugin import HOSTS
from proxymock.plugin.requests import IncomingRequest
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


# Where a bucket of S3 is part of the host's name.
S3 = (
    "s3",
    "s3-{region}",
    "s3.{region}",
    "s3-fips.{region}",
    "s3.dualstack.{region}",
    "s3-fips.dualstack.{region}",
    "s3-accelerate",
    "s3-accelerate.dualstack",
    "s3-website-{region}",
    "s3-website.{region}",
    "s3-accesspoint.{region}",
    "s3-external-1",
    "s3express-use1-az4.{region}",
    "execute-api.{region}",
    "execute-api",
    "lambda-url.{region}",
    "data.iot.{region}",
    "cloudsearch.{region}",
)
BUCKETS = ("chime", "voice-chime", "chime-fips", "voice-chime-fips", "service.chime")
LOADER = Session().get_component("data_loader")
ENDPOINTS = LOADER.load_data("endpoints")
PARTITIONS = {p["partition"]: p for p in ENDPOINTS["partitions"]}


OURS = {"chime", "voice-chime", "chime-sdk-voice"}


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("bucket", BUCKETS)
@pytest.mark.parametrize("partition", PARTITIONS)
def test_hosts_that_begin_with_a_name_that_users_chose(
    partition: str, bucket: str, scheme: str
) -> None:
    """A bucket or an API of any name is S3's or API Gateway's, in any partition."""
    data = PARTITIONS[partition]
    urls = [
        f"{scheme}://{bucket}.{host.format(region=region)}.{data['dnsSuffix']}/key"
        for host in S3
        for region in data["regions"]
    ]

    assert [url for url in urls if HOSTS.match(url)] == []


VARIANTS = [(fips, dual) for fips in (False, True) for dual in (False, True)]


def endpoints(service: str) -> set[str]:
    """Return the hosts of a service in all partitions and variants."""
    resolver = EndpointResolver(ENDPOINTS)
    found = set()
    for name, partition in PARTITIONS.items():
        for region, (fips, dual) in product(partition["regions"], VARIANTS):
            try:
                endpoint = resolver.construct_endpoint(
                    service,
                    region,
                    name,
                    use_dualstack_endpoint=dual,
                    use_fips_endpoint=fips,
                )
            except EndpointVariantError:  # not all partitions have all variants
                continue
            found |= {endpoint["hostname"]} if endpoint else set()
    return found


def test_endpoints_of_all_other_services() -> None:
    """No endpoint that botocore knows of any other service is intercepted."""
    names = set(Session().get_available_services())
    names.update(*(partition["services"] for partition in ENDPOINTS["partitions"]))

    hosts = {host for name in names - OURS for host in endpoints(name)}

    assert len(hosts) > 5000
    assert [host for host in hosts if HOSTS.match(f"https://{host}/")] == []


@pytest.mark.parametrize("region", ["", "mars", "us.east", "US-EAST-1"])
def test_name_by_which_a_moto_server_looks_us_up(region: str) -> None:
    """Whatever was signed as the region, moto's server finds us, and we refuse it."""
    assert HOSTS.match(f"http://chime.{region}.amazonaws.com")
    assert not HOSTS.match(f"http://chime.{region}.amazonaws.com/key")


def received(url: str, **headers: str) -> IncomingRequest:
    """Return a request that reached *url*."""
    return IncomingRequest(
        "GET", url, "/", "", CaseInsensitiveDict(headers), lambda: b""
    )


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
