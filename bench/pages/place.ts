/** A data folder as large as issue 7 asks: 200 providers with 500 keys and 5,000 models, aliases, rules, chats, a log. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';

export const SIZES = {
  providers: 200,
  keys: 500,
  models: 5_000,
  aliases: 200,
  rules: 200,
  conversations: 1_000,
  requests: 100_000,
} as const;
/** The provider of the first card has what the others leave. */
const KEYS_OF_FIRST = SIZES.keys - (SIZES.providers - 1);
const MODELS_EACH = SIZES.models / SIZES.providers;

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** @param upstream base address of what answers for the first provider; nobody is at the others' */
export function largeConfig(upstream: string): string {
  const providers = times(SIZES.providers, (index) => ({
    id: `provider-${index}`,
    name: `Provider number ${index}`,
    dialect: 'openai-chat',
    base_url: index === 0 ? upstream : 'http://127.0.0.1:9/v1',
    allow_private_network: true,
    models: times(MODELS_EACH, (model) => `family-${index % 17}/model-${index}-${model}`),
    keys: times(index === 0 ? KEYS_OF_FIRST : 1, (key) => ({
      id: `key-${key}`,
      value: `sk-bench-${index}-${key}-0000000000`,
    })),
  }));
  const first = 'provider-0/family-0/model-0-0';
  return stringify({
    providers,
    models: times(SIZES.aliases, (index) => ({
      id: `alias-${index}`,
      targets: [{ model: first }, { model: `provider-${index}/family-${index % 17}/model-${index}-1` }],
    })),
    rules: times(SIZES.rules, (index) => ({
      name: `Rule number ${index}`,
      when: { model: `asked-${index}-*` },
      then: { model: `alias-${index}` },
    })),
    routing: { health_check_interval: '0s' },
  });
}

/** Makes the folder; most of the time goes into the log. */
export async function makeLargePlace(upstream: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-pages-'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.yaml'), largeConfig(upstream), { mode: 0o600 });
  const rows = join(import.meta.dirname, '..', 'log-rows.ts');
  await promisify(execFile)(process.execPath, [rows, join(folder, 'log.db'), String(SIZES.requests)]);
  return folder;
}
