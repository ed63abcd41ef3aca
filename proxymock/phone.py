"""The simulated phone network: who is reached behind a proxy number.

>>> from proxymock import mock_aws, phone
>>> with mock_aws():
...     phone.call("+1 206 555 0100", "+1 401 555 0101").reason
'The number is no proxy number of this account'
"""

from proxymock.plugin.sandbox_client import Phone
from proxymock.sandbox.phone import Interaction, Mask

__all__ = ["Interaction", "Mask", "call", "log", "masks", "set_analysis", "text"]

_phone = Phone()
call = _phone.call
text = _phone.text
log = _phone.log
masks = _phone.masks
set_analysis = _phone.set_analysis
