import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { RpcError } from '../../contract/rpc/errors.ts';
import { applyEdits, entryText, type ConfigEdit } from './edit.ts';

const FILE = `# My gateway
server:
    port:   8000      # as the tools expect it
    host: localhost


providers:   # in order of trust
    # the main one
    - id: openai
      enabled:  true   # until March
      keys:
          - { id: k1, value: "\${OPENAI_API_KEY}", weight: 2 }   # Ada's
          - id: k2
            value: \${SECOND:-}

    - {id: groq, name: 'Groq'}
    # - id: retired
models: []

# the end
`;

const lines = (text: string): readonly string[] => text.split('\n');

/** Lines of `left` that are not in `right`, by content. */
function lost(left: string, right: string): readonly string[] {
  const kept = [...lines(right)];
  return lines(left).filter((line) => {
    const index = kept.indexOf(line);
    if (index !== -1) kept.splice(index, 1);
    return index === -1;
  });
}

describe('a change leaves every other line as it was', () => {
  it.each<[string, ConfigEdit, readonly string[], readonly string[]]>([
    [
      'a number',
      { op: 'set', path: ['server', 'port'], value: 9000 },
      ['    port:   8000      # as the tools expect it'],
      ['    port: 9000 # as the tools expect it'],
    ],
    [
      'a switch',
      { op: 'set', path: ['providers', { id: 'openai' }, 'enabled'], value: false },
      ['      enabled:  true   # until March'],
      ['      enabled: false # until March'],
    ],
    ['a new setting', { op: 'set', path: ['server', 'api_key'], value: 'abc' }, [], ['    api_key: abc']],
    [
      'a new section',
      { op: 'set', path: ['routing', 'cooldown', 'base'], value: '5s' },
      [],
      ['routing:', '    cooldown:', '        base: 5s'],
    ],
    [
      'a setting of an entry on one line',
      { op: 'set', path: ['providers', { id: 'groq' }, 'enabled'], value: false },
      ["    - {id: groq, name: 'Groq'}"],
      ["    - {id: groq, name: 'Groq', enabled: false}"],
    ],
    [
      'a new key',
      { op: 'add', path: ['providers', { id: 'openai' }, 'keys'], value: { id: 'k3', weight: 1 } },
      [],
      ['          - id: k3', '            weight: 1'],
    ],
    ['a new provider', { op: 'add', path: ['providers'], value: { id: 'ollama' } }, [], ['    - id: ollama']],
    [
      'an entry made on the way',
      { op: 'set', path: ['providers', { id: 'deepseek' }, 'enabled'], value: false },
      [],
      ['    - id: deepseek', '      enabled: false'],
    ],
    [
      'the first of a list',
      { op: 'add', path: ['models'], value: { id: 'fast', targets: [{ model: 'a' }] } },
      ['models: []'],
      ['models:', '    - id: fast', '      targets:', '          - model: a'],
    ],
    [
      'a key less',
      { op: 'delete', path: ['providers', { id: 'openai' }, 'keys', { id: 'k2' }] },
      ['          - id: k2', '            value: ${SECOND:-}'],
      [],
    ],
    ['a setting less', { op: 'delete', path: ['server', 'host'] }, ['    host: localhost'], []],
  ])('%s', (_, edit, gone, come) => {
    const edited = applyEdits(FILE, [edit]);
    expect(lost(FILE, edited)).toEqual(gone);
    expect(lost(edited, FILE)).toEqual(come);
  });

  it('entries of a list keep their form and comments where they stay, wherever they move', () => {
    const text = `models:
  - id: fast # for the editor
    targets:
      # cheap and quick
      - { model: groq/llama } # since March
      - model: openai/gpt # dear
      - { model: old } # goes
`;
    const value = [{ model: 'openai/gpt' }, { model: 'new' }, { model: 'groq/llama' }];
    const edited = applyEdits(text, [{ op: 'set', path: ['models', { id: 'fast' }, 'targets'], value }]);
    expect(parse(edited)).toEqual({ models: [{ id: 'fast', targets: value }] });
    expect(lost(text, edited)).toEqual(['      - { model: old } # goes']);
    expect(lost(edited, text)).toEqual(['      - model: new']);
  });

  it('lines of Windows stay lines of Windows', () => {
    const edited = applyEdits('server:\r\n  port: 1 # one\r\n', [
      { op: 'set', path: ['server', 'port'], value: 2 },
    ]);
    expect(edited).toBe('server:\r\n  port: 2 # one\r\n');
  });

  it('lists flush with their names stay so', () => {
    const edited = applyEdits('providers:\n- id: openai\n', [
      { op: 'add', path: ['providers'], value: { id: 'groq' } },
    ]);
    expect(edited).toBe('providers:\n- id: openai\n- id: groq\n');
  });

  it('JSON stays JSON', () => {
    const edited = applyEdits('{"server": {"port": 1}}', [
      { op: 'set', path: ['server', 'host'], value: '::1' },
    ]);
    expect(JSON.parse(edited)).toEqual({ server: { port: 1, host: '::1' } });
  });

  it.each(['', '# only a comment\n', 'providers:\n'])('begins where there is nothing: %j', (text) => {
    const edited = applyEdits(text, [
      { op: 'set', path: ['providers', { id: 'openai' }, 'enabled'], value: false },
    ]);
    expect(parse(edited)).toEqual({ providers: [{ id: 'openai', enabled: false }] });
    expect(edited).toContain(text.startsWith('#') ? text : '');
  });

  it('finds settings under their other names', () => {
    const edited = applyEdits('providers:\n  - id: openai\n    baseUrl: http://a\n', [
      { op: 'set', path: ['providers', { id: 'openai' }, 'base_url'], value: 'http://b' },
    ]);
    expect(edited).toBe('providers:\n  - id: openai\n    baseUrl: http://b\n');
  });

  it('a text from outside never refers to a variable', () => {
    const edited = applyEdits('', [
      { op: 'add', path: ['providers'], value: { id: 'a', name: '${ADMIN_PASSWORD}' } },
    ]);
    expect(edited).toContain('$${ADMIN_PASSWORD}');
  });
});

