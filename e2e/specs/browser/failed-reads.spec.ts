/** Reads that fail: each page says what it could not read and why, and "Try again" brings it once it can be read. */
import type { Locator, Page } from '@playwright/test';
import { ask } from '../../fixtures/chat.ts';
import { expect, REASON, test, type FailingCalls } from '../../fixtures/failing-calls.ts';

const UNREACHABLE = 'The gateway does not answer. Is it still running?';

interface Stop {
  readonly path: string;
  /** The procedure behind the page. */
  readonly reads: string;
  /** What it says when that fails. */
  readonly says: string;
  /** What is there when it works. */
  readonly shows: (main: Locator) => Locator;
  /** Another page has read it before, so that it is read anew with the page only. */
  readonly known?: boolean;
}

const STOPS: readonly Stop[] = [
  {
    path: '/models',
    reads: 'models.list',
    says: 'The models could not be read',
    shows: (main) => main.getByRole('grid').getByRole('row').filter({ hasText: 'demo' }).first(),
  },
  {
    path: '/playground',
    reads: 'conversations.list',
    says: '',
    shows: (main) => main.getByText('Chats appear here once something was said.'),
  },
  {
    path: '/routing',
    reads: 'routing.rules',
    says: 'The aliases could not be read',
    shows: (main) => main.getByRole('heading', { name: 'Rules' }),
  },
  {
    path: '/routing?tab=complexity',
    reads: 'complexity.show',
    says: 'The weights could not be read',
    shows: (main) => main.getByRole('region', { name: 'Weights and thresholds' }),
  },
  {
    path: '/routing?tab=budgets',
    reads: 'budgets.list',
    says: 'The budgets could not be read.',
    shows: (main) => main.getByText('No budget is set.'),
    known: true,
  },
  {
    path: '/routing?tab=budgets',
    reads: 'clients.list',
    says: 'The clients could not be read.',
    shows: (main) => main.getByText('No clients yet'),
    known: true,
  },
  {
    path: '/connect',
    reads: 'connect.list',
    says: 'The tools could not be read',
    shows: (main) => main.getByText('Claude Code').first(),
  },
  {
    path: '/settings/gateway',
    reads: 'settings.list',
    says: 'The settings could not be read',
    shows: (main) => main.locator('[data-setting="server.port"]'),
  },
  {
    // Last: the demo has told by then what it has, and nothing but reads brings the list.
    path: '/providers',
    reads: 'providers.list',
    says: 'The providers could not be read',
    shows: (main) => main.getByRole('heading', { level: 2 }).first(),
    known: true,
  },
];

const again = (page: Page): Locator => page.getByRole('main').getByRole('button', { name: 'Try again' });

/** From a cut connection over a refusal to an answer, each by "Try again". */
async function recovers(page: Page, calls: FailingCalls, stop: Omit<Stop, 'path'>): Promise<void> {
  const main = page.getByRole('main');
  await expect(main.getByText(UNREACHABLE)).toBeVisible();
  if (stop.says !== '') await expect(main.getByText(stop.says)).toBeVisible();
  await expect(stop.shows(main)).toBeHidden();
  calls.refuse(stop.reads);
  await again(page).click();
  await expect(main.getByText(REASON)).toBeVisible();
  await expect(main.getByText(UNREACHABLE)).toBeHidden();
  if (stop.says !== '') await expect(main.getByText(stop.says)).toBeVisible();
  await calls.pressToMend(again(page));
  await expect(stop.shows(main)).toBeVisible();
  await expect(main.getByText(REASON)).toBeHidden();
  await expect(again(page)).toHaveCount(0);
}

test('each page says what it could not read and why, and comes when it is tried again', async ({
  app,
  page,
  calls,
}) => {
  for (const stop of STOPS) {
    await test.step(stop.path, async () => {
      calls.cut(stop.reads);
      await app.open(stop.path);
      if (stop.known === true) await page.reload();
      await recovers(page, calls, stop);
    });
  }
});

test('so do the figures, the log and a request of it; what was shown stays beside the reason', async ({
  app,
  page,
  calls,
}) => {
  await ask(app, 'tell me about trains');
  await app.open('/requests');
  const main = page.getByRole('main');
  const row = main.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(row.filter({ hasText: '200' })).toBeVisible();

  calls.cut('requests.get');
  await row.click();
  await recovers(page, calls, {
    reads: 'requests.get',
    says: 'This request could not be read',
    shows: () => page.getByRole('region', { name: 'Request detail' }).getByRole('tab', { name: 'Overview' }),
  });

  await app.open('/requests');
  calls.cut('requests.list');
  await page.reload();
  await recovers(page, calls, {
    reads: 'requests.list',
    says: 'The requests could not be read.',
    shows: () => row,
  });

  await app.open('/');
  const figures = main.getByRole('definition').first();
  await expect(figures).toContainText('1');
  calls.cut('statistics.read');
  await page.getByRole('button', { name: '7 days' }).click();
  await expect(main.getByText('The figures could not be read.')).toContainText(UNREACHABLE);
  await expect(figures).toContainText('1');
  await page.reload();
  await recovers(page, calls, {
    reads: 'statistics.read',
    says: 'The figures could not be read.',
    shows: () => figures,
  });
});

