"""Events about the media insights pipeline of a call: Media Insights State Change.

DOCUMENTED: "Using EventBridge notifications" of call analytics.
"""

from __future__ import annotations

from collections.abc import Iterator

from proxymock.effects.deliveries import JSON, BusEvent
from proxymock.effects.envelopes import bus_event
from proxymock.effects.occasions import Occasion
from proxymock.state.streams import Streaming

STATE_CHANGE = "Media Insights State Change"


def insights_begin(occasion: Occasion, streaming: Streaming) -> Iterator[BusEvent]:
    """Tell that the pipeline of a call was made, and works. AWS: CE-24."""
    if streaming.media_insights_pipeline_arn is not None:
        configured = {_CONFIGURATION: streaming.media_insights_configuration_arn}
        yield _change(occasion, streaming, "chime:MediaInsightsCreated", configured)
        yield _change(occasion, streaming, "chime:MediaInsightsInProgress")


def insights_end(occasion: Occasion, streaming: Streaming) -> Iterator[BusEvent]:
    """Tell that the pipeline of a call has stopped."""
    if streaming.media_insights_pipeline_arn is not None:
        yield _change(occasion, streaming, "chime:MediaInsightsStopped")


_CONFIGURATION = "mediaInsightsPipelineConfigurationArn"


def _change(
    occasion: Occasion, streaming: Streaming, type: str, more: JSON | None = None
) -> BusEvent:
    detail = {
        "version": "0",
        "mediaInsightsPipelineArn": streaming.media_insights_pipeline_arn,
        **(more or {}),
        "eventType": type,
        "transactionId": occasion.call.transaction_id,
        "fromNumber": streaming.from_number,
        "toNumber": streaming.to_number,
        "callId": streaming.call_id,
        "voiceConnectorId": streaming.voice_connector_id,
        "direction": streaming.direction,
    }
    region = streaming.region
    return bus_event(occasion.account, occasion.at, region, STATE_CHANGE, detail)
