"""The data of a botocore that has dropped something, and of clients made of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import DataNotFoundError, EndpointProviderError
from botocore.loaders import Loader
from botocore.session import Session

from kit.builders.botocore_data import Data
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.oracles.service_models import described
from kit.transports.clients import CREDENTIALS
from proxymock import phone
from proxymock.api import legacy, spec
from proxymock.restore import models
from proxymock.restore.loading import restored

SESSIONS = [name for name in spec.operation_names() if "Proxy" in name]
EXTRACTS = {"chime": legacy.description(), "chime-sdk-voice": spec.description()}
REGIONS = ("us-east-1", "eu-west-2", "cn-north-1", "us-iso-east-1", "us-gov-west-1")


@pytest.fixture
def data(tmp_path: Path) -> Data:
    """The data of a botocore without clients."""
    return Data(tmp_path)


def load(loader: Loader, client: str, kind: str = "service-2") -> dict[str, Any]:
    """Return what a loader finds."""
    found: dict[str, Any] = loader.load_service_model(client, kind)
    return found


def connect(
    loader: Loader,
    client: str,
    region: str = "us-east-1",
    endpoint_url: str | None = None,
    **config: Any,
) -> Any:
    """Return a client of the data that a loader finds."""
    session = Session()
    session.register_component("data_loader", loader)
    return boto3.Session(botocore_session=session, **CREDENTIALS).client(
        client,  # type: ignore[call-overload]
        region_name=region,
        endpoint_url=endpoint_url,
        config=Config(**config),
    )


def test_only_the_missing_is_added(data: Data) -> None:
    """The operations that are left, and all shapes, are those of botocore."""
    data.add("chime-sdk-voice", without=SESSIONS)
    before = load(data.loader(), "chime-sdk-voice")

    after = load(restored(data.loader()), "chime-sdk-voice")

    assert {*after["operations"]} == {*spec.operation_names()}
    for part in ("operations", "shapes"):
        assert {name: after[part][name] for name in before[part]} == before[part]


def test_name_that_means_something_else_stays(data: Data) -> None:
    """If a name of ours means something else by now, our shape gets another."""
    data.add("chime-sdk-voice", without=SESSIONS)
    model = load(data.loader(), "chime-sdk-voice")
    model["shapes"]["ProxySession"] = {"type": "string"}
    data.write("chime-sdk-voice", "service-2", model)

    after = load(restored(data.loader()), "chime-sdk-voice")

    ours = models.model("chime-sdk-voice", spec.description())
    assert after["shapes"]["ProxySession"] == {"type": "string"}
    assert [described(after, name) for name in SESSIONS] == [
        described(ours, name) for name in SESSIONS
    ]


@pytest.mark.parametrize("kind", ["service-2", "paginators-1"])
@pytest.mark.parametrize("client", EXTRACTS)
def test_nothing_is_added_to_what_is_complete(
    data: Data, client: str, kind: str
) -> None:
    """A client that has everything is as it was."""
    data.add(client)
    data.write(client, "service-2", models.model(client, EXTRACTS[client]))

    assert load(restored(data.loader()), client, kind) == load(
        data.loader(), client, kind
    )


def test_extras_of_botocore_stay(data: Data) -> None:
    """What botocore or its user adds to a client is there, and is not added again."""
    data.add("chime-sdk-voice", without=SESSIONS)
    own = {"name": "GetProxySession", "http": {"method": "GET", "requestUri": "/own"}}
    extras = {"merge": {"operations": {"GetProxySession": own}}}
    data.write("chime-sdk-voice", "service-2.sdk-extras", extras)

    after = load(restored(data.loader()), "chime-sdk-voice")["operations"]

    assert {*after} == {*spec.operation_names()}
    assert after["GetProxySession"] == own


def test_paginator_comes_back_with_its_operation(data: Data) -> None:
    """What botocore read page by page, it does again."""
    data.add("chime-sdk-voice", without=["ListSipRules"])
    client = connect(restored(data.loader()), "chime-sdk-voice")

    pages = client.get_paginator("list_sip_rules").paginate()

    assert [page["SipRules"] for page in pages] == [[]]


@pytest.mark.parametrize("client", EXTRACTS)
def test_service_that_is_gone_is_whole(data: Data, client: str) -> None:
    """A service that botocore has no more is as we describe it."""
    loader = restored(data.loader())

    assert load(loader, client) == models.model(client, EXTRACTS[client])
    pages = load(Loader(), client, "paginators-1")["pagination"]
    assert load(loader, client, "paginators-1")["pagination"] == {
        name: pages[name] for name in pages if name in EXTRACTS[client]["operations"]
    }


def test_other_services_stay(data: Data) -> None:
    """Of any other service, the data are those of botocore."""
    data.add("chime-sdk-meetings")
    before, after = data.loader(), restored(data.loader())

    assert after.list_available_services("service-2") == sorted(
        [*before.list_available_services("service-2"), *EXTRACTS]
    )
    assert load(after, "chime-sdk-meetings") == load(before, "chime-sdk-meetings")
    assert after.load_data("endpoints") == before.load_data("endpoints")


@pytest.mark.parametrize(
    "name", ["nonsense", "chime/nonsense", "chime/2000-01-01/service-2"]
)
def test_what_nobody_has_is_not_found(data: Data, name: str) -> None:
    """A name that is nowhere is the error of botocore."""
    with pytest.raises(DataNotFoundError):
        restored(data.loader()).load_data(name)


@pytest.mark.sampled(20)
@pytest.mark.parametrize("dual_stack", [False, True])
@pytest.mark.parametrize("fips", [False, True])
@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("client", EXTRACTS)
def test_endpoint_is_that_of_botocore(
    data: Data, client: str, region: str, fips: bool, dual_stack: bool
) -> None:
    """A service that botocore has no more is where it was, in every partition."""
    where: Any = {"use_fips_endpoint": fips, "use_dualstack_endpoint": dual_stack}

    with data.installed():
        ours = endpoint(connect(restored(data.loader()), client, region, **where))

    assert ours == endpoint(connect(Loader(), client, region, **where))


def endpoint(client: Any) -> tuple[str | None, str]:
    """Return the host that a client signs for, and the region that it signs with."""
    try:
        url = urlsplit(client.generate_presigned_url("list_phone_numbers"))
    except EndpointProviderError as error:
        return None, type(error).__name__
    [scope] = parse_qs(url.query)["X-Amz-Credential"]
    return url.hostname, scope.split("/")[2]


@pytest.mark.parametrize("client", EXTRACTS)
def test_custom_endpoint_is_taken(data: Data, client: str) -> None:
    """So is one that the user gives."""
    with data.installed():
        made = connect(
            restored(data.loader()),
            client,
            endpoint_url="http://localhost:5000",
            use_fips_endpoint=True,
        )

    assert endpoint(made) == ("localhost", "us-east-1")


@pytest.mark.parametrize("client", EXTRACTS)
@pytest.mark.parametrize("left", ["the service", "nothing"])
def test_masked_conversation(data: Data, client: str, left: str) -> None:
    """With what came back, two people are masked, speak, and are parted."""
    if left == "the service":
        data.add(client, without=SESSIONS)
    made = connect(restored(data.loader()), client)
    ids: Any = {"VoiceConnectorId": create_proxy_connector(made)}
    session = create_session(made, ids["VoiceConnectorId"])
    [caller, called] = session["Participants"]
    listed = made.list_proxy_sessions(**ids)["ProxySessions"]

    call = phone.call(caller["PhoneNumber"], caller["ProxyPhoneNumber"])

    assert call.connected_to == called["PhoneNumber"]
    assert listed == [session]
    made.delete_proxy_session(**ids, ProxySessionId=session["ProxySessionId"])
    with pytest.raises(made.exceptions.NotFoundException) as error:
        made.get_proxy_session(**ids, ProxySessionId=session["ProxySessionId"])
    assert error.value.response["Error"]["Code"] == "NotFoundException"


def test_documentation_is_made(data: Data) -> None:
    """The help of a method that came back names its members."""
    client = connect(restored(data.loader()), "chime-sdk-voice")

    text = str(client.get_proxy_session.__doc__)

    assert re.findall(r":param (\w+)", text) == ["VoiceConnectorId", "ProxySessionId"]
