"""Pages in a browser, which may use the service, and nothing else."""

from __future__ import annotations

import json

import pytest

from kit.transports.front import send

PAGE = "https://rides.example"


class TestPagesOfOtherOrigins:
    """Programs in a browser use the service as they use AWS."""

    @pytest.mark.parametrize("method", ["POST", "GET"])
    def test_preflight(self, method: str) -> None:
        """A browser may send what it asks leave for."""
        body, status, headers = send(
            "OPTIONS",
            "/voice-connectors",
            "",
            HTTP_AUTHORIZATION="",
            HTTP_ORIGIN=PAGE,
            HTTP_ACCESS_CONTROL_REQUEST_METHOD=method,
            HTTP_ACCESS_CONTROL_REQUEST_HEADERS="authorization,x-amz-date",
        )

        assert (status, b"".join(body)) == ("200 OK", b"")
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Access-Control-Allow-Methods"] == method
        assert headers["Access-Control-Allow-Headers"] == "authorization,x-amz-date"
        assert headers["Access-Control-Max-Age"] == "172800"

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/voice-connectors", "200 OK"),
            ("GET", "/voice-connectors/none", "404 NOT FOUND"),
            ("PROPFIND", "/voice-connectors", "404 NOT FOUND"),
        ],
    )
    def test_answer_and_error_can_be_read(
        self, method: str, path: str, status: str
    ) -> None:
        """A page sees the answer, the class of an error, and the request's id."""
        _, got, headers = send(method, path, "", HTTP_ORIGIN=PAGE)

        assert got == status
        assert headers.getlist("Access-Control-Allow-Origin") == ["*"]
        assert headers["Access-Control-Expose-Headers"] == (
            "x-amzn-errortype,x-amzn-requestid,x-amzn-errormessage,x-amzn-trace-id,date"
        )

    def test_program_outside_of_browsers(self) -> None:
        """Who has no origin is not told about any."""
        _, _, headers = send("GET", "/voice-connectors", "")

        assert "Access-Control-Expose-Headers" not in headers

    @pytest.mark.parametrize("method", ["GET", "OPTIONS"])
    def test_control_interface_stays_shut(self, method: str) -> None:
        """No page of another origin is let near the control interface."""
        body, status, headers = send(
            method,
            "/moto-api/proxymock/clock",
            "",
            HTTP_ORIGIN=PAGE,
            HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST",
        )

        assert status == "403 FORBIDDEN"
        assert json.loads(b"".join(body))["Message"] == (
            f"Origin {PAGE} is not this server"
        )
        assert [name for name, _ in headers if name.startswith("Access-")] == []
