"""What AWS has no call for: the phone network, time, faults, state."""
