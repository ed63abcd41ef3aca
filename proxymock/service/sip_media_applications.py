"""SIP media applications: AWS Lambda functions that answer and make calls."""

from __future__ import annotations

from collections.abc import Mapping

from proxymock.api import spec
from proxymock.api.errors import (
    BadRequestException,
    ConflictException,
    NotFoundException,
)
from proxymock.api.paging import View
from proxymock.numbering_plan.e164 import with_plus
from proxymock.service.quotas import check_quota
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.sip import SipMediaApplication
from proxymock.state.store import Store
from proxymock.state.tags import tags_of
from proxymock.state.voice_connectors import Setting


def create_sip_media_application(
    store: Store,
    *,
    aws_region: str,
    name: str,
    endpoints: list[Mapping[str, str]],
    tags: list[Mapping[str, str]] | None = None,
) -> SipMediaApplication:
    """Make an application, ready for use at once. AWS: SM-01."""
    # The API description takes any text for it.
    if aws_region not in spec.regions():
        raise BadRequestException(
            f"AwsRegion must be one of {', '.join(spec.regions())}, not '{aws_region}'"
        )
    _check_endpoints(endpoints, aws_region)
    check_quota(store, "SipMediaApplication", len(store.sip_media_applications) + 1)
    id = store.new_uuid(lambda region: region.sip_media_applications)
    now = store.now()
    return store.sip_media_applications.enter(
        SipMediaApplication(
            sip_media_application_id=id,
            aws_region=aws_region,
            name=name,
            endpoints=endpoints,
            created_timestamp=now,
            updated_timestamp=now,
            sip_media_application_arn=store.arn("sma", id),
            sequence=store.account.next_sequence(),
        ),
        tags_of(tags),
    )


def get_sip_media_application(
    store: Store, *, sip_media_application_id: str
) -> SipMediaApplication:
    """Return an application."""
    return store.sip_media_applications[sip_media_application_id]


def list_sip_media_applications(store: Store) -> View[SipMediaApplication]:
    """Return the applications in the order of their creation."""
    return store.sip_media_applications


def update_sip_media_application(
    store: Store,
    *,
    sip_media_application_id: str,
    name: str | None = None,
    endpoints: list[Mapping[str, str]] | None = None,
) -> SipMediaApplication:
    """Replace what is given of an application's name and endpoints. AWS: API-11."""
    application = store.sip_media_applications[sip_media_application_id]
    if endpoints is not None:
        _check_endpoints(endpoints, application.aws_region)
        application.endpoints = endpoints
    if name is not None:
        application.name = name
    application.updated_timestamp = store.now()
    return application


def delete_sip_media_application(
    store: Store, *, sip_media_application_id: str
) -> None:
    """Remove an application that no enabled rule targets. AWS: SM-03."""
    id = sip_media_application_id
    application = store.sip_media_applications[id]
    # A rule may have targets in several regions, for failover.
    for region in store.account.stores.values():
        for rule in region.sip_rules.where(("SipMediaApplicationId", id)):
            if not rule.disabled:
                raise ConflictException(
                    f"SipMediaApplication '{id}' is a target of the enabled SipRule "
                    f"'{rule.sip_rule_id}'"
                )
    store.sip_media_applications.leave(application)


def put_sip_media_application_logging_configuration(
    store: Store,
    *,
    sip_media_application_id: str,
    sip_media_application_logging_configuration: Setting | None = None,
) -> Setting:
    """Turn the logs of an application's SIP messages on or off. AWS: SM-04."""
    application = store.sip_media_applications[sip_media_application_id]
    # The API description calls it optional, but then there is nothing to put.
    if sip_media_application_logging_configuration is None:
        raise BadRequestException("SipMediaApplicationLoggingConfiguration is required")
    application.logging = {
        # What is left out is off, as in the logging of connectors.
        "EnableSipMediaApplicationMessageLogs": False,
        **sip_media_application_logging_configuration,
    }
    return application.logging


def get_sip_media_application_logging_configuration(
    store: Store, *, sip_media_application_id: str
) -> Setting:
    """Return whether the SIP messages of an application are logged."""
    return store.sip_media_applications[sip_media_application_id].logging


def put_sip_media_application_alexa_skill_configuration(
    store: Store,
    *,
    sip_media_application_id: str,
    sip_media_application_alexa_skill_configuration: Setting | None = None,
) -> Setting:
    """Set the Alexa skill of an application. AWS: SM-05."""
    application = store.sip_media_applications[sip_media_application_id]
    if sip_media_application_alexa_skill_configuration is None:
        raise BadRequestException(
            "SipMediaApplicationAlexaSkillConfiguration is required"
        )
    application.alexa_skill = sip_media_application_alexa_skill_configuration
    return application.alexa_skill


def get_sip_media_application_alexa_skill_configuration(
    store: Store, *, sip_media_application_id: str
) -> Setting:
    """Return the Alexa skill of an application. AWS: SM-05."""
    application = store.sip_media_applications[sip_media_application_id]
    if application.alexa_skill is None:
        raise NotFoundException(
            f"SipMediaApplication '{sip_media_application_id}' has no "
            "AlexaSkillConfiguration"
        )
    return application.alexa_skill


def dial_in_number(store: Store, member: str, number: str) -> PhoneNumber:
    """Return a *number* of the account for SIP media applications. AWS: SM-06.

    Raises BadRequestException, which names the input *member* of the number, if the
    account does not have it, or if it is of another product or not ready.
    """
    if with_plus(number) not in store.phone_numbers:
        # In the spelling of the request, which its sender knows.
        raise store.phone_numbers.bad_reference(member, number)
    found = store.phone_numbers[with_plus(number)]
    if found.product_type != "SipMediaApplicationDialIn":
        raise BadRequestException(
            f"{member} must be a number with the product type "
            f"SipMediaApplicationDialIn, not {found.product_type}"
        )
    if found.status not in {"Assigned", "Unassigned"}:
        raise BadRequestException(
            f"{member} must be a number that is ready for use, not {found.status}"
        )
    return found


def _check_endpoints(endpoints: list[Mapping[str, str]], aws_region: str) -> None:
    """Refuse endpoints without a function in the region. AWS: SM-02."""
    for index, endpoint in enumerate(endpoints):
        member = f"Endpoints[{index}].LambdaArn"
        if "LambdaArn" not in endpoint:
            raise BadRequestException(f"{member} is required")
        # The pattern of the API has made sure that there are enough parts.
        region = endpoint["LambdaArn"].split(":")[3]
        if region != aws_region:
            raise BadRequestException(
                f"{member} must be a function in {aws_region}, not in {region}"
            )
