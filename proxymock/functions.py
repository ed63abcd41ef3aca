"""What Lambda would run behind a SIP media application or an event rule.

>>> from proxymock import functions, mock_aws
>>> def handler(event, context):
...     return {"SchemaVersion": "1.0", "Actions": []}
>>> arn = "arn:aws:lambda:us-east-1:123456789012:function:masking"
>>> with mock_aws(), functions.bound(arn, handler):
...     functions.list()[arn] is handler
True
"""

from proxymock.plugin.sandbox_client import Functions

__all__ = ["bind", "bound", "fail", "list", "unbind"]

_functions = Functions()
bind = _functions.bind
unbind = _functions.unbind
bound = _functions.bound
list = _functions.list
fail = _functions.fail
