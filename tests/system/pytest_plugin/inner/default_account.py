"""The fixture in process, and the modules without a name."""

from __future__ import annotations

import boto3
from masks import PAIR, mask

from proxymock import Sandbox, clock, faults, phone, snapshot


def test_it(proxymock: Sandbox) -> None:
    """Both are of moto's account."""
    assert proxymock.account_id == "123456789012"
    _, number = mask(proxymock)
    assert phone.call(PAIR[0], number).outcome == "Connected"
    assert phone.log() == proxymock.phone.log()
    assert snapshot.export() == proxymock.snapshot.export()
    clock.advance(days=1)
    assert proxymock.phone.masks() == []
    faults.inject("GetProxySession", "NotFoundException")
    assert faults.pending() == proxymock.faults.pending()
    assert boto3.client("s3", "us-east-1").list_buckets()["Buckets"] == []


def test_next(proxymock: Sandbox) -> None:
    """Nothing is left of the test before."""
    assert proxymock.snapshot.export() == {"FormatVersion": 2}
    assert proxymock.faults.pending() == []
