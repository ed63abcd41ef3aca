"""AWS's default quotas, which hold only with the option ``enforce_quotas``."""

from __future__ import annotations

from proxymock.api.errors import ResourceLimitExceededException, VoiceError
from proxymock.state.options import Options
from proxymock.state.store import Store

# Kind → how many there may be, and of what. DOCUMENTED.
QUOTAS = {
    "CpsLimit": (1, "calls per second and voice connector"),
    "PhoneNumber": (5, "phone numbers per account"),
    "SipMediaApplication": (30, "SIP media applications per region"),
    "SipMediaApplicationCall": (10, "active SIP media application calls"),
    "SpeakerSearchTask": (25, "active speaker search tasks per region"),
    "VoiceConnector": (3, "voice connectors per region"),
    "VoiceConnectorGroup": (3, "voice connector groups per account"),
    "VoiceFocus": (5, "VoiceFocus actions per second and account"),
    "VoiceProfile": (20, "voice profiles per domain"),
    "VoiceProfileDomain": (3, "voice profile domains per region"),
    "VoiceToneAnalysisTask": (25, "active voice tone analysis tasks per region"),
}


def breach(options: Options, kind: str, count: int) -> str | None:
    """Say that *count* exceeds the quota of a *kind*, if it does and quotas hold.

    AWS: AC-01. *count* includes the new things.
    """
    quota, things = QUOTAS[kind]
    if not options.enforce_quotas or count <= quota:
        return None
    return f"The number of {things} must be at most {quota}, not {count}"


def check_quota(
    store: Store,
    kind: str,
    count: int,
    *,
    error: type[VoiceError] = ResourceLimitExceededException,
) -> None:
    """Raise *error* if *count* exceeds the quota of a *kind*. AWS: AC-01.

    *count* includes the new things.
    """
    message = breach(store.options, kind, count)
    if message is not None:
        raise error(message)
