/** Every recorded answer whose provider says itself what it cost: read in place, summed up here, compared. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AttemptCost } from '../../contract/log/cost.ts';
import { readOverrides, overrideOf } from '../catalogue/price-overrides.ts';
import { attemptCost, costOf } from '../core/cost.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../core/json.ts';
import { readModels } from '../core/model-list.ts';
import { sheetOf, type PriceSheet } from '../core/price-sheet.ts';
import type { ResponseFacts } from '../core/usage.ts';
import { readChunk } from '../dialects/openai-chat/chunk.ts';
import { readFacts } from '../dialects/openai-responses/event.ts';
import { loadBundledPrices } from '../upkeep/bundled-prices.ts';

const FIXTURES = join(import.meta.dirname, '../../../shared/fixtures');
const PRESENT = existsSync(FIXTURES);
const FOLDERS = ['openai-chat', 'openai-chat-dialects', 'openai-responses'];
const read = (file: string): string => readFileSync(join(FIXTURES, file), 'utf8');

/** Our price row: of OpenRouter's recorded list, of the catalogue, or what the provider took on that day. */
type Row =
  | { readonly listed: string }
  | { readonly catalogue: readonly [provider: string, model: string] }
  | { readonly that: { readonly input: number; readonly output: number } }
  | null;

/** What each costs in pico-dollars, by the provider and by us; `docs/cost.md` shows the same table. */
const EXPECTED: Readonly<
  Record<string, { readonly row: Row; readonly said: number; readonly ours: number | null }>
> = {
  'openai-chat-dialects/openrouter-cache-write.json': {
    row: { listed: 'anthropic/claude-sonnet-4.6' },
    said: 10_587_750_000,
    ours: 10_587_750_000,
  },
  'openai-chat-dialects/openrouter-cache-stream.sse': {
    row: { listed: 'anthropic/claude-sonnet-4.6' },
    said: 837_000_000,
    ours: 837_000_000,
  },
  'openai-chat-dialects/openrouter-claude-reasoning.sse': {
    row: { listed: 'anthropic/claude-sonnet-4.5' },
    said: 669_000_000,
    ours: 669_000_000,
  },
  // With a key of the user's own: OpenRouter takes nothing, Google what it takes.
  'openai-chat-dialects/openrouter-gemini-toolcall.json': {
    row: { listed: 'google/gemini-2.5-flash' },
    said: 325_300_000,
    ours: 325_300_000,
  },
  // The list of August 2026 has 0.03 and 0.13; in November 2025 the answer's own parts say 0.05 and 0.20.
  'openai-responses/openrouter-raw-cot-stream.sse': {
    row: { that: { input: 0.05, output: 0.2 } },
    said: 11_300_000,
    ours: 11_300_000,
  },
  // A free variant that is listed no longer: its provider's word is all there is.
  'openai-chat-dialects/openrouter-midstream-error.sse': { row: null, said: 0, ours: null },
  'openai-chat-dialects/xai-text.chunks.txt': {
    row: { catalogue: ['x-ai', 'grok-3-mini'] },
    said: 146_625_000,
    ours: 146_625_000,
  },
  'openai-chat-dialects/xai-tool-call.chunks.txt': {
    row: { catalogue: ['x-ai', 'grok-3-mini'] },
    said: 133_050_000,
    ours: 133_050_000,
  },
};

/** Objects with a `usage` that tells money, wherever in the file. */
function* costing(value: unknown): Generator<JsonObject> {
  if (isArray(value)) for (const entry of value) yield* costing(entry);
  if (!isObject(value)) return;
  const { usage } = value;
  if (isObject(usage) && ('cost' in usage || 'cost_in_usd_ticks' in usage)) yield value;
  for (const member of Object.values(value)) yield* costing(member);
}

function answersIn(file: string): readonly JsonObject[] {
  const text = read(file);
  if (file.endsWith('.json')) return [...costing(parseJson(text))];
  return text.split('\n').flatMap((line) => [...costing(parseJson(line.replace(/^data: /, '')))]);
}

const RECORDED = PRESENT
  ? FOLDERS.flatMap((folder) =>
      readdirSync(join(FIXTURES, folder)).map((name) => `${folder}/${name}`),
    ).flatMap((file) => answersIn(file).map((answer) => ({ file, answer })))
  : [];

const listed = (): ReadonlyMap<string, PriceSheet> =>
  new Map(
    (readModels(Buffer.from(read('models/openrouter-models-list.json'))) ?? []).flatMap(({ id, facts }) => {
      const price = facts?.price ?? null;
      return price === null ? [] : [[id, sheetOf(price, id, '2026-08-01')] as const];
    }),
  );

async function sheetFor(row: Row): Promise<PriceSheet | null> {
  if (row === null) return null;
  if ('listed' in row) return listed().get(row.listed) ?? null;
  if ('that' in row) {
    return overrideOf(readOverrides([{ model: '*', tiers: [], ...row.that }]), 'openrouter', 'any') ?? null;
  }
  const { book } = await loadBundledPrices();
  return book.find(...row.catalogue)?.sheet ?? null;
}

const factsOf = (file: string, answer: JsonObject): ResponseFacts => {
  if (file.startsWith('openai-responses/')) return readFacts(answer);
  const { usage, finishReason, model, billing } = readChunk(answer);
  return { usage, finishReason, model, ...billing };
};

async function costed(file: string, answer: JsonObject): Promise<AttemptCost> {
  const { usage: tokens, details, cost: reported } = factsOf(file, answer);
  return attemptCost({ tokens, details, reported, at: 0 }, await sheetFor(EXPECTED[file]?.row ?? null));
}

describe.skipIf(!PRESENT)('recordings whose provider says what they cost', () => {
  it('are all known here', () => {
    expect([...new Set(RECORDED.map(({ file }) => file))].sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(RECORDED)('$file', async ({ file, answer }) => {
    const cost = await costed(file, answer);
    const { said, ours } = EXPECTED[file] ?? {};
    expect(cost).toMatchObject({ reported: said, pico: ours });
    expect(costOf(cost)).toBe(said);
    expect(cost.lines.reduce((sum, { pico }) => sum + pico, 0)).toBe(ours ?? 0);
  });

  it('the table in the documentation says the same', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/cost.md'), 'utf8');
    for (const [file, { said, ours }] of Object.entries(EXPECTED)) {
      const row = text.split('\n').find((line) => line.includes(file.replace(/^.*\//, '')));
      const dollars = (pico: number): string => (pico / 1e12).toFixed(12).replace(/\.?0+$/, '');
      expect(row?.split('|').map((cell) => cell.trim())).toEqual(
        expect.arrayContaining([dollars(said), ours === null ? 'unknown' : dollars(ours)]),
      );
    }
  });
});
