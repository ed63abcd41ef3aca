"""What AWS has no call for: the phone network, time, faults, state.

Nothing here knows moto or HTTP. A ``Simulation`` is an account and what surrounds it.
"""


class SandboxError(ValueError):
    """What was asked of the sandbox makes no sense; nothing has changed.

    The message names the member that is wrong, and what it takes.
    """
