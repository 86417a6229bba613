/** The playground as a user sees it, against an upstream that answers what the test says. */
import type { Page } from '@playwright/test';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { violations } from '../fixtures/axe.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { keptChats } from '../fixtures/kept-chats.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { expect, test } from '../fixtures/test.ts';

const KEY = 'sk-e2e-playground-0000004321';
const USAGE = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };

const upstream = serveOwnModels(KEY);

/** A whole answer, in pieces as models write them. */
function answerWith(text: string, reasoning = ''): void {
  const usage = `data: ${JSON.stringify({ id: 'c', choices: [], usage: USAGE })}\n\n`;
  upstream().script((request) =>
    request.sse([
      ...(reasoning === '' ? [] : [chunk({ reasoning_content: reasoning })]),
      ...(text.match(/[\s\S]{1,7}/g) ?? []).map((content) => chunk({ content })),
      chunk({}, 'stop'),
      usage,
      DONE,
    ]),
  );
}

/** What a model's words became. */
interface Found {
  readonly tags: readonly string[];
  readonly attributes: readonly string[];
  readonly links: readonly string[];
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message the model' });
const lastAnswer = (page: Page) => page.locator('[data-answer]').last();

async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}
async function openNew(app: SwitchyardApp): Promise<void> {
  await app.page.getByRole('link', { name: 'Playground' }).first().click();
  await expect(composer(app.page)).toBeVisible();
  await expect(app.page.getByRole('button', { name: /^Model: mine\/m/ })).toBeVisible();
}

test('a talk: figures, reasoning, the request in the log, and everything again after a restart', async ({
  app,
  page,
}) => {
  answerWith('Use **bold** and\n\n```python\nprint("hi")\n```\n', 'Let me think.');
  await openNew(app);
  await say(page, 'How do I print?');
  const answer = lastAnswer(page);
  await expect(answer.locator('strong')).toHaveText('bold');
  await expect(answer.locator('pre')).toContainText('print("hi")');
  await expect(answer.locator('.code-function, .code-string')).not.toHaveCount(0);
  await expect(answer.getByText('Let me think.')).toBeHidden();
  await answer.getByText('Reasoned').click();
  await expect(answer.getByText('Let me think.')).toBeVisible();
  const figures = page.getByLabel('Figures of the last answer');
  await expect(figures).toContainText('…4321');
  await expect(figures).toContainText('12');
  await answer.getByRole('button', { name: 'Copy code' }).click();
  await expect.poll(() => app.clipboard()).toBe('print("hi")');
  expect(await page.content()).not.toContain(KEY);
  await expect.poll(() => keptChats(app)).toContain('**bold**');

  await app.restart();
  await app.page.getByRole('link', { name: 'Playground' }).first().click();
  await app.page.getByRole('link', { name: 'How do I print?' }).click();
  await expect(lastAnswer(app.page).locator('strong')).toHaveText('bold');
  await lastAnswer(app.page).getByRole('link', { name: 'Open in Requests' }).click();
  // The column of programs goes where the list is narrow; the request itself tells it always.
  await expect(app.page.getByRole('region', { name: 'Request detail' })).toContainText(
    'Switchyard-Playground',
  );

  expect(await keptChats(app)).not.toContain(KEY);
});

test('parameters are sent when they are set, and the effective request is shown', async ({ app, page }) => {
  answerWith('ok');
  await openNew(app);
  await page.getByRole('textbox', { name: 'System prompt' }).fill('Be brief.');
  await page.getByRole('textbox', { name: 'Temperature' }).fill('9');
  await expect(page.getByText('From 0 to 2')).toBeVisible();
  await page.getByRole('textbox', { name: 'Temperature' }).fill('0.3');
  await page.getByRole('textbox', { name: 'Max output tokens' }).fill('64');
  await expect(page.getByRole('region', { name: 'Sent as' }).locator('pre')).toContainText(
    '"max_tokens": 64',
  );
  await say(page, 'hi');
  await expect(lastAnswer(page)).toContainText('ok');
  const sent: unknown = JSON.parse(upstream().requests.at(-1)?.body.toString() ?? '');
  expect(sent).toMatchObject({
    model: 'm',
    temperature: 0.3,
    max_tokens: 64,
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'hi' },
    ],
  });
  expect(sent).not.toHaveProperty('top_p');
});

test('stopping closes the upstream and keeps what came; asking again makes another version, and the arrows lead back', async ({
  app,
  page,
}) => {
  upstream().script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ content: 'The first half' }));
  });
  await openNew(app);
  await say(page, 'Tell me');
  await expect(lastAnswer(page)).toContainText('The first half');
  const asked = upstream().requests.at(-1);
  await page.keyboard.press('Control+.');
  await asked?.closed;
  await expect(lastAnswer(page)).toContainText('Stopped');
  answerWith('Something else.');
  await lastAnswer(page).getByRole('button', { name: 'Answer again' }).first().click();
  await expect(lastAnswer(page)).toContainText('Something else.');
  await expect(page.getByText('The first half')).toBeHidden();
  await lastAnswer(page).getByRole('button', { name: 'Previous version' }).click();
  await expect(lastAnswer(page)).toContainText('The first half');
  await lastAnswer(page).getByRole('button', { name: 'Next version' }).press('Alt+ArrowRight');
  await expect(lastAnswer(page)).toContainText('Something else.');
});

