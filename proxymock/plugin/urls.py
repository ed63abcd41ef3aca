"""The paths that moto routes here: all of them, since we route ourselves."""

from collections.abc import Callable
from typing import Any

from proxymock.plugin import HOSTS
from proxymock.plugin.responses import answer

url_bases = [HOSTS.pattern]
url_paths = {"{0}/(?P<path>.*)$": answer}
handlers: dict[str, Callable[[Any, str, Any], Any]] = {HOSTS.pattern: answer}
