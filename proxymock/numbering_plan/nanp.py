"""The North American Numbering Plan: its area codes, and where they are."""

from __future__ import annotations

from functools import cache

from proxymock.api import spec

NORTH_AMERICA = ("CA", "PR", "US")  # of the countries whose numbers the service has

_AREA_CODES = """
AK 907
AL 205 251 256 334 659 938
AR 327 479 501 870
AZ 480 520 602 623 928
CA 209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650
CA 657 661 669 707 714 738 747 760 805 818 820 831 840 858 909 916 925 949 951
CO 303 719 720 748 970 983
CT 203 475 860 959
DC 202 771
DE 302
FL 239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863
FL 904 941 954
GA 229 404 470 478 678 706 762 770 912 943
HI 808
IA 319 515 563 641 712
ID 208 986
IL 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 872
IN 219 260 317 463 574 765 812 930
KS 316 620 785 913
KY 270 364 502 606 859
LA 225 318 337 504 985
MA 339 351 413 508 617 774 781 857 978
MD 227 240 301 410 443 667
ME 207
MI 231 248 269 313 517 586 616 734 810 906 947 989
MN 218 320 507 612 651 763 952
MO 235 314 417 557 573 636 660 816 975
MS 228 601 662 769
MT 406
NC 252 336 472 704 743 828 910 919 980 984
ND 701
NE 308 402 531
NH 603
NJ 201 551 609 640 732 848 856 862 908 973
NM 505 575
NV 702 725 775
NY 212 315 329 332 347 363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934
OH 216 220 234 283 326 330 380 419 440 513 567 614 740 937
OK 405 539 572 580 918
OR 458 503 541 971
PA 215 223 267 272 412 445 484 570 582 610 717 724 814 835 878
RI 401
SC 803 821 839 843 854 864
SD 605
TN 423 615 629 731 865 901 931
TX 210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832
TX 903 915 936 940 945 956 972 979
UT 385 435 801
VA 276 434 540 571 686 703 757 804 826 948
VT 802
WA 206 253 360 425 509 564
WI 262 274 353 414 534 608 715 920
WV 304 681
WY 307
"""


@cache
def toll_free_prefixes() -> tuple[int, ...]:
    """Return the toll-free area codes, ascending."""
    pattern = spec.shape("TollFreePrefix").pattern
    assert pattern is not None
    return tuple(code for code in range(800, 900) if pattern.fullmatch(str(code)))


@cache
def area_codes(country: str) -> tuple[int, ...]:
    """Return the geographic area codes of a North American *country*, ascending."""
    from phonenumbers import (
        PhoneNumber,
        PhoneNumberType,
        number_type,
        region_code_for_number,
    )

    def is_geographic(area: int) -> bool:
        # The library tells the country of a number, but not of an area code.
        number = PhoneNumber(country_code=1, national_number=area * 10**7 + 5550100)
        return (
            region_code_for_number(number) == country
            and number_type(number) == PhoneNumberType.FIXED_LINE_OR_MOBILE
        )

    return tuple(filter(is_geographic, range(200, 1000)))


@cache
def states() -> dict[str, frozenset[int]]:
    """Return the area codes of every state, such as ``WA``, and of ``DC``."""
    states: dict[str, frozenset[int]] = {}
    for row in _AREA_CODES.strip().split("\n"):
        state, *codes = row.split()
        states[state] = states.get(state, frozenset()) | frozenset(map(int, codes))
    return states


def areas_of_state(state: str) -> frozenset[int]:
    """Return the area codes of a *state* such as ``WA`` or ``wa``, empty if unknown."""
    return states().get(state.upper(), frozenset())


def areas_of_city(city: str, state: str) -> frozenset[int]:
    """Return the area codes of a *city* in a *state*, empty if the city is unknown."""
    areas = _cities().get((city.upper(), state.upper()), frozenset())
    return areas & areas_of_state(state)


@cache
def _cities() -> dict[tuple[str, str], frozenset[int]]:
    """Return the area codes of every city, in capitals, and its state."""
    from phonenumbers.geodata import GEOCODE_DATA  # large: half a second, 100 MB

    # The library has "Washington D.C.", without the comma of all other places.
    cities = {("WASHINGTON", "DC"): areas_of_state("DC")}
    for prefix, names in GEOCODE_DATA.items():
        if prefix.startswith("1"):
            city, _, state = names.get("en", "").upper().rpartition(", ")
            known = cities.get((city, state), frozenset())
            cities[city, state] = known | {int(prefix[1:4])}
    return cities
