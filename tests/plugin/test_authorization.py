"""What the caller's credentials are worth: IAM, as moto keeps and enforces it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests
from moto.core import set_initial_no_auth_action_count

from proxymock.plugin.requests import _Form
from support import Connect, Login


@pytest.fixture
def user(connect: Connect) -> dict[str, Any]:
    """The credentials of the IAM user rider, who may do nothing yet."""
    iam = connect("iam")
    iam.create_user(UserName="rider")
    created: dict[str, Any] = iam.create_access_key(UserName="rider")["AccessKey"]
    return created


@pytest.fixture
def allow(connect: Connect) -> Callable[[str], None]:
    """Let the user do an action."""

    def allow(action: str) -> None:
        statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
        connect("iam").put_user_policy(
            UserName="rider",
            PolicyName="rides",
            PolicyDocument=json.dumps(
                {"Version": "2012-10-17", "Statement": [statement]}
            ),
        )

    return allow


def test_last_use_of_an_access_key(
    connect: Connect, login: Login, user: dict[str, Any]
) -> None:
    """IAM knows that an access key was used, for which service and where."""
    login("eu-west-1", **user).list_voice_connectors()

    used = connect("iam").get_access_key_last_used(AccessKeyId=user["AccessKeyId"])

    last = used["AccessKeyLastUsed"]
    assert (used["UserName"], last["ServiceName"], last["Region"]) == (
        "rider",
        "chime",
        "eu-west-1",
    )


@pytest.fixture
def enforced() -> Callable[..., Any]:
    """Make a call with IAM enforced."""

    def enforced(call: Callable[..., Any], *args: Any, **arguments: Any) -> Any:
        return set_initial_no_auth_action_count(0)(call)(*args, **arguments)

    return enforced


def test_denied(
    enforced: Callable[..., Any], login: Login, user: dict[str, Any]
) -> None:
    """Without a policy a call is a 403 that names user and action."""
    client = login(**user)

    with pytest.raises(client.exceptions.ForbiddenException) as error:
        enforced(client.list_voice_connectors)

    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert error.value.response["Error"]["Message"] == (
        "User: arn:aws:iam::123456789012:user/rider is not authorized to perform: "
        "chime:ListVoiceConnectors"
    )


def test_allowed(
    enforced: Callable[..., Any],
    login: Login,
    user: dict[str, Any],
    allow: Callable[[str], None],
) -> None:
    """With a policy for an action this action is allowed, and no other."""
    client = login(**user)
    allow("chime:CreateVoiceConnector")

    answer = enforced(
        client.create_voice_connector, Name="Rides", RequireEncryption=True
    )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    with pytest.raises(client.exceptions.ForbiddenException):
        enforced(client.list_voice_connectors)


@pytest.mark.parametrize("id", ["a b", "+12065550100", "%2B12065550100", "ä/ö"])
def test_any_path_is_signed(
    enforced: Callable[..., Any],
    login: Login,
    user: dict[str, Any],
    allow: Callable[[str], None],
    id: str,
) -> None:
    """A signature is good whatever the path has in it."""
    client = login(**user)
    allow("chime:*")

    with pytest.raises(client.exceptions.NotFoundException):
        enforced(client.get_voice_connector, VoiceConnectorId=id)


def test_query_is_signed(
    enforced: Callable[..., Any],
    login: Login,
    user: dict[str, Any],
    allow: Callable[[str], None],
) -> None:
    """A signature is good with a query string."""
    client = login(**user)
    allow("chime:ListVoiceConnectors")

    assert enforced(client.list_voice_connectors, MaxResults=5)["VoiceConnectors"] == []


def test_unknown_key(enforced: Callable[..., Any], login: Login) -> None:
    """An access key that nobody has is a 401."""
    client = login(AccessKeyId="AKIAIOSFODNN7UNKNOWN", SecretAccessKey="secret")

    with pytest.raises(client.exceptions.UnauthorizedClientException) as error:
        enforced(client.list_voice_connectors)

    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 401
    assert error.value.response["Error"]["Message"] == (
        "The security token included in the request is invalid."
    )


def test_wrong_secret(
    enforced: Callable[..., Any], login: Login, user: dict[str, Any]
) -> None:
    """A signature with another secret is a 401."""
    client = login(AccessKeyId=user["AccessKeyId"], SecretAccessKey="wrong")

    with pytest.raises(client.exceptions.UnauthorizedClientException) as error:
        enforced(client.list_voice_connectors)

    message = error.value.response["Error"]["Message"]
    assert message.startswith("The request signature we calculated does not match")


@pytest.mark.parametrize(
    ("authorization", "message"),
    [
        ("", "Missing Authentication Token"),
        ("Bearer abc", "Missing Authentication Token"),
        (
            "AWS4-HMAC-SHA256 Credential={key}/20260102/us-east-1/chime/"
            "aws4_request, SignedHeaders=host, Signature=0",
            "'X-Amz-Date' is not signed",
        ),
    ],
)
def test_unsigned(
    enforced: Callable[..., Any],
    user: dict[str, Any],
    authorization: str,
    message: str,
) -> None:
    """A request without a signature that could be checked is a 401."""
    authorization = authorization.format(key=user["AccessKeyId"])

    answer = enforced(
        requests.get,
        "https://voice-chime.us-east-1.amazonaws.com/voice-connectors",
        headers={"Authorization": authorization},
    )

    assert (answer.status_code, answer.json()) == (
        401,
        {"Code": "Unauthorized", "Message": message},
    )


def test_unsigned_while_calls_are_free() -> None:
    """As long as moto does not look at credentials, nobody needs any."""
    url = "https://voice-chime.us-east-1.amazonaws.com/voice-connectors"

    answer = set_initial_no_auth_action_count(1)(requests.get)(url)

    assert (answer.status_code, answer.json()["VoiceConnectors"]) == (200, [])


def test_role(enforced: Callable[..., Any], connect: Connect, login: Login) -> None:
    """An assumed role may do what its policies say."""
    iam = connect("iam")
    role = iam.create_role(RoleName="rides", AssumeRolePolicyDocument="{}")
    statement = {
        "Effect": "Allow",
        "Action": "chime:ListVoiceConnectors",
        "Resource": "*",
    }
    iam.put_role_policy(
        RoleName="rides",
        PolicyName="rides",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )
    assumed = connect("sts").assume_role(
        RoleArn=role["Role"]["Arn"], RoleSessionName="test"
    )
    client = login(**assumed["Credentials"])

    assert enforced(client.list_voice_connectors)["VoiceConnectors"] == []
    with pytest.raises(client.exceptions.ForbiddenException):
        enforced(client.create_voice_connector, Name="R", RequireEncryption=True)


def test_form_is_empty_but_knows_the_action() -> None:
    """Older versions of moto look the action up in a form that is signed as empty."""
    form = _Form("ListVoiceConnectors")

    assert (form["Action"], dict(form), bool(form)) == (
        "ListVoiceConnectors",
        {},
        False,
    )
