"""What may be shown of what a client has sent: everything but passwords."""

from __future__ import annotations

from typing import Any

from proxymock.api.spec import Shape

WITHHELD = "***"
# The API's shape of passwords, and of other texts that AWS keeps out of its own logs.
_SECRET = "SensitiveString"


def shown(shape: Shape | None, value: Any, withheld: list[str], at: str = "") -> Any:
    """Return a *value* with ``***`` in place of secrets.

    Those are what the API marks so, and what it does not describe: the password may
    stand where it does not belong.

    Args:
        shape: what the API says of the value, None if it says nothing.
        value: it need not be valid.
        withheld: takes the places of secrets.
        at: the place of the value.
    """
    if value is None:
        return None
    kind = None if shape is None or shape.name == _SECRET else shape.type
    if shape and kind == "structure" and isinstance(value, dict):
        known = {name: member.shape for name, member in shape.members.items()}
        return {
            name: shown(known.get(name), each, withheld, f"{at}.{name}")
            for name, each in value.items()
        }
    if shape and kind == "map" and isinstance(value, dict):
        return {
            name: shown(shape.value, each, withheld, f"{at}.{name}")
            for name, each in value.items()
        }
    if shape and kind == "list" and isinstance(value, list):
        return [shown(shape.member, each, withheld, f"{at}[]") for each in value]
    if kind in (None, "structure", "map", "list") or isinstance(value, dict | list):
        withheld.append(at)
        return WITHHELD
    return value
