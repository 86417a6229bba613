/** Keys of the environment taken over through a whole gateway. */
import { afterEach, describe, expect, it } from 'vitest';
import { createScriptedSecrets } from '../../../gateway/testing/scripted-secrets.ts';
import { startTestGateway, type TestGateway } from '../../../gateway/testing/test-gateway.ts';
import { importHandlers } from './handlers.ts';

const OPENAI = 'sk-import-openai-000000001111';
const ROUTER = ['sk-import-router-00000002222', 'sk-import-router-00000003333'];
const ENVIRONMENT = { OPENAI_API_KEY: OPENAI, OPENROUTER_API_KEYS: `${ROUTER[0]},${ROUTER[1]}:5` };

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

async function offer(yaml = '', environment: Readonly<Record<string, string>> = ENVIRONMENT) {
  const secrets = createScriptedSecrets();
  gateway = await startTestGateway(yaml, { secrets });
  const { gateway: engine, call } = gateway;
  let dismissed: readonly string[] = [];
  const handlers = importHandlers({
    environment,
    config: () => engine.config(),
    secrets,
    control: engine.control.handlers,
    dismissed: {
      get: () => dismissed,
      set(variables) {
        dismissed = variables;
      },
    },
  });
  return { handlers, secrets, call, engine };
}

describe('keys found in the environment', () => {
  it('are shown by fingerprint only', async () => {
    const { handlers } = await offer();
    const found = await handlers['imports.found']({});
    expect(found).toEqual([
      {
        variable: 'OPENAI_API_KEY',
        provider: 'openai',
        providerName: 'OpenAI',
        fingerprint: '…1111',
        count: 1,
      },
      {
        variable: 'OPENROUTER_API_KEYS',
        provider: 'openrouter',
        providerName: 'OpenRouter',
        fingerprint: '…2222',
        count: 2,
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('sk-import');
  });

  it('are stored with their providers and weights when they are taken, and then no longer offered', async () => {
    const { handlers, secrets, engine } = await offer();
    const taken = await handlers['imports.take']({ variables: ['OPENAI_API_KEY', 'OPENROUTER_API_KEYS'] });
    expect(taken).toEqual({ taken: 3, skipped: [] });
    const { providers } = engine.config();
    expect(providers.map(({ id, keys }) => [id, keys.map(({ label, weight }) => [label, weight])])).toEqual([
      ['openai', [['OPENAI_API_KEY', 1]]],
      [
        'openrouter',
        [
          ['OPENROUTER_API_KEYS', 1],
          ['OPENROUTER_API_KEYS', 5],
        ],
      ],
    ]);
    const id = providers[0]?.keys[0]?.id ?? '';
    expect(await secrets.get(`openai/${id}`)).toBe(OPENAI);
    expect(await handlers['imports.found']({})).toEqual([]);
  });

  it('go to a provider that is there already, beside its keys', async () => {
    const { handlers, engine } = await offer(
      'providers: [{ id: openai, keys: [{ id: k1, value: sk-mine }] }]',
    );
    expect(await handlers['imports.take']({ variables: ['OPENAI_API_KEY'] })).toMatchObject({ taken: 1 });
    expect(engine.config().providers[0]?.keys).toHaveLength(2);
  });

  it('are not offered when the configuration has them, for providers or for clients', async () => {
    const { handlers } = await offer(
      `server: { api_key: "${OPENAI}" }\nproviders: [{ id: openrouter, keys: [{ id: k1, value: ${ROUTER[0]} }, { id: k2, value: ${ROUTER[1]} }] }]`,
    );
    expect(await handlers['imports.found']({})).toEqual([]);
  });

  it('are not offered again once they were dismissed', async () => {
    const { handlers } = await offer();
    await handlers['imports.dismiss']({ variables: ['OPENAI_API_KEY'] });
    expect(await handlers['imports.found']({})).toMatchObject([{ variable: 'OPENROUTER_API_KEYS' }]);
  });

  it('are left where they are when the store fails, and no empty provider stays behind', async () => {
    const { handlers, secrets, engine } = await offer();
    secrets.fail('locked', 'The keyring is locked.');
    expect(await handlers['imports.take']({ variables: ['OPENROUTER_API_KEYS'] })).toEqual({
      taken: 0,
      skipped: [
        {
          variable: 'OPENROUTER_API_KEYS',
          told: expect.objectContaining({ text: 'The keyring is locked.' }),
        },
      ],
    });
    expect(engine.config().providers).toEqual([]);
  });

  it('only: another variable is refused with a reason', async () => {
    const { handlers } = await offer('', { ...ENVIRONMENT, HOME_PASSWORD: 'sk-import-other-000000004444' });
    const { taken, skipped } = await handlers['imports.take']({ variables: ['HOME_PASSWORD'] });
    expect(taken).toBe(0);
    const text = 'HOME_PASSWORD holds no key that Switchyard does not have.';
    expect(skipped).toMatchObject([{ variable: 'HOME_PASSWORD', told: { code: 'no-new-key', text } }]);
  });
});
