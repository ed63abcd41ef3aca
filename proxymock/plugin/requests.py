"""Who calls, in which region, and whether they may: as moto decides it."""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from moto import settings
from moto.core.exceptions import (
    AccessDeniedError,
    InvalidClientTokenIdError,
    SignatureDoesNotMatchError,
)
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.responses import ActionAuthenticatorMixin  # type: ignore[attr-defined]

from proxymock.api.errors import (
    ForbiddenException,
    UnauthorizedClientException,
)
from proxymock.plugin import HOSTS

_SCOPE = re.compile(r"([^/,\s]*)/[^/]*/([^/]*)/([^/,\s]*)")
_IN_QUERY = "X-Amz-Credential="
_IAM = "moto.iam.models"
LEGACY_REGION = "us-east-1"
NAMESPACE = "chime"  # by which IAM knows the service, and its policies the actions


class Scope(NamedTuple):
    """What a signature says of itself; no *service* is an empty one."""

    access_key: str
    region: str
    service: str


def scope_of(authorization: str, query: str) -> Scope | None:
    """Return the scope of a signature in the header, else in the query, if any.

    The first of several credentials counts, so that the time is linear.

    >>> scope_of("AWS4-HMAC-SHA256 Credential=A/20260102/eu-west-1/chime/x", "")
    Scope(access_key='A', region='eu-west-1', service='chime')
    """
    _, signed, credential = authorization.partition("Credential=")
    if not signed and _IN_QUERY in query:
        _, _, rest = query.partition(_IN_QUERY)
        credential = unquote(rest.partition("&")[0])
    scope = _SCOPE.match(credential)
    return Scope(*scope.groups()) if scope else None


class IncomingRequest(NamedTuple):
    """A request in the one form that we know, whichever way it reached moto.

    *path* and *query* are percent-encoded ASCII, *headers* are case-insensitive, *body*
    reads the body.
    """

    method: str
    url: str
    path: str
    query: str
    headers: Any
    body: Callable[[], bytes]

    @property
    def region(self) -> str:
        """The region of the endpoint: by host, else as signed."""
        host = HOSTS.match(self.url)
        if host is not None:
            # AWS: VC-05. The hosts without a region are those of the old namespace.
            return host["region"] or LEGACY_REGION
        scope = self._scope
        return scope.region if scope else LEGACY_REGION

    @property
    def _scope(self) -> Scope | None:
        return scope_of(self.headers.get("Authorization", ""), self.query)

    @property
    def is_legacy(self) -> bool:
        """Whether it is of the older namespace ``chime``.

        AWS: VC-07. Only the host tells, and a moto server has a host of its own.
        """
        return "://voice-" not in self.url and HOSTS.match(self.url) is not None

    @property
    def may_be_legacy(self) -> bool:
        """Whether nothing tells which of the namespaces it is of."""
        return HOSTS.match(self.url) is None

    @property
    def access_key(self) -> str:
        """The access key id that signed, in the header or the query, or nothing."""
        scope = self._scope
        return scope.access_key if scope else ""

    @property
    def account_id(self) -> str:
        """The account that moto sees: by environment, header or access key."""
        if "MOTO_ACCOUNT_ID" in os.environ:
            return os.environ["MOTO_ACCOUNT_ID"]
        if "x-moto-account-id" in self.headers:
            header: str = self.headers["x-moto-account-id"]
            return header
        return _account_of(lambda: self.access_key)


def _iam() -> Any:
    """Return moto's IAM, or None if nobody has used it.

    To import it takes longer than a hundred of our calls. Where another thread is half
    way through, the module can be found but not used yet: an import waits.
    """
    return import_module(_IAM) if _IAM in sys.modules else None


def _account_of(access_key: Callable[[], str]) -> str:
    # Nobody has an access key of an account before somebody has imported IAM.
    iam = _iam()
    if iam is None:
        return DEFAULT_ACCOUNT_ID
    account_id: str = iam.get_account_id_from(access_key())
    return account_id


def calling_account() -> str:
    """Return the account that a call with the credentials of this process is from."""
    if "MOTO_ACCOUNT_ID" in os.environ:
        return os.environ["MOTO_ACCOUNT_ID"]
    return _account_of(lambda: os.environ.get("AWS_ACCESS_KEY_ID", ""))


def note_visit(received: IncomingRequest, account_id: str, region: str) -> None:
    """Let IAM know when the access key was used."""
    iam = _iam()
    if iam is not None and account_id in iam.iam_backends:
        iam.mark_account_as_visited(
            account_id=account_id,
            access_key=received.access_key,
            service=NAMESPACE,
            region=region,
        )


class _Form(dict[str, str]):
    """A form without fields, in which older versions of moto find the action.

    Where there is no body moto signs the form, so that it must look empty.
    """

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action = action

    def __missing__(self, key: str) -> str:
        return self._action


class _Authorization(ActionAuthenticatorMixin):
    """A request as moto's check of its signature and its policies looks at it."""

    def __init__(self, received: IncomingRequest, account_id: str, action: str) -> None:
        # moto looks some of them up by just this spelling.
        self.headers = {name.title(): v for name, v in received.headers.items()}
        self.headers.setdefault("Host", urlsplit(received.url).netloc)
        self.uri = f"https://{NAMESPACE}{received.path}?{received.query}"
        self.path = self.raw_path = received.path
        self.method = received.method
        self.body = self.raw_body = received.body()
        self.current_account = account_id
        self.data = _Form(action)
        self._get_action = lambda: action


def authorize(received: IncomingRequest, account_id: str, action: str) -> None:
    """Raise unless the caller may do *action*, if moto enforces IAM.

    Raises UnauthorizedClientException for credentials that are not good, and
    ForbiddenException for good ones that are not enough.
    """
    if math.isinf(settings.INITIAL_NO_AUTH_ACTION_COUNT):
        return
    try:
        _Authorization(
            received, account_id, action
        )._authenticate_and_authorize_normal_action()
    except AccessDeniedError as error:
        raise ForbiddenException(error.message) from None
    except (InvalidClientTokenIdError, SignatureDoesNotMatchError) as error:
        raise UnauthorizedClientException(error.message) from None
    except (IndexError, KeyError) as error:  # moto found no signature to check
        missing = "Missing Authentication Token"
        message = f"{error} is not signed" if received.access_key else missing
        raise UnauthorizedClientException(message) from None
