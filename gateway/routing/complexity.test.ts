import { describe, expect, it } from 'vitest';
import { complexitySchema, type ComplexityFeature } from '../../contract/config/routing.ts';
import type { Turn, UserPart } from '../core/canonical/parts.ts';
import { NO_SETTINGS, type CanonicalRequest } from '../core/canonical/request.ts';
import { complexityOf } from './complexity.ts';

const SETTINGS = complexitySchema.parse({});
const { medium, high } = SETTINGS.thresholds;

const request = (
  question: string | readonly UserPart[],
  part: Partial<CanonicalRequest> = {},
): CanonicalRequest => {
  const parts: readonly UserPart[] =
    typeof question === 'string' ? [{ kind: 'text', text: question }] : question;
  return {
    model: 'auto',
    streamed: false,
    system: [],
    turns: [{ role: 'user', parts }],
    tools: [],
    settings: NO_SETTINGS,
    ...part,
  };
};
const scoreOf = (question: string, part: Partial<CanonicalRequest> = {}): number =>
  complexityOf(request(question, part), SETTINGS).score;

const TRIVIAL = [
  'hi',
  'Thanks!',
  'What is the capital of France?',
  'Translate "good morning" into Spanish.',
  'How many days are in a leap year?',
  'What time is it in Tokyo when it is noon in London?',
  'Give me a synonym for happy.',
  'Who wrote Hamlet?',
  'Convert 5 miles to kilometres.',
  'Spell "accommodate".',
  'Tell me a joke about cats.',
  'What does HTTP stand for?',
  'Is a tomato a fruit?',
  'Write a haiku about autumn.',
  'What is 17 times 23?',
  'Say hello in Japanese.',
  'Fix the spelling: "I recieved teh letter".',
  '你好',
  '法国的首都是哪里？',
  '把“早上好”翻译成英文。',
  '一年有多少天？',
  '给我讲个笑话',
  '谢谢你',
  '谁写了《红楼梦》？',
];

const MIDDLING = [
  'Why is the sky blue, and why are sunsets red? Compare the two effects and explain how they follow from the same physics.',
  'Implement a debounce function in TypeScript:\n```ts\nfunction debounce(fn: () => void, wait: number) {\n  // ...\n}\n```',
  'Compare PostgreSQL and MySQL for a small web shop. Evaluate cost, tooling and hosting.',
  'Write an e-mail to a customer. It must apologise for the delay, it must not promise a date, use at most 120 words, and never mention the supplier.',
  'Review this query and say what is slow:\nSELECT * FROM orders o JOIN users u ON u.id = o.user_id WHERE u.country = 1;',
  'Summarise the following in exactly three bullet points, without adjectives, in at most 60 words: ' +
    'The committee met on Tuesday to hear the reports of the working groups. '.repeat(12),
  'Debug this: `TypeError: Cannot read properties of undefined` at render (src/App.vue:12:3) when the list is empty. Why does it happen?',
  'Analyse the pros and cons of remote work for a team of eight, and estimate what it saves.',
  'Plan a 5-day trip to Rome for two. Requirements:\n1. at most 200 euros a day\n2. no museums on Monday\n3. only public transport\n4. at least one day outside the city',
  'Write unit tests for\n```py\ndef slugify(text):\n    return text.lower().replace(" ", "-")\n```\nand consider edge cases.',
  '为什么天空是蓝色的？请分析原因，并比较日落时的情况，解释原因。',
  '请比较 PostgreSQL 和 MySQL 的优缺点，并评估哪一个更适合小型网店。',
  '写一封道歉邮件：必须简短，不超过一百字，不要承诺日期，不能提到供应商，确保语气正式。',
  '实现一个防抖函数：\n```ts\nfunction debounce(fn: () => void, wait: number) {\n}\n```',
  '帮我调试这段代码，分析为什么列表为空时会报错：`list.map(item => item.id)`，边界情况也要考虑。',
  '计算一下：如果每年增长百分之七，本金一万元，十年后是多少？请求解并解释原因。',
];

