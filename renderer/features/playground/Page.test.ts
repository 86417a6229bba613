import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  conversationSchema,
  type Conversation,
  type ConversationSummary,
} from '../../../contract/rpc/procedures/conversations.ts';
import type { ChatEnd, ChatPart } from '../../../contract/rpc/procedures/playground.ts';
import { Cancelled } from '../../shared/rpc/rpc.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { keptOf } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const route = { path: '/playground/:id?', name: 'playground', component: Page };
const others = [
  { path: '/requests/:id?', name: 'requests', component: { render: () => null } },
  { path: '/providers', name: 'providers', component: { render: () => null } },
];

const END: ChatEnd = {
  requestId: 'req_1',
  outcome: 'ok',
  status: 200,
  provider: 'openai',
  model: 'gpt-5-mini',
  keyFingerprint: '…a1b2',
  attempts: 1,
  firstContentAt: 120,
  doneAt: 1_120,
  tokens: { input: 12, cacheRead: 4, cacheWrite: 0, output: 50, reasoning: 0 },
  cost: 1_500_000,
  warnings: [],
  finishReason: 'stop',
  error: null,
};

const summaryOf = ({ id, title, columns, turns, updatedAt }: Conversation): ConversationSummary => ({
  id,
  title,
  model: columns[0]?.model ?? '',
  models: columns.length,
  turns: turns.length,
  updatedAt,
});

interface SetUp {
  readonly at?: string;
  readonly kept?: Conversation[];
  readonly chat?: (tell: (part: ChatPart) => void, signal: AbortSignal | undefined) => Promise<ChatEnd>;
  readonly put?: () => void;
}

async function setUp({ at = '/playground', kept = [], chat, put }: SetUp = {}) {
  const saves: Conversation[] = [];
  const rpc = createFakeRpc({
    'conversations.list': () => ({
      conversations: kept.map(summaryOf),
      setAside: [],
    }),
    'conversations.get': ({ id }) => {
      const found = kept.find((one) => one.id === id);
      if (found === undefined) throw new Error(`There is no conversation ${id}.`);
      return { ...found, revision: JSON.stringify(found) };
    },
    'conversations.put': (conversation) => {
      put?.();
      const saved = conversationSchema.parse(keptOf(conversation));
      saves.push(saved);
      return { ...summaryOf(saved), revision: JSON.stringify(saved) };
    },
    'conversations.remove': () => null,
    'models.list': () => ({ models: [], lists: [], aliases: ['fast', 'slow'], pricesAsOf: '2026-11-20' }),
    'presets.list': () => ({ presets: [] }),
    'chatFiles.put': ({ base64 }) => ({ hash: 'a'.repeat(64), size: atob(base64).length }),
    'playground.chat': (_input, tell, signal) => chat?.(tell, signal) ?? Promise.resolve(END),
  });
  const { page, router } = await mountPage({ rpc, route, others, at });
  await flushPromises();
  return { rpc, page, router, saves };
}
const say = async (page: Awaited<ReturnType<typeof setUp>>['page'], text: string): Promise<void> => {
  const area = page.get('textarea[placeholder="Message the model"]');
  await area.setValue(text);
  await area.trigger('keydown', { key: 'Enter' });
  await flushPromises();
};

beforeEach(() => localStorage.clear());
// Behind the line above, and so before it: a page that lives on would write its own drafts when the next one hides.

