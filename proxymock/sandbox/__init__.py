"""What AWS has no call for: the phone network, time, faults, state.

Nothing here knows moto or HTTP. A ``World`` is one account with all that surrounds it.
"""


class SandboxError(ValueError):
    """What was asked of the sandbox makes no sense; nothing has changed."""
