"""The paths that moto's server routes here: all of them, since we route ourselves."""

from proxymock.plugin import HOSTS
from proxymock.plugin.responses import answer

url_bases = [HOSTS.pattern]
url_paths = {"{0}/(?P<path>.*)$": answer}
