"""The options, which choose among behaviours that AWS never documented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from proxymock.numbering_plan.e164 import is_e164

# DOCUMENTED: who can be a sink of voice analytics.
_SINK = re.compile(r"arn:[^:]+:(?:kinesis|lambda|sns|sqs):[^:]*:\d{12}:.+")
LONGEST_MINUTES = 525_600  # A year: the sums of dates stay far from Python's last one.


class OptionsError(ValueError):
    """An option has an unknown name or a value that it does not take."""


def _choice(*values: Any) -> Any:
    """Return an option that takes one of *values*, the first by default."""
    return field(default=values[0], metadata={"choices": values})


@dataclass(frozen=True, kw_only=True)
class Options:
    """The behaviour of the service where AWS left it open, the defaults first.

    Args:
        proxy_numbers: the source of proxy numbers. None is a generated pool of
            fictional numbers per country, a list of E.164 numbers is a pool of these,
            and ``"connector"`` means the numbers associated with the connector.
        max_session_minutes: the longest length of a proxy session in minutes, at most
            a year.
        deleted_sessions: ``"gone"``, or ``"closed"`` if they stay readable.
        proxy_sessions: ``"available"``, or ``"retired"`` if their operations answer
            that the service has ended.
        enforce_quotas: whether AWS's default quotas hold.
        participants: ``"leg of the event first"``, or ``"LEG-A first"`` in every event
            of a SIP media application.
        hang_up_during_action: ``"fails the action"`` of the leg before its HANGUP, or
            ``"HANGUP only"``.
        streaming: ``"works"``, or ``"fails"`` when a call is to be streamed.
        all_started_event: whether ALL_STARTED follows the STARTED events of a call.
        voice_analytics_sinks: by the ARNs of media insights configurations, the ARNs
            of functions, queues, topics and streams that voice analytics tells.

    Raises OptionsError, which names the option and the values that it takes.
    """

    proxy_numbers: tuple[str, ...] | Literal["connector"] | None = None
    max_session_minutes: int = 720
    deleted_sessions: str = _choice("gone", "closed")
    proxy_sessions: str = _choice("available", "retired")
    enforce_quotas: bool = _choice(False, True)
    participants: str = _choice("leg of the event first", "LEG-A first")
    hang_up_during_action: str = _choice("fails the action", "HANGUP only")
    streaming: str = _choice("works", "fails")
    all_started_event: bool = _choice(False, True)
    voice_analytics_sinks: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Options:
        """Return the options in *values*, with defaults for the others.

        Raises OptionsError for an unknown name or a value that an option does not take.
        """
        if not isinstance(values, Mapping):
            raise OptionsError(
                f"proxymock's settings must be a mapping of names, not {values!r}"
            )
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                raise OptionsError(
                    f"proxymock has no setting {name!r}; it has {', '.join(known)}"
                )
        return cls(**values)

    def __post_init__(self) -> None:
        numbers = self.proxy_numbers
        if isinstance(numbers, list | tuple):
            for number in numbers:
                if not isinstance(number, str) or not is_e164(number):
                    raise OptionsError(
                        "proxy_numbers must be E.164 numbers such as +12065550150, "
                        f"not {number!r}"
                    )
            object.__setattr__(self, "proxy_numbers", tuple(sorted(set(numbers))))
        elif numbers not in (None, "connector"):
            raise OptionsError(
                "proxy_numbers must be None, a list of numbers or 'connector', "
                f"not {numbers!r}"
            )
        _check_minutes(self.max_session_minutes)
        for each in fields(self):
            if "choices" in each.metadata:
                _check_choice(
                    each.name, getattr(self, each.name), each.metadata["choices"]
                )
        sinks = _sinks("voice_analytics_sinks", self.voice_analytics_sinks)
        object.__setattr__(self, "voice_analytics_sinks", sinks)


def _check_minutes(minutes: object) -> None:
    if type(minutes) is not int or minutes < 1:
        raise OptionsError(
            f"max_session_minutes must be a positive integer, not {minutes!r}"
        )
    if minutes > LONGEST_MINUTES:
        raise OptionsError(
            f"max_session_minutes must be at most {LONGEST_MINUTES}, not {minutes}"
        )


def _sinks(name: str, value: object) -> dict[str, list[str]]:
    """Return a copy of the sinks of voice analytics. AWS: CE-05."""
    if not isinstance(value, Mapping):
        raise OptionsError(f"{name} must be a mapping of ARNs to lists, not {value!r}")
    for arn, sinks in value.items():
        if not isinstance(arn, str) or not arn.startswith("arn:"):
            raise OptionsError(
                f"{name} must have ARNs of media insights configurations, not {arn!r}"
            )
        if not isinstance(sinks, list | tuple):
            raise OptionsError(f"{name} must have a list for {arn}, not {sinks!r}")
        for sink in sinks:
            if not isinstance(sink, str) or not _SINK.fullmatch(sink):
                raise OptionsError(
                    f"{name} must be ARNs of Lambda, SNS, SQS or Kinesis, not {sink!r}"
                )
    return {arn: [*sinks] for arn, sinks in value.items()}


def _check_choice(name: str, value: object, choices: tuple[object, ...]) -> None:
    # By their types, too: 1 is no True.
    if (type(value), value) not in [(type(each), each) for each in choices]:
        listed = " or ".join(map(repr, choices))
        raise OptionsError(f"{name} must be {listed}, not {value!r}")
