"""The errors that the API description models, one class each.

The status and the name of a class are the description's. AWS: API-01: ``Code``, the
value in the body, is the name without ``Exception`` unless the description's
``ErrorCode`` spells it otherwise.
"""

from __future__ import annotations

from typing import ClassVar


class VoiceError(Exception):
    """An error that the service answers with."""

    status: ClassVar[int]
    code: str
    fault_id: str | None = None  # of the injected fault that it comes from

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code

    @property
    def name(self) -> str:
        """The name by which SDKs know the error."""
        return type(self).__name__


class BadRequestException(VoiceError):
    """The input breaks a rule of the service."""

    status = 400
    code = "BadRequest"


class ResourceLimitExceededException(VoiceError):
    """The request would exceed a quota."""

    status = 400
    code = "ResourceLimitExceeded"


class UnauthorizedClientException(VoiceError):
    """The client has no valid credentials."""

    status = 401
    code = "Unauthorized"


class ForbiddenException(VoiceError):
    """The caller may not do this, or nobody may."""

    status = 403
    code = "Forbidden"


class AccessDeniedException(VoiceError):
    """The caller lacks a permission."""

    status = 403
    code = "AccessDenied"


class NotFoundException(VoiceError):
    """The resource does not exist."""

    status = 404
    code = "NotFound"

    @classmethod
    def of(cls, kind: str, id: str) -> NotFoundException:
        """Say that there is no *kind* with this *id*, in AWS's observed words."""
        return cls(f"Could not find {kind} with Id '{id}'")


class ConflictException(VoiceError):
    """The state of the resource forbids the request."""

    status = 409
    code = "Conflict"


class GoneException(VoiceError):
    """The resource is no longer available."""

    status = 410
    code = "Gone"


class UnprocessableEntityException(VoiceError):
    """The request is well-formed but cannot be followed."""

    status = 422
    code = "Unprocessable"


class ThrottledClientException(VoiceError):
    """The client calls too often."""

    status = 429
    code = "Throttled"


class ServiceFailureException(VoiceError):
    """The service failed. Only an injected fault raises it."""

    status = 500
    code = "ServiceFailure"


class ServiceUnavailableException(VoiceError):
    """The service is unavailable. Only an injected fault raises it."""

    status = 503
    code = "ServiceUnavailable"


# Faults are asked for by these names, as the API description has them.
ERRORS: dict[str, type[VoiceError]] = {
    error.__name__: error for error in VoiceError.__subclasses__()
}
