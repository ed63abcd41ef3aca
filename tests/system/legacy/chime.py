"""The client ``chime`` as botocore describes it, without what we restore."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.loaders import Loader

MODEL: dict[str, Any] = Loader().load_service_model("chime", "service-2")
needs_chime = pytest.mark.skipif(
    "CreateProxySession" not in MODEL["operations"],
    reason="botocore has voice operations under chime up to 1.37.1: tox run -e legacy",
)
