import { expect, it } from 'vitest';
import { h } from 'vue';
import type { Told } from '../../../../contract/rpc/connect-sayings.ts';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import SentAs from './SentAs.vue';

async function show(unsaid: boolean, code: string, told?: Told): Promise<string> {
  const preview = {
    provider: 'anthropic',
    model: 'claude',
    dialect: 'anthropic-messages',
    body: '',
    warnings: [],
    ignored: [],
    error: { code, message: 'It is refused.', told },
  };
  const component = { render: () => h(SentAs, { preview, failure: null, unsaid }) };
  const { page } = await mountPage({
    rpc: createFakeRpc({}),
    at: '/',
    route: { path: '/', component },
  });
  return page.text();
}

it('blames nobody for a chat in which nothing was said yet', async () => {
  const text = await show(true, 'invalid_request');
  expect(text).toContain('Shown once there is something to send.');
  expect(text).not.toContain('It is refused.');
});

it.each([
  [true, 'model_not_found', 'model not found'],
  [false, 'invalid_request', 'invalid request'],
])('says why it would be refused (nothing said: %s, %s)', async (unsaid, code, kind) => {
  expect(await show(unsaid, code)).toContain(`${kind} “It is refused.”`);
});

it('says it in words of its own where there are some', async () => {
  const told = {
    code: 'provider-without-key',
    values: { provider: 'acme' },
    text: 'It is refused.',
  } as const;
  const text = await show(false, 'no_key_configured', told);
  expect(text).toContain('acme has no key. Add one on the Providers page.');
  expect(text).not.toContain('It is refused.');
});
