"""The page as HTML: a model and a template for each view."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from proxymock import __version__
from proxymock.api.rendering import timestamp
from proxymock.inspector import quoting
from proxymock.inspector.address import Address
from proxymock.inspector.drawings import note_on
from proxymock.inspector.samples import Samples
from proxymock.inspector.views import NAVIGATION, REGIONAL, VIEWS, words
from proxymock.inspector.visit import Model, Visit
from proxymock.inspector.wording import isolated, visible
from proxymock.sandbox import SandboxError
from proxymock.sandbox.simulation import Simulation

# Stands where the time will be: no text of a user, which is escaped.
CLOCK = Markup("<!--clock-->")


@dataclass(frozen=True, slots=True)
class Page:
    """The page: *html* says the same as long as nothing changes.

    The time is in *now* alone, in the form of the API's answers.
    """

    status: int
    html: str
    now: str

    @property
    def body(self) -> str:
        """The page with its time."""
        return self.html.replace(CLOCK, self.now)


def page(simulation: Simulation, query: Mapping[str, str], server: str) -> Page:
    """Return the page of an account at the address *query* on a *server*."""
    visit = Visit(Address.of(query, NAVIGATION[0]), simulation, server)
    status, template, model = _model(visit)
    html = _environment().get_template(template).render(_around(visit), **model)
    return Page(status, html, timestamp(simulation.clock.now()))


def _model(visit: Visit) -> tuple[int, str, Model]:
    """Return the status, the template and the model, those of an error if need be."""
    name = visit.address.view
    if name not in VIEWS:
        message = f"There is no view {name!r}, only {', '.join(VIEWS)}"
        return 404, "error.html", {"message": message}
    try:
        return 200, f"{name.lower()}.html", _shown(visit)
    except SandboxError as error:
        return 400, "error.html", {"message": str(error)}


def _shown(visit: Visit) -> Model:
    """Return the model of a view, without the open row if that is there no more.

    It may have gone while somebody looked. Then the rest of the view stays.
    """
    view = VIEWS[visit.address.view]
    try:
        return {**view(visit), "missing": None}
    except SandboxError as error:
        closed = visit.closed()
        if closed == visit:
            raise
        return {**view(closed), "missing": str(error)}


def _around(visit: Visit) -> Model:
    """Return what is on every page."""
    simulation = visit.simulation
    return {
        "visit": visit,
        "address": visit.address,
        "account_id": simulation.account.account_id,
        # By their ids alone: to count their things would make them go on.
        "accounts": [each.account.account_id for each in simulation.everybody()],
        "regions": sorted(simulation.account.stores),
        "navigation": NAVIGATION,
        "regional": REGIONAL,
        "clock": CLOCK,
        "ahead": round(simulation.clock.offset.total_seconds()),
        "commands": Samples(visit),
        "filtered": visit.address.is_filtered,
        "version": __version__,
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("proxymock.inspector"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.filters.update(
        duration=_duration,
        instant=timestamp,
        isolated=isolated,
        json=_json,
        many=_many,
        short=_short,
        words=words,
    )
    environment.globals.update(
        aws_cli=quoting.aws_cli, boto3=quoting.boto3, note_on=note_on
    )
    return environment


def _finalized(value: Any) -> Any:
    """Return a value as it may be shown; all that a template inserts comes by here."""
    if value is None:
        return ""
    return visible(value) if type(value) is str else value


def _short(at: datetime) -> str:
    return f"{at:%m-%d %H:%M:%S}"


def _duration(seconds: int) -> str:
    """Return a time in its two largest units: ``3 h 5 min``."""
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    named = ((days, "d"), (hours, "h"), (minutes, "min"), (rest, "s"))
    return " ".join([f"{n} {unit}" for n, unit in named if n][:2])


def _many(number: int, thing: str) -> str:
    """Return how many things: ``1 call``, ``10,000 calls``."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _json(value: Any) -> Markup:
    """Return JSON on several lines, in which every control character is escaped."""
    text = json.dumps(value, indent=2)
    return Markup("{}").format(text)
