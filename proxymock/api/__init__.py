"""What AWS published about the service, as pure functions: no state, no moto.

A request travels ``spec.match`` → ``exchange.bind`` → (the service) →
``exchange.respond``.
"""
