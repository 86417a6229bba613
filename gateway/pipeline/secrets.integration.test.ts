/** A canary in every field that holds a secret; then everything that was written is searched for it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const CANARIES = {
  providerKey: 'sk-canary-provider-9f8e7d6c5b4a/+==',
  secondKey: 'sk-canary-second-1a2b3c4d5e6f',
  addedKey: 'sk-canary-added-0f1e2d3c4b5a',
  clientKey: 'canary-client-key-77665544332211',
  adminPassword: 'canary-admin-password-112233',
};

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(
    `server: { api_key: "${CANARIES.clientKey}" }
admin: { password: "${CANARIES.adminPassword}" }
providers:
  - id: one
    dialect: openai-chat
    base_url: ${upstream.url}
    allow_private_network: true
    models: [m]
    keys: [{ id: k1, value: "${CANARIES.providerKey}" }, { id: k2, value: "${CANARIES.secondKey}" }]
`,
    { random: () => 0 },
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

/** A secret as it is, in base64, and as it stands in a URL. */
const forms = (secret: string): readonly string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  encodeURIComponent(secret),
];

async function allFiles(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name)));
  return Buffer.concat(await Promise.all(files));
}

it('a key that was removed is still taken out: requests under way and rows not yet written may hold it', async () => {
  const added = await gateway.call('keys.add', { provider: 'one', value: CANARIES.addedKey });
  const id = /"id":"(k-[^"]+)"/.exec(JSON.stringify(added))?.[1];
  expect(await gateway.call('keys.remove', { provider: 'one', id })).toMatchObject({ ok: true });
  expect(gateway.gateway.redact(`sent ${CANARIES.addedKey} there`)).toBe('sent [redacted] there');
});

it('no secret reaches database, log lines, error bodies or control answers', async () => {
  const seen: string[] = [];
  const authorization = { authorization: `Bearer ${CANARIES.clientKey}` };
  const ask = async (body: object): Promise<void> => {
    const answer = await gateway.chat(body, authorization);
    seen.push(JSON.stringify([...answer.headers]), await answer.text().catch(String));
  };
  const talk = Object.values(CANARIES).flatMap(forms).join(' ; ');
  const body = { model: 'one/m', messages: [{ role: 'user', content: 'my keys' }] };

  const added = await gateway.call('keys.add', { provider: 'one', value: CANARIES.addedKey });
  expect(added.ok).toBe(true);
  // An upstream that repeats everything it was told, in every way it can answer.
  upstream.script((request) =>
    request.json(401, { error: { message: `bad key ${talk}` } }, { 'x-ratelimit-note': talk }),
  );
  await ask(body);
  await gateway.call('keys.clear');
  upstream.script((request) => request.json(400, { error: { message: `look: ${talk}` } }));
  await ask(body);
  upstream.script((request) =>
    request.sse([
      `data: {"choices":[{"index":0,"delta":{"content":${JSON.stringify('x')}},"finish_reason":null}]}\n\n`,
    ]),
  );
  await ask({ ...body, stream: true });
  upstream.script((request) =>
    request.sse([
      `data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}]}\n\n`,
      `data: ${JSON.stringify({ error: { message: `gone: ${talk}`, code: 500 } })}\n\n`,
      'data: [DONE]\n\n',
    ]),
  );
  await ask({ ...body, stream: true });
  upstream.script((request) => request.reset());
  await ask(body);
  await gateway.chat('{"broken', authorization);

  // The client pastes its own keys into a prompt, and the answer repeats them.
  upstream.script((request) =>
    request.json(200, {
      id: 'x',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: talk }, finish_reason: 'stop' }],
    }),
  );
  await gateway.call('keys.clear');
  const pasted = await gateway.chat({ ...body, messages: [{ role: 'user', content: talk }] }, authorization);
  expect(pasted.status).toBe(200);
  await pasted.text();
  const wrong = await gateway.chat(body, { authorization: `Bearer ${CANARIES.adminPassword}` });
  expect(wrong.status).toBe(401);
  seen.push(await wrong.text());

  const rows = await gateway.rows(7);
  seen.push(JSON.stringify(rows), JSON.stringify(added));
  for (const name of ['providers.list', 'gateway.status', 'requests.list'])
    seen.push(JSON.stringify(await gateway.call(name)));
  for (const { id } of rows) {
    for (const part of ['request', 'response'])
      seen.push(JSON.stringify(await gateway.call('requests.body', { id, part })));
  }
  seen.push(...gateway.logged);
  const { folder } = gateway;
  await gateway.gateway.drain(200);
  const written = await allFiles(folder);

  for (const [name, secret] of Object.entries(CANARIES)) {
    for (const form of forms(secret)) {
      expect(written.includes(form), `${name} in a file`).toBe(false);
      expect(
        seen.find((text) => text.includes(form))?.slice(0, 300),
        `${name} in an answer or a line`,
      ).toBeUndefined();
    }
  }
});

it('credentials of other services in headers and parameters of their own names are not written down', async () => {
  upstream.script((request) => request.json(200, { choices: [] }));
  const answer = await fetch(
    `${gateway.url}/v1/chat/completions?subscription-key=canary-of-others-1&clientSecret=canary-of-others-2&beta=1`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${CANARIES.clientKey}`,
        'x-portkey-api-key': 'canary-of-others-3',
        'helicone-auth': 'canary-of-others-4',
        'cf-access-client-secret': 'canary-of-others-5',
        'x-session-id': 'session-of-mine',
      },
      body: JSON.stringify({ model: 'one/m', messages: [{ role: 'user', content: 'hi' }] }),
    },
  );
  await answer.text();
  const [row] = await gateway.rows(1);
  expect(row?.requestHeaders).toMatchObject({ 'x-session-id': 'session-of-mine' });
  expect(row?.path).toBe('/v1/chat/completions?beta=1');
  expect(JSON.stringify(row) + gateway.logged.join('\n')).not.toContain('canary-of-others');
  expect((await allFiles(gateway.folder)).includes('canary-of-others')).toBe(false);
});
