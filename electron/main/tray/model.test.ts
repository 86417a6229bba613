import { describe, expect, it } from 'vitest';
import { asSaid } from '../../../gateway/index.ts';
import { testProvider, testStatus } from '../../testing/facts.ts';
import { createTranslate } from '../words.ts';
import { trayModel, type TrayEntry, type TrayFacts } from './model.ts';

const model = (facts: Partial<TrayFacts>, language: 'en' | 'zh-CN' = 'en') =>
  trayModel(
    { status: testStatus(), providers: [], today: { requests: 12, cost: 3.4e12 }, ...facts },
    createTranslate(language),
    language,
  );
const texts = (entries: readonly TrayEntry[]): string[] =>
  entries.map((entry) => (entry.kind === 'separator' ? '-' : entry.text));
const acts = (entries: readonly TrayEntry[]): string[] =>
  entries.flatMap((entry) => (entry.kind === 'act' ? [entry.act] : []));

const problem = (code: 'address_taken' | 'config_warning' | 'secrets_unavailable') => ({
  code,
  message: 'x',
  told: asSaid('x'),
});

describe('the tray', () => {
  it('shows a running gateway', () => {
    const { icon, toolTip, entries } = model({});
    expect([icon, toolTip]).toEqual(['running', 'Switchyard: Running']);
    expect(texts(entries)).toEqual([
      'Running',
      '12 requests today · $3.40',
      '-',
      'Open Switchyard',
      'Copy http://127.0.0.1:8000/v1',
      'Connect a tool…',
      'Pause the gateway',
      '-',
      'Diagnostics…',
      'Quit Switchyard',
    ]);
    expect(acts(entries)).toEqual(['open', 'copy-address', 'connect', 'pause', 'diagnostics', 'quit']);
  });

  it('speaks Chinese', () => {
    expect(texts(model({}, 'zh-CN').entries)).toEqual([
      '运行中',
      '今天 12 个请求 · $3.40',
      '-',
      '打开 Switchyard',
      '复制 http://127.0.0.1:8000/v1',
      '接入工具…',
      '暂停网关',
      '-',
      '诊断信息…',
      '退出 Switchyard',
    ]);
  });

  it.each([
    [
      'a condition',
      { status: testStatus({ problems: [problem('secrets_unavailable')] }) },
      'Running, 1 thing needs a look',
    ],
    [
      'providers without a usable key',
      {
        providers: [
          testProvider('a', 'no_usable_key'),
          testProvider('b', 'no_usable_key'),
          testProvider('c'),
        ],
      },
      'Running, 2 things need a look',
    ],
  ])('asks for a look at %s', (_, facts, text) => {
    const { icon, entries } = model(facts);
    expect([icon, texts(entries)[0]]).toEqual(['degraded', text]);
  });

  it('makes nothing of warnings, of keys not given yet, and of providers that are off', () => {
    const facts = {
      status: testStatus({ problems: [problem('config_warning')] }),
      providers: [
        testProvider('a', 'no_key'),
        testProvider('b', 'all_keys_disabled'),
        testProvider('c', null, false),
      ],
    };
    expect(model(facts).icon).toBe('running');
  });

  it('shows a paused gateway, and resumes it', () => {
    const { icon, entries } = model({ status: testStatus({ state: 'paused' }) });
    expect(icon).toBe('paused');
    expect(acts(model({ windowLost: true }).entries)).toContain('reset-window');
    expect(texts(entries)[0]).toBe('Paused');
    expect(acts(entries)).toEqual(['open', 'copy-address', 'connect', 'resume', 'diagnostics', 'quit']);
  });

  it.each([
    ['has not begun', null],
    ['is starting', testStatus({ state: 'starting', address: '' })],
  ])('offers no more than it can while the gateway %s', (_, status) => {
    const { icon, entries } = model({ status, today: null });
    expect(icon).toBe('off');
    expect(texts(entries)).toEqual([
      'Starting',
      '-',
      'Open Switchyard',
      'Connect a tool…',
      '-',
      'Diagnostics…',
      'Quit Switchyard',
    ]);
  });

  it('asks for a look when the gateway found no port', () => {
    const status = testStatus({ state: 'starting', address: '', problems: [problem('address_taken')] });
    expect(model({ status }).icon).toBe('degraded');
    expect(acts(model({ status }).entries)).toEqual(['problems', 'open', 'connect', 'diagnostics', 'quit']);
  });

  it('names what needs a look, three at the most', () => {
    const providers = ['a', 'b', 'c'].map((id) => testProvider(id, 'no_usable_key'));
    const status = testStatus({ problems: [problem('secrets_unavailable')] });
    expect(texts(model({ status, providers }).entries).slice(2, 6)).toEqual([
      'Stored keys cannot be read',
      'A has no usable key',
      'B has no usable key',
      '1 more…',
    ]);
  });
});