test('a failure is the sentence of the gateway with its code, and a message can be edited and sent again', async ({
  app,
  page,
}) => {
  upstream().script((request) =>
    request.json(400, { error: { message: `Too long for ${KEY}`, code: 'context_length_exceeded' } }),
  );
  await openNew(app);
  await say(page, 'Frist');
  const note = lastAnswer(page).getByRole('alert');
  await expect(note).toContainText('request_rejected');
  await expect(note).toContainText('Too long for');
  await expect(note).not.toContainText(KEY);
  answerWith('second answer');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Edit message' }).fill('First');
  await page.getByRole('textbox', { name: 'Edit message' }).press('Control+Enter');
  await expect(lastAnswer(page)).toContainText('second answer');
  await expect(page.getByText('Frist', { exact: true })).toBeHidden();
});

test('chats are found, renamed, deleted and brought back; what was typed stays', async ({ app, page }) => {
  answerWith('ok');
  await openNew(app);
  await say(page, 'About trains');
  await expect(lastAnswer(page)).toContainText('ok');
  await composer(page).fill('half a thought');
  await page.getByRole('button', { name: /^New chat/ }).click();
  await expect(lastAnswer(page)).toBeHidden();
  await say(page, 'About ships');
  await expect(lastAnswer(page)).toContainText('ok');
  await expect(page.getByRole('link', { name: 'About ships' })).toBeVisible();

  await page.getByRole('link', { name: 'About trains' }).click();
  await expect(composer(page)).toHaveValue('half a thought');
  await page.getByRole('button', { name: 'More for About trains' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Title' }).fill('Railways');
  await page.getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(page.getByRole('link', { name: 'Railways' })).toBeVisible();

  await page.getByRole('searchbox', { name: 'Search chats' }).fill('ship');
  await expect(page.getByRole('link', { name: 'Railways' })).toBeHidden();
  await page.getByRole('searchbox', { name: 'Search chats' }).fill('');
  // The menu by key: opened, left, opened again.
  const more = page.getByRole('button', { name: 'More for Railways' });
  await more.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await expect(more).toBeFocused();
  await more.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  await expect(page.getByRole('link', { name: 'Railways' })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Railways' })).toBeVisible();
});

test('a logged request is opened with its model, system prompt, parameters and messages', async ({
  app,
  page,
}) => {
  answerWith('ok');
  await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'mine/n',
      temperature: 0.7,
      messages: [
        { role: 'system', content: 'You are a poet.' },
        { role: 'user', content: 'First question' },
        { role: 'assistant', content: 'First answer' },
        { role: 'user', content: 'Second question' },
      ],
    }),
  }).then((answer) => answer.text());
  await app.open('/requests');
  await page.getByRole('row').nth(1).click();
  await page.waitForURL(/requests\/req_/);
  const id = /requests\/(req_\w+)/.exec(page.url())?.[1] ?? '';
  await app.open(`/playground?request=${id}`);
  await expect(page.getByRole('button', { name: 'Model: mine/n' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'System prompt' })).toHaveValue('You are a poet.');
  await expect(page.getByRole('textbox', { name: 'Temperature' })).toHaveValue('0.7');
  await expect(page.getByText('First answer', { exact: true })).toBeVisible();
  await expect(composer(page)).toHaveValue('Second question');

  await app.open('/playground?model=mine/n');
  await expect(page.getByRole('button', { name: 'Model: mine/n' })).toBeVisible();
});

