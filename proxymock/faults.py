"""Errors that the service answers with, although nothing is wrong.

>>> from proxymock import faults, mock_aws
>>> with mock_aws(), faults.injected("GetProxySession", "ServiceFailureException"):
...     [(fault.operation, fault.times) for fault in faults.pending()]
[('GetProxySession', 1)]
"""

from proxymock.plugin.sandbox_client import Faults
from proxymock.sandbox.faults import Fault

__all__ = ["Fault", "clear", "inject", "injected", "pending"]

_faults = Faults()
inject = _faults.inject
injected = _faults.injected
pending = _faults.pending
clear = _faults.clear
