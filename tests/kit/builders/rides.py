"""What the tests of the phone start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.builders.people import ALICE, BOB, CAROL
from kit.builders.proxy_sessions import create_session

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

RIDER, DRIVER, STRANGER_NUMBER = BOB, ALICE, CAROL
FALLBACK = "+12065550199"


def mask(
    client: ChimeSDKVoiceClient, connector_id: str, **members: Any
) -> tuple[str, str]:
    """Mask rider and driver; return the session's id and the proxy number."""
    session = create_session(client, connector_id, **members)
    return session["ProxySessionId"], session["Participants"][0]["ProxyPhoneNumber"]


def status(client: ChimeSDKVoiceClient, connector_id: str, session_id: str) -> str:
    """Return the status of a session."""
    answer = client.get_proxy_session(
        VoiceConnectorId=connector_id, ProxySessionId=session_id
    )
    return answer["ProxySession"]["Status"]


def set_fallback(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Give a connector a fallback number."""
    client.put_voice_connector_proxy(
        VoiceConnectorId=connector_id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=["US"],
        FallBackPhoneNumber=FALLBACK,
    )
