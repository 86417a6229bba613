/** Chats that are far longer than usual, and a text of 5 MB that is pasted. */
import type { Browser, CDPSession, Page } from '@playwright/test';
import { busy, heap, measureOpening } from './measure.ts';
import { traceTasks } from './longest-task.ts';

/** Bytes of a pasted text. */
const PASTED = 5_000_000;

export interface OpenedChat {
  /** Main thread until its last words are shown, ms. */
  readonly busy: number;
  readonly longest: number;
  /** Elements of the page. */
  readonly elements: number;
  /** Bytes of the page's objects. */
  readonly heap: number;
}

/** Opens one from another one. */
export async function measureChatOpening(
  browser: Browser,
  page: Page,
  session: CDPSession,
  id: string,
): Promise<OpenedChat> {
  let spent = 0;
  const { longest } = await traceTasks(browser, page, async () => {
    const opening = await measureOpening(
      page,
      session,
      `/playground/${id}`,
      `[data-chat="${id}"] [data-answer]`,
    );
    const before = await busy(session);
    // Its words and their colours, until nothing happens any more.
    await page.waitForTimeout(1_500);
    spent = opening.busy + (await busy(session)) - before;
  });
  const elements = await page.evaluate<number>('document.querySelectorAll("*").length');
  return { busy: spent, longest, elements, heap: await heap(session) };
}

export interface Pasted {
  readonly busy: number;
  readonly longest: number;
}

/** By the clipboard and its key, as people do it. */
export async function measurePaste(browser: Browser, page: Page, session: CDPSession): Promise<Pasted> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(
    `navigator.clipboard.writeText('One line of a log of some service. '.repeat(${PASTED / 35}))`,
  );
  await page.locator('main form textarea').first().focus();
  const before = await busy(session);
  const { longest } = await traceTasks(browser, page, async () => {
    await page.keyboard.press('Control+v');
    await page.locator('main form li button').first().waitFor();
    await page.waitForTimeout(1_500);
  });
  return { busy: (await busy(session)) - before, longest };
}
