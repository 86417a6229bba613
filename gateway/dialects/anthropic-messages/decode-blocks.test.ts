/** What the blocks of a message are read as. */
import { describe, expect, test } from 'vitest';
import { wrapSignature } from '../../core/canonical/signature.ts';
import { assistant, parts, user } from '../../testing/decode-anthropic.ts';

describe('blocks of the user', () => {
  const data = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
  const inline = { kind: 'data', mediaType: 'image/png', base64: 'AAAA' };
  test.each([
    [{ type: 'image', source: data }, [{ kind: 'image', source: inline }]],
    [
      {
        type: 'image',
        source: { type: 'url', url: 'https://a/b.png' },
        cache_control: { type: 'ephemeral' },
      },
      [
        {
          kind: 'image',
          source: { kind: 'url', url: 'https://a/b.png', mediaType: '' },
          cache: { ttl: null },
        },
      ],
    ],
    [
      { type: 'image', source: { type: 'url', url: 'data:image/png;base64,AAAA' } },
      [{ kind: 'image', source: inline }],
    ],
    [
      { type: 'image', source: { type: 'file', file_id: 'file_1' } },
      [{ kind: 'image', source: { kind: 'uploaded', id: 'file_1', mediaType: '' } }],
    ],
    [
      { type: 'document', title: 'a.pdf', source: { ...data, media_type: 'application/pdf' } },
      [{ kind: 'file', source: { ...inline, mediaType: 'application/pdf' }, name: 'a.pdf' }],
    ],
    [
      { type: 'document', source: { type: 'url', url: 'https://a/b' } },
      [{ kind: 'file', source: { kind: 'url', url: 'https://a/b', mediaType: 'application/pdf' } }],
    ],
    [
      {
        type: 'document',
        context: 'From 1999.',
        source: { type: 'text', media_type: 'text/plain', data: 'é' },
      },
      [
        { kind: 'text', text: 'From 1999.' },
        { kind: 'file', source: { kind: 'data', mediaType: 'text/plain', base64: 'w6k=' } },
      ],
    ],
    [
      {
        type: 'document',
        title: 'Parts',
        source: {
          type: 'content',
          content: [
            { type: 'text', text: 'one' },
            { type: 'image', source: data },
          ],
        },
      },
      [
        { kind: 'text', text: 'Parts' },
        { kind: 'text', text: 'one' },
        { kind: 'image', source: inline },
      ],
    ],
    [
      { type: 'search_result', title: 'T', source: 'https://s', content: [{ type: 'text', text: 'words' }] },
      [{ kind: 'text', text: 'T\nhttps://s\n\nwords' }],
    ],
  ])('%j', (block, read) => {
    const request = user(block);
    expect(parts(request)).toEqual(read);
    expect(request.warnings).toEqual([]);
  });

  test.each([
    [{ content: 'done' }, [{ kind: 'text', text: 'done' }], false],
    [{ content: '', is_error: false }, [], false],
    [{}, [], false],
    [
      {
        content: [
          { type: 'text', text: 'see' },
          { type: 'image', source: data },
        ],
        is_error: true,
      },
      [
        { kind: 'text', text: 'see' },
        { kind: 'image', source: inline },
      ],
      true,
    ],
  ])('a result %j', (rest, content, failed) => {
    expect(parts(user({ type: 'tool_result', tool_use_id: 't', ...rest }))).toEqual([
      { kind: 'tool-result', id: 't', name: '', content, failed, custom: false },
    ]);
  });

  test('what nobody else knows is left out and told once', () => {
    const request = user(
      { type: 'text', text: 'a' },
      { type: 'container_upload' },
      { type: 'container_upload' },
    );
    expect(parts(request)).toEqual([{ kind: 'text', text: 'a' }]);
    expect(request.warnings).toEqual([expect.stringContaining('"container_upload"')]);
    const citing = { type: 'document', citations: { enabled: true }, source: { type: 'text', data: 'a' } };
    expect(user(citing).warnings).toEqual([expect.stringContaining('"citations"')]);
    expect(user({ type: 'image', source: { type: 'new' } }).warnings).toEqual([
      expect.stringContaining('"new"'),
    ]);
  });
});

describe('blocks of the assistant', () => {
  const signature = (format: string, value: string) => ({ format, value, id: null, origin: null });
  test('thoughts keep their signature', () => {
    const request = assistant(
      { type: 'thinking', thinking: 'hm', signature: 'S' },
      { type: 'redacted_thinking', data: 'D' },
      { type: 'thinking', thinking: '', signature: 'S2' },
      { type: 'thinking', thinking: 'no proof', signature: '' },
      { type: 'thinking', thinking: '', signature: '' },
      { type: 'text', text: 'a' },
    );
    expect(parts(request, 1)).toEqual([
      { kind: 'reasoning', text: 'hm', signature: signature('anthropic', 'S') },
      { kind: 'reasoning', text: '', signature: signature('anthropic-redacted', 'D') },
      { kind: 'reasoning', text: '', signature: signature('anthropic', 'S2') },
      { kind: 'reasoning', text: 'no proof', signature: null },
      { kind: 'text', text: 'a' },
    ]);
  });

  test('one that the gateway wrapped comes back as it was', () => {
    const origin = { provider: 'google', model: 'gemini', key: 'k' };
    const made = { format: 'gemini', value: 'V', id: null, origin } as const;
    const request = assistant({ type: 'thinking', thinking: 'x', signature: wrapSignature(made) });
    expect(parts(request, 1)).toEqual([{ kind: 'reasoning', text: 'x', signature: made }]);
  });

  test('calls', () => {
    const request = assistant({ type: 'tool_use', id: 't', name: 'f', input: { a: [1] } });
    expect(parts(request, 1)).toEqual([
      { kind: 'tool-call', id: 't', name: 'f', input: '{"a":[1]}', custom: false },
    ]);
  });

  test("blocks of Anthropic's own tools are left out and told", () => {
    const request = assistant(
      { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
      { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
      { type: 'text', text: 'a' },
    );
    expect(parts(request, 1)).toEqual([{ kind: 'text', text: 'a' }]);
    expect(request.warnings).toHaveLength(2);
  });
});
