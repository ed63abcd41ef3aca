"""The sandbox for Python, in this process or on the server that moto uses."""

from proxymock.plugin.sandbox_client.calls import Call
from proxymock.plugin.sandbox_client.clock import Clock
from proxymock.plugin.sandbox_client.faults import Faults
from proxymock.plugin.sandbox_client.functions import Functions
from proxymock.plugin.sandbox_client.phone import Phone
from proxymock.plugin.sandbox_client.snapshot import Snapshot

__all__ = ["Call", "Clock", "Faults", "Functions", "Phone", "Snapshot"]
