import { describe, expect, it } from 'vitest';
import { testProvider, testStatus } from '../../testing/facts.ts';
import { createTranslate } from '../words.ts';
import { trayModel, type TrayEntry, type TrayFacts } from './model.ts';

const model = (facts: Partial<TrayFacts>, language: 'en' | 'zh-CN' = 'en') =>
  trayModel(
    { status: testStatus(), providers: [], requestsToday: 12, ...facts },
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
});

describe('the tray', () => {
  it('shows a running gateway', () => {
    const { icon, toolTip, entries } = model({});
    expect([icon, toolTip]).toEqual(['running', 'Switchyard: Running']);
    expect(texts(entries)).toEqual([
      'Running',
      '12 requests today',
      '-',
      'Open Switchyard',
      'Copy http://127.0.0.1:8000/v1',
      'Pause the gateway',
      '-',
      'Quit Switchyard',
    ]);
    expect(acts(entries)).toEqual(['open', 'copy-address', 'pause', 'quit']);
  });

  it('speaks Chinese', () => {
    expect(texts(model({}, 'zh-CN').entries)).toEqual([
      '运行中',
      '今天 12 个请求',
      '-',
      '打开 Switchyard',
      '复制 http://127.0.0.1:8000/v1',
      '暂停网关',
      '-',
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
    expect(icon).toBe('off');
    expect(texts(entries)[0]).toBe('Paused');
    expect(acts(entries)).toEqual(['open', 'copy-address', 'resume', 'quit']);
  });

  it.each([
    ['has not begun', null],
    ['is starting', testStatus({ state: 'starting', address: '' })],
  ])('offers no more than it can while the gateway %s', (_, status) => {
    const { icon, entries } = model({ status, requestsToday: null });
    expect(icon).toBe('off');
    expect(texts(entries)).toEqual(['Starting', '-', 'Open Switchyard', '-', 'Quit Switchyard']);
  });

  it('asks for a look when the gateway found no port', () => {
    const status = testStatus({ state: 'starting', address: '', problems: [problem('address_taken')] });
    expect(model({ status }).icon).toBe('degraded');
    expect(acts(model({ status }).entries)).toEqual(['open', 'quit']);
  });
});
