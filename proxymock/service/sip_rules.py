"""SIP rules: the SIP media applications that answer a number or a connector's host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.api.errors import BadRequestException, ConflictException
from proxymock.api.paging import View
from proxymock.service.phone_numbers import assign, unassign
from proxymock.service.sip_media_applications import dial_in_number
from proxymock.state.sip import SipMediaApplication, SipRule
from proxymock.state.store import Store
from proxymock.state.tables import Table

Target = Mapping[str, Any]


def create_sip_rule(
    store: Store,
    *,
    name: str,
    trigger_type: str,
    trigger_value: str,
    disabled: bool = False,
    target_applications: list[Target],
) -> SipRule:
    """Make a rule and claim its trigger, even if it is disabled. AWS: SM-10."""
    trigger = _trigger(store, trigger_type, trigger_value)
    targets = _targets(store, target_applications)
    # There is one at the most, and the message names it.
    for holder in store.sip_rules.where(("TriggerValue", trigger)):
        raise ConflictException(
            f"'{trigger}' is the trigger of SipRule '{holder.sip_rule_id}'"
        )
    now = store.now()
    rule = SipRule(
        sip_rule_id=store.new_uuid(lambda region: region.sip_rules),
        name=name,
        disabled=disabled,
        trigger_type=trigger_type,
        trigger_value=trigger,
        target_applications=targets,
        created_timestamp=now,
        updated_timestamp=now,
        sequence=store.account.next_sequence(),
    )
    store.sip_rules.enter(rule)
    if trigger_type == "ToPhoneNumber":
        assign(store, store.phone_numbers[trigger], "SipRuleId", rule.sip_rule_id)
    return rule


def get_sip_rule(store: Store, *, sip_rule_id: str) -> SipRule:
    """Return a rule."""
    return store.sip_rules[sip_rule_id]


def list_sip_rules(
    store: Store, *, sip_media_application_id: str | None = None
) -> View[SipRule]:
    """Return the rules, or those with one target, in the order of their creation."""
    if sip_media_application_id is None:
        return store.sip_rules
    # AWS: SM-08. The lookup tells an unknown application from one without rules.
    target = _home(store, sip_media_application_id)[sip_media_application_id]
    return store.sip_rules.where(
        ("SipMediaApplicationId", target.sip_media_application_id)
    )


def update_sip_rule(
    store: Store,
    *,
    sip_rule_id: str,
    name: str,
    disabled: bool | None = None,
    target_applications: list[Target] | None = None,
) -> SipRule:
    """Rename a rule, and replace what else is given. AWS: SM-11."""
    rule = store.sip_rules[sip_rule_id]
    disabled = rule.disabled if disabled is None else disabled
    targets = rule.target_applications
    if not disabled:  # The trigger may be gone since the rule was disabled.
        _trigger(store, rule.trigger_type, rule.trigger_value)
    if not disabled or target_applications is not None:
        targets = _targets(store, target_applications or targets)
    with store.sip_rules.reindexed(rule):
        rule.target_applications = targets
    rule.name = name
    rule.disabled = disabled
    rule.updated_timestamp = store.now()
    return rule


def delete_sip_rule(store: Store, *, sip_rule_id: str) -> None:
    """Remove a rule and free its trigger. AWS: SM-12."""
    rule = store.sip_rules[sip_rule_id]
    by_number = rule.trigger_type == "ToPhoneNumber"
    if by_number and not rule.disabled:  # AWS: SM-12. One for a host can be deleted.
        raise ConflictException(
            f"SipRule '{sip_rule_id}' must be disabled before it is deleted"
        )
    store.sip_rules.leave(rule)
    if by_number:
        unassign(store, store.phone_numbers[rule.trigger_value])


def _trigger(store: Store, type: str, value: str) -> str:
    """Return the number or the host as the account has it. AWS: SM-10."""
    if type == "ToPhoneNumber":
        return dial_in_number(store, "TriggerValue", value).e164_phone_number
    id = value.partition(".")[0]  # A host is the connector's id and a domain.
    if id not in store.voice_connectors:
        raise store.voice_connectors.bad_reference("TriggerValue", value)
    connector = store.voice_connectors[id]
    if value != connector.outbound_host_name:
        raise BadRequestException(
            f"TriggerValue must be '{connector.outbound_host_name}', not '{value}'"
        )
    return value


def _targets(store: Store, targets: list[Target]) -> list[Target]:
    """Return *targets* with their regions filled in. AWS: SM-09."""
    taken: dict[str, Target] = {}
    for index, target in enumerate(targets):
        region = _application(store, target, f"TargetApplications[{index}]").aws_region
        if region in taken:
            raise BadRequestException(
                f"TargetApplications must have one application per AwsRegion, not two "
                f"in {region}"
            )
        taken[region] = {**target, "AwsRegion": region}
    return list(taken.values())


def _application(store: Store, target: Target, member: str) -> SipMediaApplication:
    if "SipMediaApplicationId" not in target:
        raise BadRequestException(f"{member}.SipMediaApplicationId is required")
    id = target["SipMediaApplicationId"]
    application = _home(store, id).get_or_bad_request(
        f"{member}.SipMediaApplicationId", id
    )
    region = target.get("AwsRegion", application.aws_region)
    if region != application.aws_region:
        raise BadRequestException(
            f"{member}.AwsRegion must be {application.aws_region}, the application's, "
            f"not '{region}'"
        )
    return application


def _home(store: Store, id: str) -> Table[SipMediaApplication]:
    """Return the table that has the application, of any region.

    If none has it, return the table of this region, whose lookup then fails.
    """
    tables = (region.sip_media_applications for region in store.account.stores.values())
    return next(
        (table for table in tables if id in table), store.sip_media_applications
    )
