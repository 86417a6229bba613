/** That a log finds words in messages and answers. */
import { expect, it, vi } from 'vitest';
import type { RequestFilter } from '../../../contract/log/filter.ts';
import type { RequestRow } from '../../../contract/log/row.ts';
import type { BodyCapture, RequestLog } from '../../core/log-store.ts';
import { capture, requestRow, sequences } from '../request-row.ts';

/** For what a log does by itself, ms. */
const PATIENCE = 20_000;

/** @param log the empty log of the test that runs */
export function itFindsWords(log: () => RequestLog): void {
  it('finds what was said a moment ago, and leaves it out where it is not wanted', async () => {
    for (const [index, content] of ['first', 'second'].entries()) {
      const request = capture(JSON.stringify({ messages: [{ role: 'user', content }] }));
      log().finish(requestRow({ sequence: index + 1 }), { request, response: null });
      const found = await log().list({ limit: 10, filter: { words: content } });
      expect([sequences(found.rows), found.search?.index.waiting]).toEqual([[index + 1], 0]);
      const others = await log().list({ limit: 10, filter: { words: `-${content}` } });
      expect(sequences(others.rows)).toEqual(index === 0 ? [] : [1]);
    }
  });

  it('finds words in messages and answers, together with conditions', async () => {
    const chat = (...texts: readonly string[]): BodyCapture =>
      capture(JSON.stringify({ messages: texts.map((content) => ({ role: 'user', content })) }));
    const said = (content: string): BodyCapture =>
      capture(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content } }] }));
    const add = (
      sequence: number,
      request: BodyCapture | null,
      response: BodyCapture | null,
      row: Partial<RequestRow> = {},
    ): void => log().finish(requestRow({ sequence, ...row }), { request, response });
    add(1, chat('Please fix the login page.'), said('Done: the Café is open.'));
    add(2, chat('Please fix the login page.', 'And call getUserName()'), null, { provider: 'groq' });
    add(3, chat('请修复登录页面。'), said('好的，已经修复。'));
    add(4, chat('see src/app/main.ts and my_name'), said('100 pages'), { outcome: 'cut' });
    add(5, null, null, { path: '/v1/messages' });
    const cases: readonly (readonly [RequestFilter, readonly number[]])[] = [
      [{ words: 'login' }, [2, 1]],
      [{ words: 'LOGIN cafe' }, [1]],
      [{ words: 'login -café' }, [2]],
      [{ words: '"login page"' }, [2, 1]],
      [{ words: '"page login"' }, []],
      [{ words: '-login' }, [5, 4, 3]],
      [{ words: 'user' }, [2]],
      [{ words: 'userName' }, [2]],
      [{ words: 'getusername' }, [2]],
      [{ words: 'src/app' }, [4]],
      [{ words: 'my_name' }, [4]],
      [{ words: '登录' }, [3]],
      [{ words: '修复登录' }, [3]],
      [{ words: '登录 已经' }, [3]],
      [{ words: '面' }, [3]],
      [{ words: '录登' }, []],
      [{ words: 'assistant' }, []],
      [{ words: '=>' }, []],
      [{ words: ' ' }, [5, 4, 3, 2, 1]],
      [{ words: '/v1/messages' }, []],
      [{ words: '/v1/messages', address: true }, [5]],
      [{ words: 'POST /v1/mess', address: true }, [5]],
      [{ words: '登录', address: true }, [3]],
      [{ words: 'login', where: [{ kind: 'text', field: 'provider', values: ['groq'] }] }, [2]],
      [{ words: '-login', where: [{ kind: 'flag', field: 'failed' }] }, [4]],
    ];
    await vi.waitFor(async () => {
      const { search } = await log().list({ limit: 1, filter: { words: 'pages' } });
      expect(search).toEqual({
        excerpts: [{ before: '100 ', hit: 'pages', after: '' }],
        index: { waiting: 0, since: null },
      });
    }, PATIENCE);
    for (const [filter, expected] of cases) {
      const page = await log().list({ limit: 10, filter });
      const found = { filter, rows: sequences(page.rows), total: page.total, exact: page.totalIsExact };
      expect(found).toEqual({ filter, rows: expected, total: expected.length, exact: true });
    }
    const { search } = await log().list({ limit: 10, filter: { words: '修复' } });
    expect(search?.excerpts).toEqual([{ before: '好的，已经', hit: '修复', after: '。' }]);
  });
}
