import { describe, expect, it } from 'vitest';
import { SETTING_PATHS } from '../../../contract/rpc/procedures/settings.ts';
import en from '../../../resources/locales/en.json';
import zh from '../../../resources/locales/zh-CN.json';
import { SECTIONS, sectionsFor } from './catalogue.ts';
import { searchSettings } from './search.ts';

const items = SECTIONS.flatMap((section) => section.items);
const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const at = (messages: unknown, key: string): unknown =>
  key.split('.').reduce<unknown>((node, name) => (isGroup(node) ? node[name] : undefined), messages);

describe('the catalogue', () => {
  it('shows every setting that the interface may change, once', () => {
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...SETTING_PATHS]));
  });

  it.each(items)('$id has a name and is found in both languages', ({ id, words }) => {
    for (const messages of [en, zh]) {
      expect(at(messages, `settings.items.${id}.label`)).toBeTypeOf('string');
    }
    expect(words).toMatch(/[a-z]/);
    expect(words).toMatch(/\p{Script=Han}/u);
  });

  it('leaves no message of a setting behind that is gone', () => {
    const known = new Set(items.map(({ id }) => id));
    const labelled = labels(en.settings.items);
    expect(labelled.filter((id) => !known.has(id))).toEqual([]);
  });

  it('has a name for each section in both languages, and for nothing else', () => {
    const ids = SECTIONS.map(({ id }) => id).toSorted();
    expect(Object.keys(en.settings.sections).toSorted()).toEqual(ids);
    expect(Object.keys(zh.settings.sections).toSorted()).toEqual(ids);
  });

  it('hides what has no meaning where it runs', () => {
    const ids = (onDesktop: boolean) =>
      sectionsFor(onDesktop).flatMap((section) => section.items.map(({ id }) => id));
    expect(ids(true)).toContain('desktop.closeToTray');
    expect(ids(true)).not.toContain('desktop.none');
    expect(ids(false)).toContain('desktop.none');
    expect(ids(false)).not.toContain('desktop.keychain');
  });
});

/** Ids below which a label stands. */
function labels(node: unknown, path = ''): readonly string[] {
  if (!isGroup(node)) return [];
  const own = typeof node['label'] === 'string' ? [path] : [];
  return [
    ...own,
    ...Object.entries(node).flatMap(([name, inner]) => labels(inner, path === '' ? name : `${path}.${name}`)),
  ];
}

describe('the search', () => {
  const find = (query: string, messages: unknown = en): readonly string[] =>
    searchSettings(sectionsFor(true), query, ({ id }) =>
      String(at(messages, `settings.items.${id}.label`)),
    ).flatMap((section) => section.items.map(({ id }) => id));

  it.each([
    ['port', 'server.port'],
    ['PORT', 'server.port'],
    ['端口', 'server.port'],
    ['client key', 'server.api_key'],
    ['requests.keep.rows', 'requests.keep.rows'],
    ['代理', 'network.proxy'],
    ['dark', 'appearance.theme'],
    ['深色', 'appearance.theme'],
    ['开机', 'desktop.openAtLogin'],
    ['telemetry', 'about.calls'],
  ])('%j finds %s', (query, id) => expect(find(query)).toContain(id));

  it('knows the names of the language in use', () =>
    expect(find('可从哪里访问', zh)).toContain('server.host'));

  it('wants every word, and finds nothing where there is nothing', () => {
    expect(find('log level')).toContain('logging.level');
    expect(find('log level')).not.toContain('logging.file');
    expect(find('toaster')).toEqual([]);
  });
});
