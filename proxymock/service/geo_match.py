"""Where the proxy number of a session should be."""

from __future__ import annotations

from collections.abc import Mapping

from proxymock.api.errors import BadRequestException
from proxymock.numbering_plan.countries import place_of


def place_to_match(
    level: str | None,
    params: Mapping[str, str],
    first_participant: str,
    countries: list[str],
) -> tuple[str, str]:
    """Return the country and the area code to prefer, empty where it does not matter.

    AWS: PS-10. A given place goes before the first participant's.

    Args:
        level: the GeoMatchLevel.
        params: the GeoMatchParams.
        first_participant: its E.164 number.
        countries: those that the connector has numbers of.
    """
    place = params.get("Country", ""), params.get("AreaCode", "")
    if place[0] and place[0] not in countries:
        raise BadRequestException(
            f"GeoMatchParams.Country must be among the connector's countries "
            f"{', '.join(countries)}, not '{place[0]}'"
        )
    if level == "Country":
        return place[0] or place_of(first_participant)[0], ""
    if level is not None and place == ("", ""):
        return place_of(first_participant)
    return place
