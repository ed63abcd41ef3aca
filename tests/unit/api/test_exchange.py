from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import pytest

from proxymock.api import exchange, spec
from proxymock.api.errors import BadRequestException

CREATE = spec.operation("CreateVoiceConnector")
GET = spec.operation("GetProxySession")
LIST = spec.operation("ListProxySessions")
PUT = spec.operation("PutVoiceConnectorLoggingConfiguration")
TAG = spec.operation("TagResource")
TONE = spec.operation("GetVoiceToneAnalysisTask")
TAG_NAMES = ("Key", "Value")
CALL = spec.operation("UpdateSipMediaApplicationCall")
NAMED = b'{"Name":"Rides","RequireEncryption":true}'


def bind(
    operation: spec.Operation,
    *labels: str,
    query: Mapping[str, str] = MappingProxyType({}),
    body: bytes = b"",
) -> dict[str, Any]:
    """Bind a request."""
    return exchange.bind(operation, list(labels), query, lambda: body)


@pytest.mark.parametrize(
    ("path", "query", "segments", "parameters"),
    [
        ("/", "", [""], {}),
        ("/a/b", "", ["a", "b"], {}),
        ("/a//b/", "", ["a", "", "b", ""], {}),
        ("/a%2Fb/%2B1", "", ["a/b", "+1"], {}),
        ("/%252B1", "", ["%2B1"], {}),
        ("/%C3%A9", "x=%E2%82%AC", ["é"], {"x": "€"}),
        (
            "/a",
            "x=1&y=&z&&x%20y=a=b",
            ["a"],
            {"x": "1", "y": "", "z": "", "x y": "a=b"},
        ),
        ("/a+b", "x=a+b", ["a+b"], {"x": "a+b"}),
    ],
)
def test_split_decodes_after_it_has_cut(
    path: str, query: str, segments: list[str], parameters: dict[str, str]
) -> None:
    """What is percent-encoded never separates, and is decoded once."""
    assert exchange.split(path, query) == (segments, parameters)


@pytest.mark.parametrize(
    ("path", "query", "message"),
    [
        ("/%", "", "The path has a % that is no percent-encoding"),
        ("/%2", "", "The path has a % that is no percent-encoding"),
        ("/%zz", "", "The path has a % that is no percent-encoding"),
        ("/%ff", "", "The path is not UTF-8"),
        ("/%ED%A0%80", "", "The path is not UTF-8"),
        ("/", "x=%", "The query string has a % that is no percent-encoding"),
        ("/", "%ff=1", "The query string is not UTF-8"),
        ("/", "x=1&x=1", "The query string has a parameter more than once"),
        ("/", "x=1&%78=2", "The query string has a parameter more than once"),
    ],
)
def test_split_refuses_what_has_no_meaning(path: str, query: str, message: str) -> None:
    """A broken encoding and a repeated parameter are bad requests."""
    with pytest.raises(BadRequestException) as error:
        exchange.split(path, query)

    assert error.value.message == message


def test_bind_takes_members_from_where_they_travel() -> None:
    """Members come from path and query; a parameter that nobody knows is ignored."""
    query = {"status": "Open", "max-results": "007", "nope": "1"}

    assert bind(LIST, "v", query=query) == {
        "VoiceConnectorId": "v",
        "Status": "Open",
        "MaxResults": 7,
    }


def test_bind_reads_no_body_that_the_operation_lacks() -> None:
    """An operation without members in the body does not read it."""
    body = partial(pytest.fail, "the body was read")

    assert exchange.bind(GET, ["v", "s"], {}, body) == {
        "VoiceConnectorId": "v",
        "ProxySessionId": "s",
    }


def test_bind_leaves_out_what_is_not_set() -> None:
    """Nulls and members that nobody knows are as if they were not there."""
    body = (
        b'{"Name":"Rides","RequireEncryption":"true","AwsRegion":null,"Nope":{"a":1}}'
    )

    assert bind(CREATE, body=body) == {"Name": "Rides", "RequireEncryption": True}


def test_bind_goes_down_into_structures_and_lists() -> None:
    """Nested structures lose their nulls and keep their booleans true."""
    body = b'{"LoggingConfiguration":{"EnableSIPLogs":"false","Nope":1}}'
    tags = b'{"ResourceARN":"arn:a","Tags":[{"Key":"k","Value":"v","Nope":null}]}'

    assert bind(PUT, "v", body=body) == {
        "VoiceConnectorId": "v",
        "LoggingConfiguration": {"EnableSIPLogs": False},
    }
    assert bind(TAG, body=tags) == {
        "ResourceARN": "arn:a",
        "Tags": [{"Key": "k", "Value": "v"}],
    }


