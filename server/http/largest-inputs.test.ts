/** The longest input of each procedure reaches it over HTTP too, and what is longer is refused as data. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { complexitySchema } from '../../contract/config/routing.ts';
import { procedures, type ProcedureName } from '../../contract/rpc/procedures.ts';
import { serveRoutes, type ServedRoutes } from '../../gateway/testing/serve-routes.ts';
import { createFakeControl } from '../testing/fake-control.ts';
import { rpcRoute } from './rpc-route.ts';

let served: ServedRoutes;
beforeAll(async () => {
  const control = {
    ...createFakeControl(),
    call: (name: string, input: unknown) =>
      Promise.resolve({ ok: true as const, data: isProcedure(name) && read(name, input) }),
  };
  served = await serveRoutes([rpcRoute(control)], {
    sessionOf: ({ headers }) => (headers.cookie === undefined ? null : { id: 's', csrf: 'c' }),
  });
});
afterAll(() => served.close());

const isProcedure = (name: string): name is ProcedureName => Object.hasOwn(procedures, name);
const read = (name: ProcedureName, input: unknown): boolean =>
  z.safeParse(procedures[name].input, input).success;

const call = (name: string, body: string, headers: Readonly<Record<string, string>> = { cookie: 's' }) =>
  fetch(`${served.url}/admin/rpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-switchyard-csrf': 'c', ...headers },
    body,
  });

/** As a text in a text is: of every ten characters one has to be escaped. */
const quoted = (length: number): string => '"quotes, 1'.repeat(length / 10);

const fourOf = (one: object): readonly object[] => [one, one, one, one];

const LARGEST: readonly (readonly [ProcedureName, object])[] = [
  // 10 MB, as docs/using.md has it.
  ['chatFiles.put', { base64: Buffer.alloc(10_000_000).toString('base64') }],
  ['chatFiles.put', { base64: 'A'.repeat(14_000_000) }],
  ['presets.import', { text: quoted(30_000_000) }],
  ['routing.explain', { model: 'm', body: quoted(20_000_000) }],
  ['complexity.score', { body: quoted(20_000_000), settings: z.parse(complexitySchema, {}) }],
  ['playground.read', { format: 'openai-chat', body: quoted(60_000_000) }],
  ['requests.replay', { id: 'abc', model: 'm', body: quoted(4_000_000) }],
  ['config.plan', { text: quoted(1_000_000) }],
  ['playground.preview', { model: 'm', messages: fourOf({ role: 'user', text: quoted(4_000_000) }) }],
  // 16 MB, as docs/using.md has it.
  [
    'conversations.put',
    {
      ...{ id: 'a-long-chat', title: '', system: '', synced: false, tools: [], toolChoice: 'auto' },
      ...{ autoContinue: false, format: { kind: 'text' }, createdAt: 0, updatedAt: 0, revision: null },
      columns: [{ id: 'c', model: '', parameters: {}, leaf: null, chosen: {} }],
      turns: fourOf({
        ...{ id: 't', parent: null, column: '', role: 'user', text: quoted(4_000_000), reasoning: '' },
        ...{ refusal: '', files: [], calls: [], results: [], model: '', at: 0, figures: null },
      }),
    },
  ],
];

it.each(LARGEST)('%s', async (name, input) => {
  const response = await call(name, JSON.stringify(input));
  expect([response.status, await response.json()]).toEqual([200, { ok: true, data: true }]);
});

it('refuses what is longer than any may be with a sentence that pages have in each language', async () => {
  const response = await call('chatFiles.put', `"${'A'.repeat(67_108_864)}"`);
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    ok: false,
    error: { code: 'invalid_input', told: { code: 'body-large', values: { megabytes: 64 } } },
  });
});

it('takes none of it from whoever is not logged in', async () => {
  const response = await call('chatFiles.put', JSON.stringify({ base64: 'A'.repeat(14_000_000) }), {});
  expect(response.status).toBe(401);
});
