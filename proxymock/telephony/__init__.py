"""What happens to calls: a state machine over data.

It knows no moto, no HTTP, no Lambda, no threads and no clock: whoever uses it says what
the instant is, invokes the function, and carries out the effects.
"""
