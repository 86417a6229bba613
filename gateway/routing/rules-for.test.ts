import { expect, it } from 'vitest';
import { ruleSchema } from '../../contract/config/routing.ts';
import { routingSnapshot, seeded } from '../testing/routing.ts';
import type { Asked } from './asked.ts';
import { routingRule } from './build.ts';
import { ruleFor } from './route.ts';
import { failedCondition } from './rules.ts';

const CONDITIONS: readonly object[] = [
  {},
  { model: 'gpt-*' },
  { model: 'GPT-1*' },
  { model: '*-7' },
  { tools: true },
  { model: 'gpt-2*', images: true },
  { size: { over: 500 } },
  { model: 'claude-*', client: 'laptop' },
];
const PROVIDER = {
  id: 'p',
  keys: [{ id: 'k', weight: 1, models: [] }],
  strategy: 'priority' as const,
  models: new Set(['there']),
};

function askedFor(model: string, random: () => number): Asked {
  const [tools, images] = [random() < 0.5, random() < 0.5];
  return {
    model,
    client: random() < 0.5 ? 'laptop' : null,
    app: null,
    bytes: random() * 1_000,
    header: () => undefined,
    time: () => ({ day: 0, minute: 0 }),
    tools: () => tools,
    images: () => images,
  };
}

it('decides like looking at every rule, for more names than are kept, each asked for again and again', () => {
  const random = seeded(7);
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  const rules = Array.from({ length: 12 }, (_, index) => {
    const enabled = random() < 0.8;
    const then = { model: random() < 0.7 ? 'p/there' : 'q/gone' };
    return routingRule(ruleSchema.parse({ enabled, when: pick(CONDITIONS), then }), index);
  });
  const second = { ...PROVIDER, id: 'other', models: new Set<string>() };
  const snapshot = routingSnapshot({ providers: [PROVIDER, second], rules });
  let decided = 0;
  for (let request = 0; request < 5_000; request += 1) {
    const name = `${pick(['gpt', 'claude'])}-${Math.floor(random() * 400)}`;
    const asked = askedFor(request % 50 === 0 ? name.padEnd(300, 'x') : name, random);
    const plainly = rules.find(
      (rule) => rule.enabled && rule.model === 'p/there' && failedCondition(rule, asked) === undefined,
    );
    expect(ruleFor(asked, snapshot)).toBe(plainly ?? null);
    if (plainly !== undefined) decided += 1;
  }
  expect(decided).toBeGreaterThan(1_000);
});
