"""The address of the page, which says everything that the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

# What stays while somebody goes from view to view.
LASTING = ("AccountId", "Region")
# Where somebody is within a view: the pages of its lists, and the open row.
WITHIN = ("NextToken", "InventoryToken", "Open")


@dataclass(frozen=True, slots=True)
class Address:
    """A view, and the members of its reads, as the query of the page has them.

    ``Open`` is the id of the row that is open.
    """

    view: str
    members: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Mapping[str, str], view: str) -> Address:
        """Return the address in a query, in which *view* is the default."""
        members = {name: value for name, value in query.items() if name != "View"}
        return cls(query.get("View", view), members)

    @property
    def open(self) -> str | None:
        """The id of the open row, if any is."""
        return self.members.get("Open")

    @property
    def region(self) -> str | None:
        """The region that is shown, None for all."""
        return self.members.get("Region")

    @property
    def is_filtered(self) -> bool:
        """Whether the address asks for a part of the things of its place."""
        return not self.members.keys() <= {*LASTING, "Open", "Ladder"}

    @property
    def whole(self) -> Mapping[str, str]:
        """The members without the place within the view."""
        return {n: value for n, value in self.members.items() if n not in WITHIN}

    def to(self, view: str, **members: str | None) -> str:
        """Return the link to a view, of the same account and region.

        >>> Address("Now", {"Region": "eu-west-2", "Open": "7"}).to("Calls", Open="é")
        '?View=Calls&Region=eu-west-2&Open=%C3%A9'
        """
        lasting = {n: self.members[n] for n in LASTING if n in self.members}
        return _link(view, {**lasting, **members})

    def but(self, **members: str | None) -> str:
        """Return the link to this view with other members, without those of None.

        >>> Address("Calls", {"Filter": "a +1", "NextToken": "7"}).but(NextToken=None)
        '?View=Calls&Filter=a%20%2B1'
        """
        return _link(self.view, {**self.members, **members})

    def anew(self, **members: str | None) -> str:
        """Return the link to the beginning of this view with other members.

        >>> Address("Calls", {"Type": "Text", "NextToken": "7"}).anew(Status="Ended")
        '?View=Calls&Type=Text&Status=Ended'
        """
        return _link(self.view, {**self.whole, **members})


def _link(view: str, members: Mapping[str, str | None]) -> str:
    stated = {name: value for name, value in members.items() if value is not None}
    # A plus is one here, as in numbers, and no space.
    return "?" + urlencode({"View": view, **stated}, quote_via=quote)