def test_bind_takes_maps_as_they_are() -> None:
    """A map keeps all its keys: they are the user's."""
    assert bind(CALL, "a", "t", body=b'{"Arguments":{"x":"1"}}') == {
        "SipMediaApplicationId": "a",
        "TransactionId": "t",
        "Arguments": {"x": "1"},
    }


def test_path_and_query_win_over_the_body() -> None:
    """A body cannot say what belongs into the path."""
    body = b'{"VoiceConnectorId":"other","LoggingConfiguration":{}}'

    assert bind(PUT, "v", body=body)["VoiceConnectorId"] == "v"


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_boolean_in_the_query(text: str, value: bool) -> None:
    """A boolean travels as a word."""
    assert bind(TONE, "v", "t", query={"isCaller": text})["IsCaller"] is value


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({}, "IsCaller is required"),
        ({"isCaller": ""}, 'IsCaller must be a boolean, not ""'),
        ({"isCaller": "True"}, 'IsCaller must be a boolean, not "True"'),
    ],
)
def test_no_boolean_in_the_query(query: dict[str, str], message: str) -> None:
    """Another word is no boolean, and the parameter is required."""
    with pytest.raises(BadRequestException) as error:
        bind(TONE, "v", "t", query=query)

    assert error.value.message == message


@pytest.mark.parametrize("text", ["", "1.0", "one", "+1", "1_0", "\u0663", "9" * 19])
def test_no_integer_in_the_query(text: str) -> None:
    """Only digits are an integer."""
    with pytest.raises(BadRequestException) as error:
        bind(LIST, "v", query={"max-results": text})

    assert error.value.message == (
        f"MaxResults must be an integer, not {json.dumps(text)}"
    )


def test_every_violation_is_told() -> None:
    """One answer names all that is wrong, in the order of the members."""
    with pytest.raises(BadRequestException) as error:
        bind(CREATE, body=b'{"AwsRegion":"mars"}')

    assert error.value.message.split("; ") == [
        "Name is required",
        f'AwsRegion must be one of {", ".join(spec.regions())}, not "mars"',
        "RequireEncryption is required",
    ]


def test_refusal_of_a_large_body_is_short() -> None:
    """However much is wrong with a body, the answer is one to read."""
    tags = ",".join(["{}"] * 50)
    body = f'{{"ResourceARN":"arn:a","Tags":[{tags}]}}'.encode()

    with pytest.raises(BadRequestException) as error:
        bind(TAG, body=body)

    assert error.value.message == "; ".join(
        [
            *(f"Tags[{i}].{name} is required" for i in range(10) for name in TAG_NAMES),
            "and 80 more",
        ]
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"[]", "The body must be a JSON object"),
        (b"null", "The body must be a JSON object"),
        (b'"text"', "The body must be a JSON object"),
        (b"\xff", "The body is not Unicode in UTF-8"),
        ('{"Name":"é"}'.encode("latin-1"), "The body is not Unicode in UTF-8"),
        (b'{"Name":"\\ud800"}', "The body is not Unicode in UTF-8"),
        (b'{"\\udfff":1}', "The body is not Unicode in UTF-8"),
        (b'{"Name":NaN}', "The body is not JSON: NaN is no JSON number"),
        (b'{"Name":-Infinity}', "The body is not JSON: -Infinity is no JSON number"),
        (b"[" * 100_000, "The body is nested too deeply"),
        (b" " * 1_048_577, "The body has more than 1048576 bytes"),
        (
            b"{",
            "The body is not JSON: Expecting property name enclosed in double quotes: "
            "line 1 column 2 (char 1)",
        ),
    ],
)
def test_body_that_is_no_json_object(body: bytes, message: str) -> None:
    """A body has to be an object in JSON, in UTF-8, of an agreeable size."""
    with pytest.raises(BadRequestException) as error:
        bind(CREATE, body=body)

    assert error.value.message.startswith(message.partition(" enclosed")[0])


def test_number_longer_than_python_reads() -> None:
    """A number of a thousand digits is compared, one of ten thousand is refused."""
    with pytest.raises(BadRequestException) as error:
        bind(CREATE, body=b'{"Name":' + b"9" * 10_000 + b"}")

    assert error.value.message == "The body has a number that is too long"


def test_whole_surrogate_pair_is_text() -> None:
    """A character beyond the basic plane may be escaped."""
    body = b'{"ResourceARN":"arn:a","Tags":[{"Key":"\\ud83d\\ude97","Value":""}]}'

    assert bind(TAG, body=body)["Tags"] == [{"Key": "🚗", "Value": ""}]


def test_empty_body_is_an_empty_object() -> None:
    """Where nothing is required nothing has to be sent."""
    update = spec.operation("UpdatePhoneNumber")

    assert bind(update, "n") == {"PhoneNumberId": "n"}