describe('what cannot be changed is refused', () => {
  it.each<[string, string, ConfigEdit, string]>([
    [
      'an id twice',
      FILE,
      { op: 'add', path: ['providers'], value: { id: 'groq' } },
      'providers[groq] is in the configuration already',
    ],
    [
      'nothing to delete',
      FILE,
      { op: 'delete', path: ['providers', { id: 'xai' }] },
      'providers[xai] has no entry of its own',
    ],
    [
      'an alias',
      'a: &a { port: 1 }\nserver: *a\n',
      { op: 'set', path: ['server', 'port'], value: 2 },
      'server is written in the file in a form',
    ],
    [
      'a value where a list belongs',
      'providers: 5\n',
      { op: 'add', path: ['providers'], value: { id: 'a' } },
      'providers is written in the file in a form',
    ],
  ])('%s', (_, text, edit, sentence) => {
    expect(() => applyEdits(text, [edit])).toThrow(sentence);
    expect(() => applyEdits(text, [edit])).toThrow(RpcError);
  });
});

describe('a list without ids is put anew', () => {
  const RULES = `rules:
  # nights
  - when: { size: { over: 10KB }, tools: true }   # big
    then: { model: "\${CHEAP:-cheap}" }
  - when:
      header:
        x-team: red   # ours
        x-mode: fast
    then: {model: m}
budgets: [{ scope: all, usd: 5 }]
`;

  it('what stays is as it was written, wherever it goes', () => {
    const edited = applyEdits(RULES, [
      {
        op: 'arrange',
        path: ['rules'],
        entries: [
          { was: 1, changes: { when: { header: { 'x-mode': undefined, 'x-new': '${A}' } }, enabled: false } },
          { was: null, changes: { when: {}, then: { model: 'n' } } },
          { was: 0, changes: {} },
        ],
      },
    ]);
    expect(edited).toContain('        x-team: red # ours\n        x-new: $${A}\n');
    for (const part of ['over: 10KB', '# big', '# nights', '"${CHEAP:-cheap}"'])
      expect(edited).toContain(part);
    expect(parse(edited)).toMatchObject({
      rules: [{ enabled: false }, { when: {}, then: { model: 'n' } }, { when: { tools: true } }],
    });
  });

  it('one switched off is one line more', () => {
    const edited = applyEdits(RULES, [
      {
        op: 'arrange',
        path: ['rules'],
        entries: [
          { was: 0, changes: {} },
          { was: 1, changes: { enabled: false } },
        ],
      },
    ]);
    expect(edited).toBe(RULES.replace('then: {model: m}\n', 'then: {model: m}\n    enabled: false\n'));
  });

  it.each([
    ['into nothing', ''],
    ['into an empty list', 'budgets: []\n'],
  ])('%s', (_case, text) => {
    const edited = applyEdits(text, [
      {
        op: 'arrange',
        path: ['budgets'],
        entries: [{ was: null, changes: { scope: 'all', usd: 5 } }],
      },
    ]);
    expect(edited).toBe('budgets:\n  - scope: all\n    usd: 5\n');
  });

  it('an entry that is not there is refused', () =>
    expect(() =>
      applyEdits(RULES, [{ op: 'arrange', path: ['rules'], entries: [{ was: 2, changes: {} }] }]),
    ).toThrow(RpcError));
});

type Provider = { readonly id: string; readonly max_concurrency?: number };
const isProviders = (value: unknown): value is { providers: readonly Provider[] } =>
  typeof value === 'object' && value !== null && 'providers' in value;

function providersOf(text: string): readonly Provider[] {
  const value: unknown = parse(text);
  return isProviders(value) ? value.providers : [];
}

