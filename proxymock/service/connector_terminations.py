"""The termination of voice connectors: who may call out, and as whom."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from ipaddress import IPv4Network

from proxymock.api import spec
from proxymock.api.errors import BadRequestException
from proxymock.numbering_plan.e164 import with_plus
from proxymock.service.connector_settings import (
    check_disabling,
    delete_setting,
    get_setting,
    put_setting,
    refuse_if_emergency_calling,
)
from proxymock.service.quotas import check_quota
from proxymock.state.store import Store
from proxymock.state.voice_connectors import Setting

# AWS: CS-09. Neither is in the API description.
MAX_CIDRS = 10
CIDR_PREFIXES = range(27, 33)


def put_voice_connector_termination(
    store: Store, *, voice_connector_id: str, termination: Setting
) -> Setting:
    """Set, or replace as a whole, how a connector takes outbound calls.

    Its credentials stay.
    """
    connector = store.voice_connectors[voice_connector_id]
    given = {"CpsLimit": 1, "Disabled": False, **termination}  # AWS: CS-10
    networks = _networks(given.get("CidrAllowedList", []))
    _check_regions(given.get("CallingRegions", []))
    check_quota(store, "CpsLimit", given["CpsLimit"], error=BadRequestException)
    check_disabling(connector, "Termination", given)
    if "DefaultPhoneNumber" in given:
        given["DefaultPhoneNumber"] = with_plus(given["DefaultPhoneNumber"])
    # They outlive a second Put, and go with the termination. AWS: CS-12.
    connector.settings.setdefault("TerminationCredentials", {})
    # AWS: CS-11. As if the first host had sent a ping just now.
    connector.settings["TerminationHealth"] = {
        "Timestamp": store.now(),
        "Source": str(networks[0].network_address) if networks else None,
    }
    return put_setting(store, voice_connector_id, "Termination", given)


def get_voice_connector_termination(
    store: Store, *, voice_connector_id: str
) -> Setting:
    """Return how a connector takes outbound calls."""
    return get_setting(store, voice_connector_id, "Termination")


def delete_voice_connector_termination(
    store: Store, *, voice_connector_id: str
) -> None:
    """Stop the outbound calls of a connector and forget its credentials.

    AWS: CS-12.
    """
    get_setting(store, voice_connector_id, "Termination")
    refuse_if_emergency_calling(
        store.voice_connectors[voice_connector_id], "Termination"
    )
    for name in ("Termination", "TerminationCredentials", "TerminationHealth"):
        delete_setting(store, voice_connector_id, name)


def get_voice_connector_termination_health(
    store: Store, *, voice_connector_id: str
) -> Setting:
    """Return when a connector last got a ping of a SIP host, and from which address."""
    return get_setting(store, voice_connector_id, "TerminationHealth")


def put_voice_connector_termination_credentials(
    store: Store,
    *,
    voice_connector_id: str,
    credentials: list[Mapping[str, str]] | None = None,
) -> None:
    """Add credentials to a connector; a known username gets the new password."""
    # AWS: CS-12. The usernames that are not given keep theirs.
    present = get_setting(store, voice_connector_id, "TerminationCredentials")
    if not credentials:
        raise BadRequestException("Credentials must have at least 1 item, not 0")
    for credential in credentials:
        for member in ("Username", "Password"):
            text = credential.get(member, "")
            # Optional in the API description; US-ASCII is in its prose alone.
            if not text or not text.isascii():
                raise BadRequestException(
                    f"Credentials must each have a {member} in US-ASCII"
                )
    added = {each["Username"]: each["Password"] for each in credentials}
    put_setting(
        store, voice_connector_id, "TerminationCredentials", {**present, **added}
    )


def list_voice_connector_termination_credentials(
    store: Store, *, voice_connector_id: str
) -> list[str]:
    """Return the usernames of a connector, without passwords."""
    return list(get_setting(store, voice_connector_id, "TerminationCredentials"))


def delete_voice_connector_termination_credentials(
    store: Store, *, voice_connector_id: str, usernames: list[str]
) -> None:
    """Remove credentials from a connector; usernames that it lacks are ignored."""
    present = get_setting(store, voice_connector_id, "TerminationCredentials")
    left = {name: word for name, word in present.items() if name not in usernames}
    put_setting(store, voice_connector_id, "TerminationCredentials", left)


def _networks(cidrs: list[str]) -> list[IPv4Network]:
    if len(cidrs) > MAX_CIDRS:
        raise BadRequestException(
            "Termination.CidrAllowedList must have at most "
            f"{MAX_CIDRS} items, not {len(cidrs)}"
        )
    return [_network(cidr) for cidr in cidrs]


def _network(cidr: str) -> IPv4Network:
    with suppress(ValueError):
        network = IPv4Network(cidr)
        # Python also takes a mask, and an address alone; neither is CIDR notation.
        if network.prefixlen in CIDR_PREFIXES and str(network) == cidr:
            return network
    raise BadRequestException(
        "Termination.CidrAllowedList must hold IPv4 networks such as "
        f"192.0.2.0/27, from /{CIDR_PREFIXES[0]} to /{CIDR_PREFIXES[-1]}, "
        f"not '{cidr}'"
    )


def _check_regions(regions: list[str]) -> None:
    country = spec.shape("Alpha2CountryCode").pattern
    assert country is not None
    for region in regions:
        if not country.fullmatch(region):
            raise BadRequestException(
                "Termination.CallingRegions must be ISO 3166-1 alpha-2 codes such as "
                f"US, not '{region}'"
            )
