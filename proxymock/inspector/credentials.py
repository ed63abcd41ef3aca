"""What lets a copied command call this server in this account, in either language."""

from __future__ import annotations

import shlex

from proxymock.inspector.visit import Visit

# The account of any credentials is the server's own; that of a role is the role's.
ANY = "any"
_SESSION = "inspector"
_KEYS = "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]"


def _role(visit: Visit) -> str | None:
    """Return the role to assume, None if the address names no account."""
    if "AccountId" not in visit.address.members:
        return None
    return f"arn:aws:iam::{visit.simulation.account.account_id}:role/{_SESSION}"


def for_shell(visit: Visit) -> str:
    """Return the lines for a shell that uses the AWS CLI."""
    region = shlex.quote(visit.address.region or "us-east-1")
    exported = {
        "AWS_ENDPOINT_URL": shlex.quote(visit.server),
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,  # All that version 1 knows.
        "AWS_ACCESS_KEY_ID": ANY,
        "AWS_SECRET_ACCESS_KEY": ANY,
        "AWS_PAGER": "",  # Or it would take the next lines for its keys.
    }
    lines = "export " + " ".join(f"{name}={text}" for name, text in exported.items())
    role = _role(visit)
    if role is None:
        return lines
    return f"""{lines}
set -- $(aws sts assume-role --role-arn {role} --role-session-name {_SESSION} \
--query '{_KEYS}' --output text)
export AWS_ACCESS_KEY_ID="$1" AWS_SECRET_ACCESS_KEY="$2" AWS_SESSION_TOKEN="$3\""""


def for_python(visit: Visit, region: str) -> str:
    """Return the lines for Python that make a ``client``."""

    def client(service: str, **keys: str) -> str:
        given = {"endpoint_url": repr(visit.server), **keys}
        lines = [f"    {name}={text},\n" for name, text in given.items()]
        return f"boto3.client(\n    {service!r},\n    {region!r},\n{''.join(lines)})"

    keys = {"aws_access_key_id": repr(ANY), "aws_secret_access_key": repr(ANY)}
    role = _role(visit)
    if role is None:
        return f"client = {client('chime-sdk-voice', **keys)}"
    own = client(
        "chime-sdk-voice",
        aws_access_key_id="role['AccessKeyId']",
        aws_secret_access_key="role['SecretAccessKey']",
        aws_session_token="role['SessionToken']",
    )
    return f"""\
role = {client("sts", **keys)}.assume_role(
    RoleArn={role!r}, RoleSessionName={_SESSION!r}
)['Credentials']
client = {own}"""
