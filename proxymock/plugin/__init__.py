"""Where the service meets moto: the only part of the package that imports it.

moto finds a backend in two places, and both are data: a list of URL patterns, and a
module of the backend's name below ``moto``. No function of moto is patched.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from importlib.metadata import version
from threading import Lock
from typing import Any

from proxymock import __version__

SERVICE = "chime-sdk-voice"
# All hosts that SDKs have used for the service: a request to a host that is missing
# here would reach the network. No other host: ``chime.s3.amazonaws.com`` is a bucket.
_REGION = (
    r"(?:(?:[a-z]{2}|us-gov|us-iso[a-z]?|eu-iso[a-z]|eusc-[a-z]{2})-[a-z]+-\d{1,2}"
    r"|aws(?:-[a-z]+)*-global)"  # the regions by which SDKs name whole partitions
)
HOSTS = re.compile(
    r"https?://(?:(?:"
    rf"(?:voice-)?chime(?:-fips)?\.(?P<region>{_REGION})\.(?:"
    # The domains of AWS's partitions; SDKs make an endpoint of each, in any region.
    r"amazonaws\.(?:com(?:\.cn)?|eu)|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|"
    r"cloud\.adc-e\.uk|api\.(?:aws(?:\.ic\.gov|\.hci\.ic\.gov|\.scloud)?|"
    r"amazonwebservices\.(?:com\.cn|eu)|cloud-aws\.adc-e\.uk))"
    r"|service(?:-fips)?\.chime\.amazonaws\.com"
    r"|service\.chime\.aws\.amazon\.com"
    r")(?::\d+)?(?:/|$)"
    # A moto server looks every service of the Chime family up by this name, in whatever
    # was signed as the region, and breaks if nobody takes it.
    r"|(?<=http://)chime\.[^/]*\.amazonaws\.com\Z)"
)
_REGISTERING = Lock()


class UnsuitableMotoError(ImportError):
    """The installed moto has no place for the service."""


@cache  # since it takes half a millisecond, and every mock asks for it
def _moto_version() -> str:
    # Not moto.__version__, which is not there yet while moto is imported.
    return version("moto")


def register() -> None:
    """Make moto know Amazon Chime SDK Voice, and boto3 all of its operations.

    A second call changes nothing.

    Raises UnsuitableMotoError, an ImportError, if the installed moto is too old or has
    no list of URL patterns.
    """
    from moto import backend_index

    patterns = getattr(backend_index, "backend_url_patterns", None)
    if not isinstance(patterns, list) or int(_moto_version().split(".")[0]) < 5:
        raise UnsuitableMotoError(
            f"proxymock {__version__} needs moto 5.0.0 or newer, "
            f"with backend_url_patterns, and found moto {_moto_version()}"
        )
    from moto import backends

    from proxymock.restore import restore

    with _REGISTERING:
        sys.modules["moto.chimesdkvoice"] = sys.modules[__name__]
        # moto looks up its own API here as well. Importing our module for it adds the
        # control interface to moto's URLs.
        for name in ("moto_api", "moto_api._internal"):
            backends.ALT_SERVICE_NAMES[name] = "chimesdkvoice"
        # Last: as soon as the pattern is there, another thread looks up the backend.
        if (SERVICE, HOSTS) not in patterns:
            # In place, since moto's server keeps a reference; at the front, since moto
            # tries the patterns one by one at every request.
            patterns.insert(0, (SERVICE, HOSTS))
        restore()


_BACKENDS = {
    "moto_api_backends": "proxymock.plugin.control",
    "chimesdkvoice_backends": "proxymock.plugin.models",
}


def __getattr__(name: str) -> Any:
    """Import the backends when moto asks for them: at the first request."""
    if name not in _BACKENDS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        backends = getattr(import_module(_BACKENDS[name]), name)
    except ImportError as error:
        raise UnsuitableMotoError(
            f"proxymock {__version__} does not work with moto {_moto_version()}: "
            f"{error}"
        ) from error
    globals()[name] = backends
    return backends