test('the model is chosen by keyboard and remembered', async ({ app, page }) => {
  await openNew(app);
  await page.getByRole('button', { name: /^Model:/ }).press('Enter');
  await page.getByRole('combobox', { name: 'Search models' }).fill('/n');
  await expect(page.getByRole('option', { name: 'mine/n' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Model: mine/n' })).toBeVisible();
  await app.restart();
  await app.page.getByRole('link', { name: 'Playground' }).first().click();
  await expect(app.page.getByRole('button', { name: 'Model: mine/n' })).toBeVisible();
});

test('words of a model run nothing, load nothing and bring nothing of their own', async ({ app, page }) => {
  const corpus = [
    '<img src=x onerror="window.pwned=1">',
    '<script>window.pwned=1</script>',
    '<svg onload="window.pwned=1"><animate onbegin="window.pwned=1" attributeName=x dur=1s></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror="window.pwned=1"></style></mglyph></table></mtext></math>',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror="window.pwned=1">',
    '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>"></noscript>',
    '<base href="https://evil.example/"><link rel=stylesheet href="https://evil.example/a.css">',
    '<p style="background:url(https://evil.example/b.png)">styled</p>',
    '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
    '[js](javascript:window.pwned=1) [data](data:text/html,<script>pwned=1</script>) [smb](smb://evil.example/x)',
    '[tool](ms-msdt:/id) [app](app://switchyard/) [rel](/admin/rpc/x) [hash](#/settings) [up](https://a@evil.example/)',
    '![picture](https://evil.example/c.png) ![inline](data:image/svg+xml,<svg/onload=pwned=1>)',
    '[link](https://evil.example/d "title\\"onmouseover=\\"window.pwned=1")',
    '> - 1. [**nested** ![p](https://evil.example/e.png)](https://evil.example/f)',
    '| a | b |\n| :-: | -: |\n| <img src=x onerror=window.pwned=1> | [x](vbscript:1) |',
    '```html" onmouseover="window.pwned=1\n<img src=x onerror="window.pwned=1">\n```',
    '<https://evil.example/g><img src=x onerror=window.pwned=1>',
  ];
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(page.url()).origin)) foreign.push(request.url());
  });
  answerWith(corpus.join('\n\n'), '<img src=x onerror="window.pwned=1">');
  await openNew(app);
  await say(page, 'attack');
  await expect(page.getByText('Done', { exact: true })).toBeVisible();
  await expect(lastAnswer(page).locator('.markdown')).toBeVisible();
  await lastAnswer(page).getByText('Reasoned').click();

  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(foreign).toEqual([]);
  const found = await page.evaluate<Found>(`(() => {
    const root = [...document.querySelectorAll('[data-answer] .markdown')].at(-1);
    const inText = [...root.querySelectorAll('*')].filter((element) => !element.closest('figure, button'));
    return {
      tags: inText.map(({ tagName }) => tagName.toLowerCase()),
      attributes: inText.flatMap((element) => element.getAttributeNames()),
      links: [...root.querySelectorAll('a')].map(({ protocol, target, rel }) => [protocol, target, rel].join(' ')),
    };
  })()`);
  const allowed = 'div p a br span strong em ol ul li blockquote table thead tbody tr th td code'.split(' ');
  expect(found.tags.filter((tag) => !allowed.includes(tag))).toEqual([]);
  const known = ['href', 'target', 'rel', 'title', 'align', 'class', 'tabindex', 'dir'];
  expect(found.attributes.filter((name) => !known.includes(name))).toEqual([]);
  expect([...new Set(found.links)]).toEqual(['https: _blank noopener noreferrer']);
  await expect(lastAnswer(page).getByRole('link', { name: 'Picture: picture (evil.example)' })).toBeVisible();
});

test('a long answer keeps the page quick, and leaves whoever reads where they are', async ({ app, page }) => {
  const paragraph = 'A gateway passes on what it is given, byte for byte, and says so when it cannot. ';
  const code = `\`\`\`ts\n${Array.from({ length: 60 }, (_, line) => `const value${line} = compute(${line}, 'text');`).join('\n')}\n\`\`\`\n\n`;
  const text = Array.from(
    { length: 60 },
    (_, part) => `## Part ${part}\n\n${paragraph.repeat(8)}\n\n${code}`,
  ).join('');
  const pieces = text.match(/[\s\S]{1,60}/g) ?? [];
  upstream().script(async (request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    for (const [index, content] of pieces.entries()) {
      request.write(chunk({ content }));
      if (index % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 15));
    }
    request.write(chunk({}, 'stop') + DONE);
    request.end();
  });
  await openNew(app);
  await say(page, 'long');
  await expect(lastAnswer(page).getByText('Part 3', { exact: true })).toBeVisible();
  const transcript = `document.querySelector('[role=region][aria-label=Messages]')`;
  await page.evaluate(`${transcript}.scrollTo(0, 0)`);
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
  await composer(page).pressSequentially('typing meanwhile', { delay: 20 });
  await expect(composer(page)).toHaveValue('typing meanwhile');
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => page.evaluate<number>(`${transcript}.scrollTop`)).toBeLessThan(40);
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeHidden();
  const below = `(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(${transcript})`;
  await expect.poll(() => page.evaluate<number>(below)).toBeLessThan(40);
});

test('axe finds nothing', async ({ app, page }) => {
  answerWith(
    'Text with [a link](https://example.com) and `code`.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```sql\nselect 1;\n```\n',
    'hm',
  );
  await openNew(app);
  await say(page, 'hi');
  await expect(page.getByText('Done', { exact: true })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page, `answered, ${colorScheme}`)).toEqual([]);
  }
  await page.getByRole('button', { name: /^Model:/ }).click();
  await expect(page.getByRole('combobox', { name: 'Search models' })).toBeFocused();
  expect(await violations(page, 'models')).toEqual([]);
});
