/** Our prices beside those of other people's lists of the same weeks, read in place. What differs is named here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject, parseJson, type JsonObject } from '../core/json.ts';
import { frozenPrice, type PriceSheet } from '../core/price-sheet.ts';
import { loadBundledPrices } from '../upkeep/bundled-prices.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/prices');
const PRESENT = existsSync(FOLDER);
/** Day of the list, outside of DeepSeek's dear hours. */
const THEN = Date.UTC(2026, 7, 1, 20);

/** Providers as the list names them, and ours for them. */
const PROVIDERS: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  gemini: 'google',
  xai: 'x-ai',
  deepseek: 'deepseek',
  mistral: 'mistral',
};

/** Where the two differ, and why; whatever else differs fails. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/^anthropic\/claude-3-.* hour /, 'the list has 6 for every model; an hour costs twice the input price'],
  [/^anthropic\/.*sonnet.* above 200k /, 'ours, and models.dev, know no dearer long prompts of Sonnet 4'],
  [/^deepseek\//, 'the list has the prices of V3.2 for all names; ours differ by name and hour of the day'],
  [/^google\/gemini-2\.5.*preview.* cacheRead /, 'the list has a quarter of the input price, ours a tenth'],
  [/^google\/gemini-3\.6-flash /, 'ours has the introductory prices, which hold until the end of 2026'],
  [/^google\/.*(?:native-audio|-tts)/, 'the list has the prices of the text model'],
  [/^mistral\/.*(?:latest|large-2407|medium|nemo) /, 'its undated names stand for other models in each list'],
  [/^x-ai\/grok-4\.5.* cacheRead /, 'the lists are not of the same day'],
];

const list = (file: string): JsonObject => {
  const value = parseJson(readFileSync(join(FOLDER, file), 'utf8'));
  return isObject(value) ? value : {};
};
const perMillion = (value: unknown): number | null =>
  typeof value === 'number' ? Number((value * 1e6).toFixed(6)) : null;

interface Compared {
  readonly what: string;
  readonly ours: number | null;
  readonly theirs: number | null;
}

function compare(name: string, sheet: PriceSheet, row: JsonObject): readonly Compared[] {
  const short = frozenPrice(sheet, THEN, 1_000, 1);
  const fields: readonly (readonly [string, number | null | undefined, string])[] = [
    ['input', short.input, 'input_cost_per_token'],
    ['output', short.output, 'output_cost_per_token'],
    ['cacheRead', short.cacheRead, 'cache_read_input_token_cost'],
    ['cacheWrite', short.cacheWrite, 'cache_creation_input_token_cost'],
    ['hour', short.cacheWriteHour, 'cache_creation_input_token_cost_above_1hr'],
    ...[200, 272].flatMap((thousands) => {
      const long = frozenPrice(sheet, THEN, thousands * 1_000 + 1, 1);
      return [
        [`input above ${thousands}k`, long.input, `input_cost_per_token_above_${thousands}k_tokens`] as const,
        [
          `output above ${thousands}k`,
          long.output,
          `output_cost_per_token_above_${thousands}k_tokens`,
        ] as const,
      ];
    }),
  ];
  return fields.map(([field, ours, theirs]) => ({
    what: `${name} ${field} `,
    ours: ours ?? null,
    theirs: perMillion(row[theirs]),
  }));
}

describe.skipIf(!PRESENT)('prices beside those of litellm', () => {
  it('are the same, but for what is named', async () => {
    const { book } = await loadBundledPrices();
    let same = 0;
    const different: string[] = [];
    for (const [key, row] of Object.entries(list('litellm_model_prices_and_context_window.json'))) {
      if (!isObject(row) || (row['mode'] !== 'chat' && row['mode'] !== 'responses')) continue;
      const provider = PROVIDERS[String(row['litellm_provider'])];
      const model = key.replace(/^(?:openai|anthropic|gemini|xai|deepseek|mistral)\//, '');
      const sheet = provider === undefined ? undefined : book.find(provider, model)?.sheet;
      if (provider === undefined || sheet === undefined || sheet === null) continue;
      for (const { what, ours, theirs } of compare(`${provider}/${model}`, sheet, row)) {
        if (ours === null || theirs === null) continue;
        if (ours === theirs) same += 1;
        else if (!KNOWN.some(([form]) => form.test(what))) different.push(`${what}${ours}, not ${theirs}`);
      }
    }
    expect(different).toEqual([]);
    expect(same).toBeGreaterThan(500);
  });

  it('tiers of service cost the shares that are assumed', () => {
    const shares = new Set<string>();
    for (const row of Object.values(list('litellm_model_prices_and_context_window.json'))) {
      if (!isObject(row) || row['mode'] !== 'chat') continue;
      const { litellm_provider: provider, input_cost_per_token: usual } = row;
      const flex = row['input_cost_per_token_flex'];
      if (typeof usual !== 'number' || typeof flex !== 'number') continue;
      if (provider === 'openai' || provider === 'gemini') shares.add((flex / usual).toFixed(3));
    }
    expect([...shares]).toEqual(['0.500']);
  });
});