const HARD = [
  'Prove that the square root of 2 is irrational, then derive a general theorem for square roots of primes, step by step.',
  'Design a distributed rate limiter for 50 regions. Discuss consensus, trade-offs between accuracy and latency, and what happens in a network partition. It must never admit more than 1 % over the limit.',
  'Refactor this module so that the race condition goes away, and explain the root cause:\n```ts\nlet cached: Promise<User> | undefined;\nexport async function user(id: string) {\n  if (cached === undefined) cached = load(id);\n  const value = await cached;\n  cached = undefined;\n  return value;\n}\n```\nDo not change the interface; it must stay backwards compatible.',
  'Give a dynamic programming algorithm for the longest palindromic subsequence, prove its correctness with an invariant, and analyse its time complexity.',
  'We have a memory leak in a Node service that appears only under concurrency. Here is the heap summary and the code. Diagnose the root cause step by step and propose a fix.\n```js\nconst listeners = new Map();\nfunction on(id, f) { listeners.set(id, f); }\n```',
  'Derive the eigenvalues of the discrete Laplacian on a ring, prove they are complete, and evaluate the asymptotic behaviour for large n.',
  'Architect a multi-tenant billing system. Requirements:\n1. must be idempotent\n2. at least once delivery\n3. exactly one invoice a month\n4. never lose an event\n5. audit for 10 years\nDesign the schema, compare two storage strategies, and argue for one with its trade-offs.',
  'Write a rigorous threat model for a password manager with sync: adversaries, invariants, counter-examples for each claim, and a migration strategy for old vaults.',
  'Optimise this SQL for 2 billion rows, explain the trade-offs of each index, and analyse the lock behaviour and deadlocks:\n```sql\nSELECT u.id, count(*) FROM users u JOIN events e ON e.user_id = u.id WHERE e.at > now() - interval 1 day GROUP BY u.id;\n```',
  'Is P versus NP affected if an NP-complete problem has a subexponential algorithm? Formalise the claim, reason step by step, and give a counter-example to the naive argument.',
  'Plan the migration of a monolith to services without downtime. Consider concurrency, consensus, data consistency, roll-back; design the steps, evaluate risk for each, justify the order, and estimate effort.',
  'Solve step by step: a Bayesian model with three hypotheses and correlated evidence. Derive the posterior, justify each assumption, and analyse causal confounders.',
  '证明根号二是无理数，并推导出一般定理，逐步说明每一步推理。',
  '设计一个分布式限流系统，分析一致性与延迟之间的权衡，必须保证误差不超过百分之一，并给出架构。',
  '重构下面的代码，消除竞态并解释根本原因，必须保持向后兼容：\n```ts\nlet cached;\nasync function user(id) { cached ??= load(id); return await cached; }\n```',
  '给出最长回文子序列的动态规划算法，证明其正确性，并分析时间复杂度。',
  '为一个多租户计费系统做架构设计，要求：\n1. 必须幂等\n2. 至少一次投递\n3. 不得丢失事件\n比较两种策略并权衡利弊。',
  '线上服务出现内存泄漏和死锁，请逐步诊断根因，分析并发模型，并给出优化方案。',
  '请严格推导贝叶斯模型的后验分布，证明每个假设，并举出一个反例。',
  '设计一个把单体系统迁移到微服务的策略，考虑并发、分布式事务、一致性和回滚，评估每一步的影响。',
];

describe('the default weights tell prompts apart', () => {
  it('are tried on at least 60', () =>
    expect(TRIVIAL.length + MIDDLING.length + HARD.length).toBeGreaterThanOrEqual(60));
  it.each(TRIVIAL)('trivial: %s', (prompt) => expect(scoreOf(prompt)).toBeLessThan(medium));
  it.each(MIDDLING)('middling: %s', (prompt) => {
    expect(scoreOf(prompt)).toBeGreaterThanOrEqual(medium);
    expect(scoreOf(prompt)).toBeLessThan(high);
  });
  it.each(HARD)('hard: %s', (prompt) => expect(scoreOf(prompt)).toBeGreaterThanOrEqual(high));
});

describe('a feature', () => {
  const short = 'What is this?';
  const tool = { kind: 'function', name: 'look', description: '', schema: null, strict: null } as const;
  const image = { kind: 'image', source: { kind: 'url', url: 'https://a/b.png', mediaType: '' } } as const;
  const turn: Turn = { role: 'user', parts: [{ kind: 'text', text: 'And this?' }] };
  const answer: Turn = { role: 'assistant', parts: [{ kind: 'text', text: 'That.' }] };
  const text = { kind: 'text', text: short } as const;
  const cases: readonly (readonly [ComplexityFeature, CanonicalRequest])[] = [
    ['length', request('A day in the life of a small town by the sea. '.repeat(60))],
    ['code', request('```\nconst a = 1;\nreturn a;\n```')],
    ['reasoning', request('Prove it.')],
    ['tools', request(short, { tools: [tool, tool] })],
    ['images', request([text, image])],
    ['turns', request(short, { turns: [turn, answer, turn, answer, turn] })],
    ['constraints', request('It must be exactly so.')],
  ];

  it.each(cases)('%s moves the score, and nothing else does', (feature, asked) => {
    const { score, parts } = complexityOf(asked, SETTINGS);
    expect(Object.entries(parts).filter(([, part]) => part > 0)).toEqual([[feature, score]]);
    expect(score).toBeLessThanOrEqual(SETTINGS.weights[feature]);
  });

  it.each(cases)('%s without a weight moves nothing', (feature, asked) =>
    expect(complexityOf(asked, { weights: { ...SETTINGS.weights, [feature]: 0 } }).score).toBe(0),
  );

  it('of effort: a client that asks for hard thinking gets it', () => {
    const reasoning = { effort: 'high', budget: null, visible: null } as const;
    expect(scoreOf('hi', { settings: { ...NO_SETTINGS, reasoning } })).toBe(SETTINGS.weights.reasoning);
  });

  it('of tools: they count for nothing where none may be called', () => {
    const settings = { ...NO_SETTINGS, toolChoice: { kind: 'none' } } as const;
    expect(scoreOf(short, { tools: [tool], settings })).toBe(0);
  });
});

it('looks at the last question, not at what tools answered since', () => {
  const turns: readonly Turn[] = [
    { role: 'user', parts: [{ kind: 'text', text: 'Prove the theorem step by step.' }] },
    { role: 'assistant', parts: [{ kind: 'tool-call', id: 'c', name: 'look', input: '{}', custom: false }] },
    {
      role: 'user',
      parts: [{ kind: 'tool-result', id: 'c', name: 'look', content: [], failed: false, custom: false }],
    },
  ];
  expect(complexityOf(request('', { turns }), SETTINGS).parts.reasoning).toBeGreaterThan(0);
});

it('is a number from 0 to 1 for whatever is sent, and quick for what is long', () => {
  const long = 'must prove `f(x)` => {};\n'.repeat(40_000);
  const { score } = complexityOf(request(long), SETTINGS);
  expect(score).toBeGreaterThan(high);
  expect(score).toBeLessThanOrEqual(1);
  expect(complexityOf(request('', { turns: [] }), SETTINGS).score).toBe(0);
});
