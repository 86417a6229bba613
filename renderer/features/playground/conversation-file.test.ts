import { describe, expect, it } from 'vitest';
import { fileNameOf, filesOf, readJson, requestOf, writeJson, writeMarkdown } from './conversation-file.ts';
import { makeTurn, newConversation } from './conversation.ts';
import { addTurn } from './tree.ts';

const FILE = { hash: 'a'.repeat(64), kind: 'text' as const, name: 'a`b.csv', mime: 'text/csv', size: 3 };

function sample() {
  const empty = {
    ...newConversation('c-12345678', ['openai/gpt', 'fast'], 1),
    title: 'Two\nlines',
    system: 'Brief.',
  };
  const [first, second] = empty.columns;
  const columns = [first?.id ?? '', second?.id ?? ''];
  const asked = makeTurn('user', null, 1, { text: 'Which?', files: [FILE] });
  const called = makeTurn('assistant', asked.id, 2, {
    column: columns[0] ?? '',
    model: 'openai/gpt',
    reasoning: 'Hm.\nYes.',
    calls: [{ id: '1', name: 'run_sql', arguments: '{"q":"```"}' }],
  });
  const answered = makeTurn('tool', called.id, 3, {
    column: columns[0] ?? '',
    results: [{ callId: '1', text: '[]', origin: 'manual' }],
  });
  const other = makeTurn('assistant', asked.id, 2, { column: columns[1] ?? '', refusal: 'No.' });
  const both = addTurn(empty, asked, columns);
  return addTurn(
    addTurn(addTurn(both, called, columns.slice(0, 1)), answered, columns.slice(0, 1)),
    other,
    columns.slice(1),
  );
}

describe('a conversation as JSON', () => {
  it('comes back whole, with its files', () => {
    const conversation = sample();
    const files = { [FILE.hash]: 'YSxi' };
    expect(readJson(writeJson({ conversation, files }))).toEqual({ conversation, files });
    expect(filesOf(conversation)).toEqual([FILE]);
  });
  it.each([
    ['no JSON', '{'],
    ['another JSON', '{"turns":[],"columns":[]}'],
    ['a later version', '{"format":"switchyard-chat","version":2,"conversation":{"turns":[],"columns":[]}}'],
    ['one without turns', '{"format":"switchyard-chat","version":1,"conversation":{"columns":[]}}'],
    ['null', 'null'],
  ])('%s is none', (_, text) => {
    expect(readJson(text)).toBeNull();
  });
});

describe('a conversation as Markdown', () => {
  it('tells the path of each column', () => {
    const words = {
      untitled: 'Untitled',
      system: 'System prompt',
      you: 'You',
      answer: 'Answer',
      reasoning: 'Reasoning',
      call: 'Call of',
      result: 'Result',
    };
    const text = writeMarkdown(sample(), words);
    expect(text.split('\n\n')).toEqual([
      '# Two lines',
      '## System prompt',
      'Brief.',
      '# openai/gpt',
      '## You',
      "- `a'b.csv` (text/csv)",
      'Which?',
      '## Answer · openai/gpt',
      '> **Reasoning**\n>\n> Hm.\n> Yes.',
      '**Call of `run_sql`**',
      '````json\n{"q":"```"}\n````',
      '**Result**',
      '```\n[]\n```',
      '# fast',
      '## You',
      "- `a'b.csv` (text/csv)",
      'Which?',
      '## Answer',
      'No.\n',
    ]);
  });
});

describe('the name of the file', () => {
  it.each([
    ['About trains', 'About trains.md'],
    ['../../etc/passwd', 'etc passwd.md'],
    ['a<b>:"c"|?*', 'a b c.md'],
    ['...', 'chat.md'],
    ['', 'chat.md'],
    ['你好', '你好.md'],
  ])('%j becomes %j', (title, name) => {
    expect(fileNameOf(title, 'md')).toBe(name);
  });
});

it.each([
  ['[{"role":"user","content":"x"}]', '{"messages":[{"role":"user","content":"x"}]}'],
  ['{"model":"m","messages":[]}', '{"model":"m","messages":[]}'],
  ['{"format":"other"}', null],
  ['no JSON', null],
  ['', null],
])('%j is the request %j', (text, request) => {
  expect(requestOf(text)).toBe(request);
});
