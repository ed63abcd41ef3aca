// What is expected of the client for JavaScript.
// It calls the server at ENDPOINT_URL, whose clock stands at NOW.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as voice from "@aws-sdk/client-chime-sdk-voice";

const client = new voice.ChimeSDKVoice({
  endpoint: process.env.ENDPOINT_URL,
  region: "us-east-1",
});

async function createConnector() {
  const { VoiceConnector } = await client.createVoiceConnector({
    Name: "Rides",
    RequireEncryption: true,
  });
  await client.putVoiceConnectorProxy({
    VoiceConnectorId: VoiceConnector.VoiceConnectorId,
    DefaultSessionExpiryMinutes: 60,
    PhoneNumberPoolCountries: ["US"],
  });
  return VoiceConnector.VoiceConnectorId;
}

async function createSession(VoiceConnectorId, members = {}) {
  const { ProxySession } = await client.createProxySession({
    VoiceConnectorId,
    ParticipantPhoneNumbers: ["+14015550101", "+12065550100"],
    Capabilities: ["Voice", "SMS"],
    ...members,
  });
  return ProxySession;
}

test("a proxy session is made, read, changed and deleted", async () => {
  const made = await createSession(await createConnector());
  const ids = {
    VoiceConnectorId: made.VoiceConnectorId,
    ProxySessionId: made.ProxySessionId,
  };

  const read = await client.getProxySession(ids);
  const changed = await client.updateProxySession({
    ...ids,
    Capabilities: ["SMS"],
    ExpiryMinutes: 5,
  });
  const deleted = await client.deleteProxySession(ids);

  assert.deepEqual(read.ProxySession, made);
  assert.equal(changed.ProxySession.ExpiryMinutes, 5);
  assert.equal(deleted.$metadata.httpStatusCode, 204);
  await assert.rejects(client.getProxySession(ids), voice.NotFoundException);
});

test("a timestamp is a Date", async () => {
  const session = await createSession(await createConnector());

  assert.deepEqual(session.CreatedTimestamp, new Date(process.env.NOW));
});

test("a list is read page by page", async () => {
  const VoiceConnectorId = await createConnector();
  const made = [];
  for (let count = 0; count < 3; count += 1) {
    made.push((await createSession(VoiceConnectorId)).ProxySessionId);
  }

  const found = [];
  const pages = voice.paginateListProxySessions(
    { client, pageSize: 2 },
    { VoiceConnectorId },
  );
  for await (const page of pages) {
    found.push(page.ProxySessions.map((session) => session.ProxySessionId));
  }

  assert.deepEqual(found, [made.slice(0, 2), made.slice(2)]);
});

test("bad input is the client's exception, and is sent once", async () => {
  const refused = createSession(await createConnector(), {
    ParticipantPhoneNumbers: ["+12065550100", "Bob"],
  });

  await assert.rejects(refused, (error) => {
    assert(error instanceof voice.BadRequestException);
    assert(error instanceof voice.ChimeSDKVoiceServiceException);
    assert.equal(error.name, "BadRequestException");
    assert.match(error.message, /ParticipantPhoneNumbers\[1\]/);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.equal(error.$metadata.attempts, 1);
    return true;
  });
});

test("an order is polled to its end", async () => {
  const { E164PhoneNumbers } = await client.searchAvailablePhoneNumbers({
    AreaCode: "206",
    MaxResults: 1,
  });
  let { PhoneNumberOrder: order } = await client.createPhoneNumberOrder({
    ProductType: "VoiceConnector",
    E164PhoneNumbers,
  });
  const statuses = [order.Status];
  while (statuses.at(-1) === "Processing") {
    const { PhoneNumberOrderId } = order;
    ({ PhoneNumberOrder: order } = await client.getPhoneNumberOrder({
      PhoneNumberOrderId,
    }));
    statuses.push(order.Status);
  }

  assert.deepEqual(statuses, ["Processing", "Successful"]);
});
