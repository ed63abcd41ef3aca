"""SIP messages between a voice connector and its telephone system, as texts.

OBSERVED: request lines and header lines of INVITEs, in their order. Whatever a dialog
needs beyond its call, such as tags and branches, follows from the CallId: so nothing
has to be remembered. AWS: CE-33.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

from proxymock.effects.passages import PORT, TELEPHONES, Passage
from proxymock.state.voice_connectors import Setting, outbound_host

PHRASES: Mapping[int, str] = MappingProxyType(
    {
        100: "Trying",
        180: "Ringing",
        200: "OK",
        480: "Temporarily Unavailable",
        486: "Busy Here",
        487: "Request Terminated",
    }
)
_SDP = "v=0\r\no=- {id} 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\n" + (
    "m=audio {port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\n"
    "a=sendrecv\r\n"
)
_USER_AGENT = "Amazon Chime Voice Connector"
_EDGE = "198.51.100.10"  # of RFC 5737, which belongs to nobody


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialog:
    """A call between a connector and a telephone system, of which one is the caller.

    *target* is what the INVITE asks for, *caller* and *callee* are where the two take
    further requests, *route* the header lines on top. *more* are those at the end.
    """

    target: str
    to: str
    caller: str
    callee: str
    transport: str
    call_id: str
    via: Sequence[str]
    max_forwards: int
    route: Sequence[str] = ()
    more: Sequence[str] = ()

    @classmethod
    def of(
        cls, passage: Passage, host: str | None, sip_headers: Mapping[str, str]
    ) -> Dialog:
        """Return the dialog with a *host* of a route, or else with who calls."""
        more = [f"{name}: {value}" for name, value in sip_headers.items()]
        if host is None:
            return _to_connector(passage, more)
        return _from_connector(passage, host, more)

    def invite(self) -> str:
        """Return the request that begins the call."""
        line = f"INVITE {self.target} SIP/2.0"
        head = [
            f"Max-Forwards: {self.max_forwards}",
            *self._who(f"{self._cseq} INVITE"),
        ]
        head[2] = f"To: {self.to}"  # which has no tag yet
        contact, body = f"Contact: <{self.caller}>", self._sdp("caller")
        content = ["Content-Type: application/sdp", f"Content-Length: {len(body)}"]
        top = [*self.route, *self._vias("INVITE")]
        return _message(line, *top, *head, contact, *content, *self.more, body=body)

    def response(
        self, code: int, method: str = "INVITE", *, to_caller: bool = True
    ) -> str:
        """Return the answer to a request of the caller, or else of the callee."""
        number = self._cseq + (method == "BYE")
        head = [*self._vias(method), *self._who(f"{number} {method}", to_caller)]
        if code == 100:
            head[-3] = f"To: {self.to}"  # which need not have a tag yet
        body = self._sdp("callee") if (code, method) == (200, "INVITE") else ""
        if body:
            head += [*self.route, f"Contact: <{self.callee}>"]
            head += ["Content-Type: application/sdp"]
        head += [f"Content-Length: {len(body)}"]
        return _message(
            f"SIP/2.0 {code} {PHRASES.get(code, 'Failure')}", *head, body=body
        )

    def ack(self, code: int = 200) -> str:
        """Return what confirms a final response to the INVITE."""
        # Only that of a 200 is a transaction of its own.
        uri, method = (self.callee, "ACK") if code == 200 else (self.target, "INVITE")
        return self._request("ACK", uri, self._cseq, self._vias(method)[:1])

    def cancel(self) -> str:
        """Return what takes the INVITE back."""
        via = self._vias("INVITE")[:1]
        return self._request("CANCEL", self.target, self._cseq, via)

    def bye(self, *, by_caller: bool) -> str:
        """Return what ends the call, by one of the two."""
        uri = self.callee if by_caller else self.caller
        via = self._vias("BYE")[:1]
        return self._request("BYE", uri, self._cseq + 1, via, by_caller)

    def _request(
        self,
        method: str,
        uri: str,
        number: int,
        vias: Sequence[str],
        by_caller: bool = True,
    ) -> str:
        head = [f"Max-Forwards: {self.max_forwards}"]
        head += [*self._who(f"{number} {method}", by_caller), "Content-Length: 0"]
        return _message(f"{method} {uri} SIP/2.0", *vias, *head)

    def _who(self, cseq: str, by_caller: bool = True) -> list[str]:
        """Return the header lines by which both know the call."""
        caller = f"<{self.caller}>;tag={self._id('from')}"
        callee = f"{self.to};tag={self._id('to')}"
        one, other = (caller, callee) if by_caller else (callee, caller)
        lines = [f"From: {one}", f"To: {other}"]
        return [*lines, f"Call-ID: {self.call_id}", f"CSeq: {cseq}"]

    def _vias(self, method: str) -> list[str]:
        return [
            f"Via: SIP/2.0/{self.transport} {address};branch=z9hG4bK"
            f"{self._id(method + address)}"
            for address in self.via
        ]

    @property
    def _cseq(self) -> int:
        return int(self._id("cseq")[:6], 16) + 1

    def _id(self, what: str) -> str:
        """Return what is the same each time, and another one for another call."""
        text = f"{self.call_id} {self.target} {what}"
        return sha256(text.encode()).hexdigest()[:16]

    def _sdp(self, who: str) -> str:
        number = int(self._id(who)[:8], 16)
        at = self.caller if who == "caller" else self.callee
        is_edge = at.endswith(_INTERNAL) or _EDGE in at
        ip = _EDGE if is_edge else TELEPHONES
        return _SDP.format(id=number, ip=ip, port=10000 + number % 5000 * 2)


_INTERNAL = "@10.0.0.10:5060"


def _from_connector(passage: Passage, host: str, more: Sequence[str]) -> Dialog:
    routes = passage.setting("Origination").get("Routes", ())
    route: Setting = next((each for each in routes if each["Host"] == host), {})
    transport = _transport(passage, route.get("Protocol", "UDP"))
    at = f"{host}:{route.get('Port', PORT)}"
    own = [f"X-VoiceConnector-ID: {passage.voice_connector_id}"]
    own += [f"User-Agent: {_USER_AGENT}"]
    if passage.of_application:  # OBSERVED
        arn = passage.store.arn("vc", passage.voice_connector_id)
        own += ["X-SMA-Max-Forwards: 69", f"X-Amzn-TargetArn: {arn}"]
    return Dialog(
        target=f"sip:{passage.to_number}@{at};transport={transport}",
        to=f"<sip:{passage.to_number}@{at}>;transport={transport}",
        caller=f"sip:{passage.from_number}{_INTERNAL}",
        callee=f"sip:{passage.to_number}@{at}",
        transport=transport,
        call_id=passage.call_id,
        via=(f"{_EDGE}:{PORT}", f"10.0.0.10:{PORT}"),
        max_forwards=69,
        route=[f"Record-Route: <sip:{_EDGE}:{PORT};lr;transport={transport}>"],
        more=[*own, *more],
    )


def _to_connector(passage: Passage, more: Sequence[str]) -> Dialog:
    uri = f"sip:{passage.to_number}@{outbound_host(passage.voice_connector_id)}"
    return Dialog(
        target=uri,
        to=f"<{uri}>",
        caller=f"sip:{passage.from_number}@{TELEPHONES}:{PORT}",
        callee=f"sip:{passage.to_number}@{_EDGE}:{PORT}",
        transport=_transport(passage, "UDP"),
        call_id=passage.call_id,
        via=(f"{TELEPHONES}:{PORT}",),
        max_forwards=70,
        more=more,
    )


def _transport(passage: Passage, protocol: str) -> str:
    return "TLS" if passage.connector.encrypted else protocol


def _message(line: str, *head: str, body: str = "") -> str:
    return "\r\n".join([line, *head, "", body])
