"""The place that the proxy number of a session should have."""

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

    AWS: PS-10. A place in the request comes before that of the first participant.

    Args:
        level: the GeoMatchLevel.
        params: the GeoMatchParams.
        first_participant: the E.164 number of the participant that was sent first.
        countries: the countries of the connector's proxy configuration.
    """
    country, area_code = params.get("Country", ""), params.get("AreaCode", "")
    if country and country not in countries:
        raise BadRequestException(
            f"GeoMatchParams.Country must be among the connector's countries "
            f"{', '.join(countries)}, not '{country}'"
        )
    if level == "Country":
        return country or place_of(first_participant)[0], ""
    # Looked up only here: the library of numbering plans takes long to import.
    if level is not None and not (country or area_code):
        return place_of(first_participant)
    return country, area_code
