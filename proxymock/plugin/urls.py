"""The paths that moto routes here: all of them, since we route ourselves."""

from collections.abc import Callable
from typing import Any

from proxymock.plugin import HOSTS
from proxymock.plugin.responses import answer

url_bases = [HOSTS.pattern]
# Newlines too, or Flask answers with a page of its own.
url_paths = {r"{0}/(?P<path>[\s\S]*)$": answer}
handlers: dict[str, Callable[[Any, str, Any], Any]] = {HOSTS.pattern: answer}
