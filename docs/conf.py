"""The documentation as a site, of the same files that people read in the repository.

    sphinx-build -W -n -c docs . SITE

The root of the project is the source, so that all links between its files hold.
"""

from __future__ import annotations

import sys
from pathlib import Path

import proxymock

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))  # for ledger_anchors

project = "proxymock"
author = "The proxymock engineers"
version = release = proxymock.__version__
extensions = [
    "ledger_anchors",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]

root_doc = "docs/index"
include_patterns = ["*.md", "docs/**"]

myst_heading_anchors = 3
myst_heading_slug_func = "ledger_anchors.anchor"

html_theme = "furo"
html_title = f"proxymock {release}"
html_extra_path = ["site"]  # a first page that leads to the one below docs/
html_show_copyright = False

autodoc_member_order = "bysource"
nitpick_ignore_regex = [
    ("py:.*", r"(?!proxymock\.).*"),  # other projects': the site needs no network
    ("py:.*", r"proxymock\.plugin\..*"),  # not public
]
