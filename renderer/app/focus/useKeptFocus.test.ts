import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { useKeptFocus } from './useKeptFocus.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Puts up a page and the focus on what has the id `here`. */
function page(html: string): (id: string) => HTMLElement {
  document.body.innerHTML = `<div id="app"><div><main id="main" tabindex="-1">${html}</main></div></div>`;
  mount(
    defineComponent(() => {
      useKeptFocus();
      return () => h('p');
    }),
  );
  const find = (id: string): HTMLElement => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`No ${id}`);
    return found;
  };
  find('here').focus();
  return find;
}
/** Lets those who watch the page hear of a change, and everybody have their turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  await vi.runAllTimersAsync();
}
/** As a browser does it. */
function disable(control: HTMLElement): void {
  control.blur();
  control.setAttribute('disabled', '');
}
const focused = (): string | undefined => document.activeElement?.id;
const row = (id: string, own = ''): string =>
  `<li id="${id}"><input id="${id}-a"><button id="${own === '' ? `${id}-b` : own}">x</button></li>`;

describe('the focus', () => {
  it.each([
    [
      'of a row in the middle goes to the same control of the next',
      row('1') + row('2', 'here') + row('3'),
      '2',
      '3-b',
    ],
    ['of the last row goes to the same control of the one above', row('1') + row('2', 'here'), '2', '1-b'],
    ['of the only row goes to what follows the list', row('2', 'here'), '2', 'after'],
  ])('%s', async (_, rows, leaving, to) => {
    const find = page(
      `<div><button id="before">x</button><ul>${rows}</ul><button id="after">x</button></div>`,
    );
    find(leaving).remove();
    await settle();
    expect(focused()).toBe(to);
  });

  it('goes to what takes the place of what left', async () => {
    const find = page(
      '<section><button id="one">x</button><button id="here">x</button><i id="end"></i></section>',
    );
    const bar = document.createElement('div');
    bar.innerHTML = '<button id="new">x</button>';
    find('here').remove();
    find('end').before(bar);
    await settle();
    expect(focused()).toBe('new');
  });

  it('goes to the page when the whole of it changed', async () => {
    const find = page('<div id="all"><button id="here">x</button></div><div><button>x</button></div>');
    find('all').remove();
    await settle();
    expect(focused()).toBe('main');
  });

  it('comes back to a control that was disabled for a moment', async () => {
    const find = page('<p><button id="here">x</button><button id="other">x</button></p>');
    const here = find('here');
    disable(here);
    await Promise.resolve();
    await vi.advanceTimersByTimeAsync(100);
    here.removeAttribute('disabled');
    await settle();
    expect(focused()).toBe('here');
  });

  it('leaves one that stays disabled', async () => {
    const find = page('<p><button id="here">x</button><button id="other">x</button></p>');
    disable(find('here'));
    await settle();
    expect(focused()).toBe('other');
  });

  it('of a dialog goes to where its opener stood', async () => {
    const find = page(`<div><ul>${row('1', 'here')}${row('2')}</ul></div>`);
    const dialog = document.createElement('div');
    dialog.innerHTML = '<button id="yes">x</button>';
    document.body.append(dialog);
    find('yes').focus();
    find('1').remove();
    dialog.remove();
    await settle();
    expect(focused()).toBe('2-b');
  });

  it('of a note goes back to the page', async () => {
    const find = page('<button id="here">x</button>');
    const notes = document.createElement('section');
    notes.innerHTML = '<div data-toast id="note"><button id="undo">x</button></div>';
    find('app').append(notes);
    find('undo').focus();
    find('note').remove();
    await settle();
    expect(focused()).toBe('here');
  });

  it('stays where somebody put it, and where a pointer works', async () => {
    const find = page(`<ul>${row('1', 'here')}${row('2')}</ul><button id="elsewhere">x</button>`);
    find('1').remove();
    find('elsewhere').focus();
    await settle();
    expect(focused()).toBe('elsewhere');

    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    find('elsewhere').remove();
    await settle();
    expect(document.activeElement).toBe(document.body);
  });
});