describe('the playground page', () => {
  it('sends what was typed to the first model there is, and tells how it went', async () => {
    const { rpc, page, router } = await setUp({
      chat(tell) {
        tell({ kind: 'sent', requestId: 'req_1' });
        tell({ kind: 'served', provider: 'openai', model: 'gpt-5-mini', attempts: 1 });
        tell({ kind: 'reasoning-delta', text: 'hm' });
        tell({ kind: 'text-delta', text: 'Hello ' });
        tell({ kind: 'text-delta', text: 'there' });
        return Promise.resolve(END);
      },
    });
    await say(page, 'Hi');
    expect(rpc.calls.find(({ name }) => name === 'playground.chat')?.input).toEqual({
      model: 'fast',
      messages: [{ role: 'user', text: 'Hi' }],
      parameters: {},
    });
    const answer = page.get('[data-answer]');
    await expect.poll(() => answer.text()).toContain('Hello there');
    expect(page.get('dl').text()).toMatch(/120 ms.*50.*12.*4.*50.*…a1b2/s);
    expect(page.text()).toContain('openai · gpt-5-mini');
    await expect.poll(() => router.currentRoute.value.params['id']).toMatch(/^c-/);
    const saved = rpc.calls.filter(({ name }) => name === 'conversations.put').at(-1)?.input;
    expect(saved).toMatchObject({
      title: 'Hi',
      turns: [
        { text: 'Hi' },
        { text: 'Hello there', reasoning: 'hm', figures: { outcome: 'ok', outputTokens: 50 } },
      ],
    });
  });

  it('stops, keeps what came, and says so', async () => {
    const { page } = await setUp({
      chat: (tell, signal) =>
        new Promise((_resolve, reject) => {
          tell({ kind: 'text-delta', text: 'half' });
          signal?.addEventListener('abort', () => reject(new Cancelled()));
        }),
    });
    await say(page, 'Hi');
    const stop = page.findAll('button').find((button) => button.text().startsWith('Stop'));
    await stop?.trigger('click');
    await flushPromises();
    await expect.poll(() => page.get('[data-answer]').text()).toContain('half');
    expect(page.get('[data-answer]').text()).toContain('Stopped.');
    expect(page.get('[data-answer]').attributes('aria-busy')).toBe('false');
  });

  it('shows the sentence of the gateway with its code, and tries again', async () => {
    let broken = true;
    const { rpc, page } = await setUp({
      chat: (tell) => {
        if (!broken) tell({ kind: 'text-delta', text: 'now it works' });
        const error = { code: 'upstream_unreachable', message: 'openai: nobody answers.' };
        return Promise.resolve(broken ? { ...END, outcome: 'error', tokens: null, error } : END);
      },
    });
    await say(page, 'Hi');
    expect(page.get('[role=alert]').text()).toContain('openai: nobody answers.');
    expect(page.get('[role=alert]').text()).toContain('upstream_unreachable');
    broken = false;
    const again = page.findAll('[role=alert] button').find((button) => button.text() === 'Try again');
    await again?.trigger('click');
    await flushPromises();
    await expect.poll(() => page.get('[data-answer]').text()).toContain('now it works');
    expect(page.findAll('[data-answer]')).toHaveLength(1);
    expect(rpc.calls.filter(({ name }) => name === 'playground.chat').at(-1)?.input).toMatchObject({
      messages: [{ role: 'user', text: 'Hi' }],
    });
  });

  it('does not say there is no answer under the half of one that came', async () => {
    const { page } = await setUp({
      chat: (tell) => {
        tell({ kind: 'text-delta', text: 'half' });
        const error = { code: 'upstream_error', message: 'openai: it broke.' };
        return Promise.resolve({ ...END, outcome: 'error', tokens: null, error });
      },
    });
    await say(page, 'Hi');
    expect(page.get('[role=alert]').text()).toContain('The answer broke off.');
    expect(page.get('[role=alert]').text()).not.toContain('No answer.');
  });

  it('does not send while characters are composed, and makes a line with Shift', async () => {
    const { rpc, page } = await setUp();
    const area = page.get('textarea[placeholder="Message the model"]');
    await area.setValue('你');
    await area.trigger('keydown', { key: 'Enter', isComposing: true });
    await area.trigger('keydown', { key: 'Enter', shiftKey: true });
    expect(rpc.calls.some(({ name }) => name === 'playground.chat')).toBe(false);
  });

  it('keeps what was typed for the next visit', async () => {
    const first = await setUp();
    await first.page.get('textarea[placeholder="Message the model"]').setValue('half a thought');
    window.dispatchEvent(new Event('pagehide'));
    await flushPromises();
    const kept = localStorage.getItem('switchyard.playground.drafts');
    expect(kept).toMatch(/"c-[0-9a-f]+":"half a thought"\}$/);
  });

  it('does not cut a message that is longer than the drafts it keeps', async () => {
    const { page } = await setUp();
    const area = page.get('textarea[placeholder="Message the model"]');
    const text = 'x'.repeat(250_000);
    await area.setValue(text);
    await flushPromises();
    expect(area.element).toHaveProperty('value', text);
  });

  it('takes a long text that is pasted as a file, which can go into the message after all', async () => {
    const { rpc, page } = await setUp();
    const area = page.get('textarea[placeholder="Message the model"]');
    await area.setValue('Read: ');
    const paste = async (text: string): Promise<boolean> => {
      const clipboardData = { files: [], types: ['text/plain'], getData: () => text };
      const event = Object.assign(new Event('paste', { cancelable: true }), { clipboardData });
      area.element.dispatchEvent(event);
      await flushPromises();
      return event.defaultPrevented;
    };
    expect(await paste('short')).toBe(false);
    const long = 'a line of a log\n'.repeat(2_000);
    expect(await paste(long)).toBe(true);
    await expect.poll(() => page.text()).toContain('Pasted text.txt');
    expect(rpc.calls.find(({ name }) => name === 'chatFiles.put')?.input).toEqual({ base64: btoa(long) });
    expect(area.element).toHaveProperty('value', 'Read: ');

    await page
      .findAll('button')
      .find((one) => one.text() === 'Put it into the message')
      ?.trigger('click');
    await flushPromises();
    expect(area.element).toHaveProperty('value', `Read: ${long}`);
    expect(page.text()).not.toContain('Pasted text.txt');
  });

  it('says that the arguments of a call are no JSON, and shows them as they came', async () => {
    const { page } = await setUp({
      chat(tell) {
        tell({ kind: 'call-delta', index: 0, id: 'a', name: 'sum', text: '{"x": 1' });
        tell({ kind: 'call-delta', index: 1, id: 'b', name: 'sum', text: '{"x": 2}' });
        return Promise.resolve(END);
      },
    });
    await say(page, 'Hi');
    await expect.poll(() => page.findAll('section[aria-label^="Call "]')).toHaveLength(2);
    const [broken, whole] = page.findAll('section[aria-label^="Call "]').map((card) => card.text());
    expect(broken).toContain('no valid JSON');
    expect(broken).toContain('{"x": 1');
    expect(whole).not.toContain('no valid JSON');
  });

  it('shows the beginning of a very long message, and all of it when asked', async () => {
    const { page } = await setUp();
    await say(page, `${'word '.repeat(10_000)}end`);
    const message = page.get('article');
    expect(message.text()).not.toContain('end');
    await message
      .findAll('button')
      .find((one) => one.text() === 'Show all 50,003 characters')
      ?.trigger('click');
    expect(message.text()).toContain('end');
  });

  it('says that a conversation is not saved, and why', async () => {
    const { page } = await setUp({
      put: () => {
        throw new Error('No space left.');
      },
    });
    await say(page, 'Hi');
    expect(page.text()).toContain('This chat is not saved.');
    expect(page.text()).toContain('No space left.');
  });

  it('says so also of one that is not on screen any more, by its name, and saves that one again', async () => {
    let full = true;
    const { page, saves } = await setUp({
      put: () => {
        if (full) throw new Error('No space left.');
      },
    });
    await say(page, 'Hi');
    await page.get('button[aria-label^="New chat"]').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('“Hi” is not saved.');
    full = false;
    const again = page.findAll('[role=alert] button').find((one) => one.text() === 'Try again');
    await again?.trigger('click');
    await flushPromises();
    expect(saves.at(-1)?.title).toBe('Hi');
    expect(page.text()).not.toContain('is not saved.');
  });

  it('follows what is saved elsewhere', async () => {
    const kept: Conversation[] = [];
    const first = await setUp({ kept });
    await say(first.page, 'Hi');
    await expect.poll(() => first.router.currentRoute.value.params['id']).toMatch(/^c-/);
    const conversation = first.saves.at(-1);
    if (conversation === undefined) throw new Error('not saved');
    const elsewhere: Conversation = {
      ...conversation,
      turns: conversation.turns.map((turn) =>
        turn.role === 'user' ? turn : { ...turn, text: 'from there' },
      ),
    };
    kept.push(elsewhere);
    first.rpc.emit({
      topic: 'conversations.changed',
      data: { id: conversation.id, saved: { ...summaryOf(elsewhere), revision: 'another' } },
    });
    await expect.poll(() => first.page.get('[data-answer]').text()).toContain('from there');
  });

  it('says so when there is no such conversation', async () => {
    const { page } = await setUp({ at: '/playground/c-0123456789' });
    expect(page.text()).toContain('There is no conversation c-0123456789.');
  });

  it.each(['models=fast,slow', 'models=fast&models=slow'])(
    'opens a column for each of ?%s',
    async (query) => {
      const { page } = await setUp({ at: `/playground?${query}` });
      const names = page.findAll('button[aria-label^="Model: "]').map((one) => one.attributes('aria-label'));
      expect(names).toEqual(['Model: fast', 'Model: slow']);
    },
  );

  it('takes the model from the address', async () => {
    const { page, router } = await setUp({ at: '/playground?model=slow' });
    expect(page.find('button[aria-label="Model: slow"]').exists()).toBe(true);
    expect(router.currentRoute.value.query).toEqual({});
  });
});
