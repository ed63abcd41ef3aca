"""The whole state of an account as JSON that a person can read and write.

>>> from proxymock import mock_aws, snapshot
>>> with mock_aws():
...     snapshot.load({"FormatVersion": 2})
...     snapshot.export()
{'FormatVersion': 2}
"""

from proxymock.plugin.sandbox_client import Snapshot

__all__ = ["export", "load"]

_snapshot = Snapshot()
export = _snapshot.export
load = _snapshot.load
