"""The other services of the Chime family, by the first segment of their paths.

All of them sign as ``chime``, and the older namespace had them on one host. So their
requests arrive here on a moto server, and are refused with the name of their service.
"""

# None of these begins a path of this service: see spec.match.
NEIGHBOURS = {
    "accounts": "Amazon Chime",
    "app-instance-bots": "Amazon Chime SDK Identity",
    "app-instance-users": "Amazon Chime SDK Identity",
    "app-instances": "Amazon Chime SDK Identity",
    "channel-flows": "Amazon Chime SDK Messaging",
    "channels": "Amazon Chime SDK Messaging",
    "endpoints": "Amazon Chime SDK Messaging",
    "media-capture-pipelines": "Amazon Chime SDK Media Pipelines",
    "media-insights-pipeline-configurations": "Amazon Chime SDK Media Pipelines",
    "media-insights-pipeline-status": "Amazon Chime SDK Media Pipelines",
    "media-insights-pipelines": "Amazon Chime SDK Media Pipelines",
    "media-pipeline-kinesis-video-stream-pools": "Amazon Chime SDK Media Pipelines",
    "meetings": "Amazon Chime SDK Meetings",
    "sdk-media-capture-pipelines": "Amazon Chime SDK Media Pipelines",
    "sdk-media-concatenation-pipelines": "Amazon Chime SDK Media Pipelines",
    "sdk-media-live-connector-pipelines": "Amazon Chime SDK Media Pipelines",
    "sdk-media-pipelines": "Amazon Chime SDK Media Pipelines",
    "sdk-media-stream-pipelines": "Amazon Chime SDK Media Pipelines",
}
