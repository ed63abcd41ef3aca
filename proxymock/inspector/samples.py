"""The commands that make what an empty view would show, with this server's address."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from proxymock.inspector import quoting
from proxymock.inspector.visit import Visit

PATH = "/moto-api/proxymock/"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:masking"
RIDER, DRIVER, PROXY = "+12065550101", "+14155550102", "+12015550150"
_CONNECTOR = """\
id=$(aws chime-sdk-voice create-voice-connector --name Rides --require-encryption \
--query VoiceConnector.VoiceConnectorId --output text)"""
_SESSION = f"""\
aws chime-sdk-voice put-voice-connector-proxy --voice-connector-id "$id" \
--default-session-expiry-minutes 60 --phone-number-pool-countries US
aws chime-sdk-voice create-proxy-session --voice-connector-id "$id" \
--participant-phone-numbers {RIDER} {DRIVER} --capabilities Voice SMS"""


# What ``export`` takes: the three credentials, one after the other.
CREDENTIALS = (
    "Credentials.join(' ', [join('=', ['AWS_ACCESS_KEY_ID', AccessKeyId]), "
    "join('=', ['AWS_SECRET_ACCESS_KEY', SecretAccessKey]), "
    "join('=', ['AWS_SESSION_TOKEN', SessionToken])])"
)


def samples(visit: Visit) -> Mapping[str, str]:
    """Return commands for a shell, by what they make."""
    account_id = visit.simulation.account.account_id
    base = f"{visit.server}{PATH}"

    def control(method: str, path: str, **members: object) -> str:
        url = f"{base}{path}?AccountId={account_id}"
        return quoting.curl(method, url, members)

    state = shlex.quote(f"{base}state?AccountId={account_id}")
    around = surroundings(visit)
    return {
        "connector": f"{around}\n{_CONNECTOR}",
        "session": f"{around}\n{_CONNECTOR}\n{_SESSION}",
        "request": f"{around}\naws chime-sdk-voice list-voice-connectors",
        "call": control("POST", "calls", From=RIDER, To=PROXY),
        "text": control("POST", "texts", From=RIDER, To=PROXY, Body="On my way"),
        "fault": control(
            "POST",
            "faults",
            Operation="CreateProxySession",
            Error="ThrottledClientException",
        ),
        "function": control(
            "POST", "functions", FunctionArn=ARN, Url="http://127.0.0.1:3001"
        ),
        "person": control("PUT", "people", Number=DRIVER, Answers="by hand"),
        "save": f"curl -o state.json {state}",
        "load": "curl -X PUT -H 'Content-Type: application/json' "
        f"--data-binary @state.json {state}",
    }


def surroundings(visit: Visit) -> str:
    """Return the lines that let the AWS CLI call this server, and this account."""
    region = visit.address.region or "us-east-1"
    lines = (
        f"export AWS_ENDPOINT_URL={shlex.quote(visit.server)} "
        f"AWS_REGION={shlex.quote(region)} "
        "AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any"
    )
    if "AccountId" not in visit.address.members:  # the account of any credentials
        return lines
    role = f"arn:aws:iam::{visit.simulation.account.account_id}:role/inspector"
    return f"""{lines}
export $(aws sts assume-role --role-arn {role} --role-session-name inspector \
--output text --query {shlex.quote(CREDENTIALS)})"""
