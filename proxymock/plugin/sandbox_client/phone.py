"""The simulated phone network, for Python."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from numbers import Real
from typing import Any

from proxymock.plugin.sandbox_client.calls import Call, each_call
from proxymock.plugin.sandbox_client.client import SandboxClient
from proxymock.sandbox import (
    SandboxError,
    call_commands,
    commands,
    surroundings_commands,
)
from proxymock.sandbox.views import Interaction, Mask


class Phone(SandboxClient):
    """The simulated phone network.

    Numbers are in any usual spelling: ``+12065550100``, ``+1 206 555 0100``,
    ``(206) 555-0100``, ``0044 20 7946 0000``. Digits alone are international, as they
    are for the API. Answers have E.164 numbers.

    Every method raises SandboxError for an account id that is not twelve digits.
    """

    def call(
        self,
        from_number: str,
        to_number: str,
        *,
        sip_headers: Mapping[str, str] | None = None,
        via: str | None = None,
        account_id: str | None = None,
    ) -> Call:
        """Call *to_number*; return the call, which goes on until somebody must act.

        A call that reaches nobody is no error: its outcome is ``Rejected``, and its
        reason says why. A call through an open session makes it ``InProgress``. As a
        context manager, the call is hung up by its caller at the end of the block.

        Args:
            from_number: who calls, in any usual spelling; it need not exist.
                ``"anonymous"`` is a caller who hides the number.
            to_number: the number that is dialled, in any usual spelling, or
                ``sip:USER@HOST`` with the outbound host of a voice connector.
            sip_headers: what the INVITE carries; functions see those that begin with
                ``x-``, ``User-to-User`` and ``Diversion``.
            via: the id of a voice connector whose telephone system makes the call. Its
                termination decides whether, and with which caller id.
            account_id: whose phone network, by default that of this process.

        Raises SandboxError if either is no phone number and no SIP address, if a header
        has control characters, or if *via* is no voice connector of the account or
        comes with a SIP address; then nothing is logged.
        """
        made = self._run(
            call_commands.call,
            account_id,
            from_number=from_number,
            to_number=to_number,
            sip_headers=_as_object(sip_headers),
            via=via,
        )
        return Call(self, made.id, account_id)

    def calls(
        self, status: str | None = None, *, account_id: str | None = None
    ) -> list[Call]:
        """Return all calls, those that applications make included, the oldest first.

        Args:
            status: ``Ringing``, ``InProgress`` or ``Ended``; by default all.
            account_id: whose, by default those of this process.

        Raises SandboxError for another status.
        """
        found = each_call(self, account_id, status)
        return [Call(self, each.id, account_id) for each in found]

    def person(
        self,
        number_or_host: str,
        *,
        answers: str = "at once",
        after: float = 0,
        hangs_up_after: float | None = None,
        account_id: str | None = None,
    ) -> None:
        """Say how somebody, or a telephone system, takes calls from now on.

        Args:
            number_or_host: in any usual spelling, or the host of a connector's route.
            answers: ``"at once"``, ``"voicemail"``, ``"busy"``, ``"no answer"``,
                ``"rejects"``, ``"unreachable"``, or ``"by hand"``: by ``answer()`` or
                ``reject()`` of the call.
            after: how many seconds of the account's clock that takes.
            hangs_up_after: how many seconds after the answer they hang up.
            account_id: in whose network, by default that of this process.

        Raises SandboxError, which names what is wrong; then nothing has changed.
        """
        seconds = _as_number(after)
        if seconds is None:  # which would count as left out
            raise SandboxError("After must be a number, not null")
        self._run(
            surroundings_commands.person,
            account_id,
            number=number_or_host,
            answers=answers,
            after=seconds,
            hangs_up_after=_as_number(hangs_up_after),
        )

    def bot(
        self,
        bot_alias_arn: str,
        *,
        intent: str = "FallbackIntent",
        slots: Mapping[str, str | None] | None = None,
        state: str = "ReadyForFulfillment",
        account_id: str | None = None,
    ) -> None:
        """Say what a conversation with a bot ends with from now on.

        Args:
            bot_alias_arn: as StartBotConversation names the bot.
            intent: the intent that it ends with.
            slots: the interpreted values of its slots.
            state: the state of the intent: ``ReadyForFulfillment``, ``Fulfilled`` or
                ``Failed``.
            account_id: in whose network, by default that of this process.

        Raises SandboxError, which names what is wrong; then nothing has changed.
        """
        self._run(
            surroundings_commands.bot,
            account_id,
            bot_alias_arn=bot_alias_arn,
            intent=intent,
            slots=_as_object(slots),
            state=state,
        )

    def sound(
        self,
        text_or_object: str,
        seconds: float,
        *,
        account_id: str | None = None,
    ) -> None:
        """Say how long it takes to hear something from now on; else it takes no time.

        Args:
            text_or_object: the text of a speech as the function writes it, or
                ``s3://BUCKET/KEY``.
            seconds: of the account's clock; 0 is no time again.
            account_id: in whose network, by default that of this process.

        Raises SandboxError, which names what is wrong; then nothing has changed.
        """
        self._run(
            surroundings_commands.sound,
            account_id,
            sound=text_or_object,
            seconds=_as_number(seconds),
        )

    def refuse(
        self,
        action: str,
        error: str,
        times: int = 1,
        *,
        account_id: str | None = None,
    ) -> None:
        """Let the next actions of a type fail, although nothing is wrong with them.

        They fail one way after the other if this is called again. An action with wrong
        parameters fails for these, and does not count.

        Args:
            action: its type, such as ``PlayAudio``.
            error: an ``ErrorType`` that AWS documents for it, such as
                ``InvalidAudioSource``, or ``SystemException``, which all have. Where
                AWS has one type for several errors, the name is ours: see PA-24 of
                ``docs/behaviour.md``.
            times: how many actions, at least one.
            account_id: in whose network, by default that of this process.

        Raises SandboxError, which lists the errors that the action has; then nothing
        has changed.
        """
        self._run(
            surroundings_commands.refuse,
            account_id,
            action=action,
            error=error,
            times=times,
        )

    def text(
        self,
        from_number: str,
        to_number: str,
        body: str,
        *,
        account_id: str | None = None,
    ) -> Interaction:
        """Send a text to *to_number*; return whom that reaches, and what they see.

        It is like ``call``, but a session needs the capability ``SMS`` for it, and a
        text never goes to a fallback number.

        Raises SandboxError if either is no phone number, which ``"anonymous"`` is not
        for a text; then nothing is logged.
        """
        return self._run(
            commands.text,
            account_id,
            from_number=from_number,
            to_number=to_number,
            body=body,
        )

    def log(
        self, *, proxy_session_id: str | None = None, account_id: str | None = None
    ) -> list[Interaction]:
        """Return all calls and texts, or those of one session, the oldest first.

        Calls that applications make are not among them: see ``calls``.
        """
        answer = self._run(
            commands.interactions, account_id, proxy_session_id=proxy_session_id
        )
        return answer.interactions

    def masks(self, *, account_id: str | None = None) -> list[Mask]:
        """Return each session that has not ended, in all regions, the oldest first."""
        return self._run(commands.masks, account_id).masks

    def set_analysis(
        self,
        transaction_id: str,
        *,
        status: str = "SUCCEEDED",
        status_message: str | None = None,
        confidence_scores: Mapping[str, float] | None = None,
        account_id: str | None = None,
    ) -> None:
        """Say how the analysis tasks of a call end, those that have not ended yet.

        What was said of the call before no longer counts.

        Args:
            transaction_id: the call, which need not have tasks yet.
            status: ``SUCCEEDED``, ``PARTIAL_SUCCESS``, which leaves no voiceprint, or
                ``FAILED``.
            status_message: why.
            confidence_scores: which voice profiles a speaker search finds, by their
                ids, and how sure it is, from 0 to 1; by default those that the same
                voice enrolled.
            account_id: whose tasks, by default those of this process.

        Raises SandboxError, which names what is wrong; then nothing has changed.
        """
        self._run(
            commands.set_analysis,
            account_id,
            transaction_id=transaction_id,
            status=status,
            status_message=status_message,
            confidence_scores=_as_object(confidence_scores),
        )


def _as_object(value: Any) -> Any:
    """Return any mapping as a JSON object; the command judges what is none."""
    return dict(value) if isinstance(value, Mapping) else value


def _as_number(value: Any) -> Any:
    """Return any real number as JSON has it; the command judges what is none."""
    # Fractions and decimals are numbers to people, but not to JSON.
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return value
    try:
        return float(value)
    except (OverflowError, ValueError):
        return value