it('any settings in any layout: values are right, comments and references stay', () => {
  const name = fc.constantFrom('openai', 'groq', 'ollama', 'xai');
  const spaces = fc.constantFrom(' ', '  ', '     ');
  const entry = fc.record({
    id: name,
    gap: spaces,
    oneLine: fc.boolean(),
    blank: fc.nat(3),
    comment: fc.constantFrom('', ' # a note', '      # far away'),
    quote: fc.constantFrom('', '"', "'"),
  });
  const file = fc
    .tuple(
      fc.uniqueArray(entry, { selector: ({ id }) => id, minLength: 1 }),
      fc.constantFrom('', '  ', '    '),
    )
    .map(([entries, indent]) =>
      entries.reduce(
        (text, { id, gap, oneLine, blank, comment, quote }) =>
          text +
          (oneLine
            ? `${indent}- { id: ${id},${gap}name: "\${N_${id}}" }${comment}\n`
            : `${indent}- id:${gap}${id}${comment}\n${indent}  # of ${id}\n${indent}  name: ${quote}\${N_${id}}${quote}\n`) +
          '\n'.repeat(blank),
        '# head\nproviders: # list\n',
      ),
    );
  const edits = fc.array(
    fc.record({
      id: name,
      weight: fc.integer({ min: 1, max: 99 }),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  fc.assert(
    fc.property(file, edits, (text, changes) => {
      const edited = applyEdits(
        text,
        changes.map(({ id, weight }) => ({
          op: 'set',
          path: ['providers', { id }, 'max_concurrency'],
          value: weight,
        })),
      );
      const wanted = new Map(providersOf(text).map((provider) => [provider.id, provider]));
      for (const { id, weight } of changes)
        wanted.set(id, { ...(wanted.get(id) ?? { id }), max_concurrency: weight });
      expect(providersOf(edited)).toEqual([...wanted.values()]);
      const marks = /#.*|\$\{[^}]*\}/g;
      expect(edited.match(marks)).toEqual(text.match(marks));
    }),
    { numRuns: 300, seed: 20261121 },
  );
});

describe('entries of a list', () => {
  const PROVIDERS = ['providers'];
  const ids = (text: string): readonly unknown[] => {
    const { providers } = z.object({ providers: z.array(z.object({ id: z.string() })) }).parse(parse(text));
    return providers.map(({ id }) => id);
  };

  it('are put in another order with what is written beside them', () => {
    const edited = applyEdits(FILE, [{ op: 'order', path: PROVIDERS, ids: ['groq', 'openai'] }]);
    expect(ids(edited)).toEqual(['groq', 'openai']);
    for (const part of ['# until March', "# Ada's", '# as the tools expect it', '${SECOND:-}']) {
      expect(edited).toContain(part);
    }
  });

  it('keep their place when they are not named, and are written when only a variable brings them in', () => {
    const order: ConfigEdit = { op: 'order', path: PROVIDERS, ids: ['xai', 'groq'] };
    expect(ids(applyEdits(FILE, [order]))).toEqual(['xai', 'groq', 'openai']);
    const last: ConfigEdit = { op: 'order', path: PROVIDERS, ids: ['groq', 'openai', 'xai'] };
    expect(ids(applyEdits(FILE, [last]))).toEqual(['groq', 'openai']);
  });

  it.each([
    [['providers', { id: 'openai' }], PROVIDERS],
    [['providers', { id: 'groq' }], PROVIDERS],
    [
      ['providers', { id: 'openai' }, 'keys', { id: 'k1' }],
      ['providers', { id: 'openai' }, 'keys'],
    ],
  ])('come back as they were written after they were taken out: %j', (path, list) => {
    const entry = entryText(FILE, path);
    if (entry === undefined) throw new Error('The entry was not found.');
    const without = applyEdits(FILE, [{ op: 'delete', path }]);
    const back = applyEdits(without, [{ op: 'restore', path: list, entry }]);
    expect(parse(back)).toEqual(parse(FILE));
    expect(back).toContain('# until March');
    expect(back).toContain("# Ada's");
    expect(() => applyEdits(back, [{ op: 'restore', path: list, entry }])).toThrow('again already');
  });

  it('come back into a list that is empty by now', () => {
    const one = 'providers:\n  - { id: box, name: Box } # mine\n';
    const path = ['providers', { id: 'box' }];
    const entry = entryText(one, path);
    if (entry === undefined) throw new Error('The entry was not found.');
    const edits: readonly ConfigEdit[] = [
      { op: 'delete', path },
      { op: 'restore', path: PROVIDERS, entry },
    ];
    expect(parse(applyEdits(one, edits))).toEqual(parse(one));
  });

  it('are told of only where they are written', () => {
    expect(entryText(FILE, ['providers', { id: 'xai' }])).toBeUndefined();
    expect(entryText(FILE, ['server', 'port'])).toBeUndefined();
  });

  it('are copied with changes, references to variables unexpanded', () => {
    const path = ['providers', { id: 'openai' }];
    const edited = applyEdits(FILE, [
      { op: 'copy', path, id: 'openai-2', changes: { name: 'Second', keys: undefined } },
    ]);
    expect(ids(edited)).toEqual(['openai', 'openai-2', 'groq']);
    expect(parse(edited).providers[1]).toEqual({ id: 'openai-2', enabled: true, name: 'Second' });
    expect(parse(edited).providers[0]).toEqual(parse(FILE).providers[0]);
  });
});
