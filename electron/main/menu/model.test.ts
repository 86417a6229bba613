import { describe, expect, it } from 'vitest';
import { MENU_COMMANDS } from '../../../contract/rpc/commands.ts';
import { PAGES } from '../../../renderer/app/shell/pages.ts';
import { PAGE_NAMES } from '../../../contract/rpc/pages.ts';
import { createTranslate } from '../words.ts';
import { menuModel, type MenuFacts } from './model.ts';

const menu = (facts: Partial<MenuFacts> = {}, language: 'en' | 'zh-CN' = 'en') =>
  menuModel({ platform: 'linux', paused: false, developer: false, ...facts }, createTranslate(language));
const entries = (facts: Partial<MenuFacts> = {}) => menu(facts).flatMap((group) => group.entries);
const roles = (facts: Partial<MenuFacts> = {}) =>
  entries(facts).flatMap((entry) => (entry.kind === 'role' ? [entry.role] : []));
const acts = (facts: Partial<MenuFacts> = {}) =>
  entries(facts).flatMap((entry) => (entry.kind === 'act' ? [entry] : []));

it('knows the pages of the navigation, in its order', () => {
  expect(PAGE_NAMES).toEqual(PAGES.map(({ name }) => name));
});

describe('the menu', () => {
  it('names its groups in both languages', () => {
    const names = (language: 'en' | 'zh-CN') => menu({}, language).map(({ text }) => text);
    expect(names('en')).toEqual(['Switchyard', 'Edit', 'View', 'Gateway', 'Help']);
    expect(names('zh-CN')).toEqual(['Switchyard', '编辑', '视图', '网关', '帮助']);
  });

  it.each(['linux', 'darwin', 'win32'] as const)(
    'opens every page on %s, by keys the page handles',
    (platform) => {
      const pages = acts({ platform }).filter(({ act }) => act.kind === 'page');
      expect(pages).toHaveLength(PAGE_NAMES.length);
      expect(pages.every(({ keysOfPage }) => keysOfPage === true)).toBe(true);
    },
  );

  it.each(['linux', 'darwin', 'win32'] as const)('has editing, zooming and quitting on %s', (platform) => {
    expect(roles({ platform })).toEqual(
      expect.arrayContaining(['undo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn']),
    );
    expect(acts({ platform }).map(({ act }) => act.kind)).toEqual(
      expect.arrayContaining(['about', 'close', 'quit', 'copy-address', 'data-folder']),
    );
  });

  it.each(['linux', 'darwin', 'win32'] as const)(
    'passes on to the page what only it can do on %s',
    (platform) => {
      const commands = acts({ platform }).flatMap(({ act, keys, keysOfPage }) =>
        act.kind === 'command' ? [[act.id, keys, keysOfPage]] : [],
      );
      expect(commands.toSorted()).toEqual([
        ['check-updates', undefined, undefined],
        ['diagnostics', undefined, undefined],
        ['new-chat', 'CmdOrCtrl+N', true],
        ['palette', 'CmdOrCtrl+K', true],
        // A plain key in a menu would be taken from whoever types.
        ['problems', undefined, undefined],
        ['shortcuts', undefined, undefined],
      ]);
      expect(commands.map(([id]) => id).toSorted()).toEqual(MENU_COMMANDS.toSorted());
    },
  );

  it('uses no keys twice', () => {
    const keys = acts({ platform: 'darwin' }).flatMap(({ keys: own }) => (own === undefined ? [] : [own]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('pauses what runs and resumes what is paused', () => {
    const pauseOf = (paused: boolean) => acts({ paused }).find(({ act }) => act.kind === 'pause');
    expect(pauseOf(false)).toMatchObject({ text: 'Pause the gateway', act: { paused: true } });
    expect(pauseOf(true)).toMatchObject({ text: 'Resume the gateway', act: { paused: false } });
  });

  it('has the tools of developers for them alone', () => {
    expect([
      roles().includes('toggleDevTools'),
      roles({ developer: true }).includes('toggleDevTools'),
    ]).toEqual([false, true]);
  });
});
