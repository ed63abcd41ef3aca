"""The simulated phone network: calls and texts, and whom they reach.

>>> from proxymock import mock_aws, phone
>>> with mock_aws():
...     phone.call("+1 206 555 0100", "+1 401 555 0101").reason
'The number is no proxy number of this account'
"""

from proxymock.plugin.sandbox_client import Call, Phone
from proxymock.sandbox.views import Interaction, LegView, Mask

__all__ = [
    "Call",
    "Interaction",
    "LegView",
    "Mask",
    "bot",
    "call",
    "calls",
    "log",
    "masks",
    "person",
    "refuse",
    "set_analysis",
    "sound",
    "text",
]

_phone = Phone()
call = _phone.call
calls = _phone.calls
person = _phone.person
bot = _phone.bot
sound = _phone.sound
refuse = _phone.refuse
text = _phone.text
log = _phone.log
masks = _phone.masks
set_analysis = _phone.set_analysis