test.describe('with a budget and providers', () => {
  const at = 'dialect: openai-chat, base_url: "http://127.0.0.1:9/v1", allow_private_network: true';
  test.use({
    start: {
      config: `providers: [{ id: alpha, ${at} }, { id: beta, ${at} }]
budgets: [{ scope: all, usd: 5, per: day, action: warn }]
`,
    },
  });

  test('an order of providers that is refused is told of, and the one in force comes back', async ({
    app,
    page,
    calls,
  }) => {
    await app.open('/providers');
    const cards = page.getByRole('region', { name: 'Providers' }).getByRole('listitem');
    await expect(cards.first()).toContainText('alpha');
    calls.refuse('providers.arrange');
    await cards.getByRole('button', { name: /beta/ }).focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(page.getByRole('region', { name: 'Notifications' })).toContainText(REASON);
    await expect(cards.first()).toContainText('alpha');
    await expect(cards.getByRole('button', { name: /beta/ })).toBeFocused();
    calls.mend();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(cards.first()).toContainText('beta');
  });

  test('budgets that could not be read are read by a press, beside figures that could', async ({
    app,
    page,
    calls,
  }) => {
    await ask(app, 'tell me about trains');
    const section = page
      .getByRole('heading', { name: 'Budgets', level: 3 })
      .locator('xpath=ancestor::section[1]');
    calls.refuse('budgets.list');
    await page.reload();
    await expect(section).toContainText(REASON);
    await expect(page.getByRole('definition').first()).toBeVisible();
    await calls.pressToMend(section.getByRole('button', { name: 'Try again' }));
    await expect(section.getByRole('meter')).toBeVisible();
    await expect(section).not.toContainText(REASON);
  });
});

test('an answer that breaks a page is told in its place, with details to copy, and tried again', async ({
  app,
  page,
  calls,
  expectedErrors,
}) => {
  expectedErrors.push(/TypeError/);
  await ask(app, 'tell me about trains');
  await app.open('/requests');
  const row = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(row.filter({ hasText: '200' })).toBeVisible();
  calls.garble('requests.get', { outcome: 'ok' });
  await row.click();
  const alert = page.getByRole('alert').filter({ hasText: 'Requests broke' });
  await expect(alert).toContainText('Cannot read properties of undefined');
  await alert.getByRole('button', { name: 'Copy details' }).click();
  await expect(page.getByText('Details copied')).toBeVisible();
  await expect
    .poll(() => app.clipboard())
    .toMatch(/^Switchyard \d+\.\d+\.\S+ \/requests\/\S+\nTypeError: .+\nin .+\n[\s\S]*\n\s+at /);

  // Every other page goes on, and this one is as broken as before.
  await page.getByRole('link', { name: 'Connect' }).first().click();
  await expect(page.getByRole('main').getByText('Claude Code').first()).toBeVisible();
  await page.goBack();
  await expect(alert).toBeVisible();
  calls.mend();
  await alert.getByRole('button', { name: 'Try again' }).click();
  const detail = page.getByRole('region', { name: 'Request detail' });
  await expect(detail.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await expect(alert).toBeHidden();
});

test('an answer that a store holds and no page can draw is asked for anew with the first "Try again"', async ({
  app,
  page,
  calls,
  expectedErrors,
}) => {
  expectedErrors.push(/TypeError/);
  await app.open('/settings/gateway');
  calls.garble('connect.list', { odd: true });
  await app.open('/connect');
  const alert = page.getByRole('alert').filter({ hasText: 'Connect broke' });
  await expect(alert).toBeVisible();
  calls.mend();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('main').getByText('Claude Code').first()).toBeVisible();
  await expect(alert).toBeHidden();
});

test('an act that fails leaves all as it was, and a note whose details can be copied', async ({
  app,
  page,
  calls,
}) => {
  const state = (name: string): Locator =>
    page.getByRole('contentinfo').getByRole('button', { name: `State of the gateway: ${name}` });
  calls.refuse('gateway.pause');
  await state('Running').click();
  await page.getByRole('menuitem', { name: 'Pause the gateway' }).click();
  const note = page.getByRole('region', { name: 'Notifications' });
  await expect(note).toContainText(REASON);
  await expect(state('Running')).toBeVisible();
  await note.getByRole('button', { name: 'Copy details' }).click();
  await expect.poll(() => app.clipboard()).toMatch(/^.+\n.*canary 41\)\n\d{4}-\d\d-\d\dT/);
  // The screen holds four; those before wait in the bar until they are asked for.
  for (let time = 0; time < 4; time += 1) {
    await state('Running').click();
    await Promise.all([
      page.waitForResponse('**/admin/rpc/gateway.pause'),
      page.getByRole('menuitem', { name: 'Pause the gateway' }).click(),
    ]);
  }
  const folded = page.getByRole('contentinfo').getByRole('button', { name: /^\d failures?$/ });
  await folded.click();
  await expect(note.getByText(REASON)).toHaveCount(5);
  await expect(folded).toBeHidden();
  calls.mend();
  await state('Running').click();
  await page.getByRole('menuitem', { name: 'Pause the gateway' }).click();
  await expect(state('Paused')).toBeVisible();
});
