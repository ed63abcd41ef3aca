"""The paths that moto's server routes here: all of them, since we route ourselves."""

from proxymock.plugin import HOSTS
from proxymock.plugin.responses import answer

url_bases = [HOSTS.pattern]
url_paths = {r"{0}/(?P<path>[\s\S]*)$": answer}  # newlines too, or Flask answers HTML
