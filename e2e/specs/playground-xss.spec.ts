/**
 * Row 62 of the fault list: markup that turns into something else when it is parsed a second time, and links of
 * every scheme, each as an answer of its own so that none hides in another.
 */
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { expect, test } from '../fixtures/test.ts';

const RUN = 'window.pwned=1';
const CORPUS: readonly string[] = [
  // Elements that change their parser's mode between two readings.
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=${RUN} src>">`,
  `<svg></p><style><a id="</style><img src=1 onerror=${RUN}>">`,
  `<math><annotation-xml encoding="text/html"><style><img src=x onerror=${RUN}></style></annotation-xml></math>`,
  `<select><template><style><!--</style><a rel="--></style></template></select><img id=x src onerror=${RUN}>">`,
  `<noembed><img title="</noembed><img src onerror=${RUN}>"></noembed>`,
  `<xmp><p id="</xmp><img src=x onerror=${RUN}>">`,
  `<textarea><p id="</textarea><img src=x onerror=${RUN}>">`,
  `<title><p id="</title><svg onload=${RUN}>">`,
  `<listing>&lt;img src=x onerror=${RUN}&gt;</listing>`,
  `<!--><img src=x onerror=${RUN}>-->`,
  `<![CDATA[<img src=x onerror=${RUN}>]]>`,
  `<svg><desc><noscript>&lt;/noscript&gt;&lt;script&gt;${RUN}&lt;/script&gt;</desc></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y="20">go</text></a><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=${RUN}>#x"/></svg>`,
  `<details open ontoggle="${RUN}"><summary>s</summary></details><marquee onstart=${RUN}>m</marquee>`,
  `<input autofocus onfocus=${RUN}><video><source onerror=${RUN}></video><body onload=${RUN}>`,
  `<object data="data:text/html,<script>parent.${RUN}</script>"></object><embed src="javascript:${RUN}">`,
  `<meta http-equiv=refresh content="0;url=https://evil.example/"><link rel=prefetch href=https://evil.example/p>`,
  `<a href="jav&#x09;ascript:${RUN}">tab</a><a href="&#1;javascript:${RUN}">control</a>`,
  `<div style="background:url(https://evil.example/css);position:fixed;inset:0">over</div><style>@import url(https://evil.example/i)</style>`,
  `<a id=switchyard href=x>clobbered</a><form id=document name=cookie><input name=attributes></form>`,
  // The same by Markdown's own means.
  `[a](javascript&colon;${RUN}) [b](JaVaScRiPt:${RUN}) [c](\u0001javascript:${RUN}) [d](java\nscript:${RUN})`,
  `[e](data:text/html;base64,PHNjcmlwdD4=) [f](vbscript:x) [g](file:///etc/passwd) [h](smb://evil.example/s) [i](ms-msdt:/id) [j](blob:null/1) [k](app://switchyard/x)`,
  `[ref]: javascript:${RUN} "t"\n\n[ref] ![pic][ref] [x]\n\n[x]: https://evil.example/"onclick="${RUN}`,
  `![a](https://evil.example/x.png "\\" onerror=\\"${RUN}") ![b](//evil.example/y.png) ![c](file:///etc/passwd)`,
  `~~~"><img src=x onerror=${RUN}>\ncode\n~~~\n\n\`\`\`js onload=${RUN}\n</code></pre><img src=x onerror=${RUN}>\n\`\`\``,
  `<https://evil.example/"onmouseover="${RUN}> <javascript:${RUN}> www.evil.example/?<script>${RUN}</script>`,
  `# <svg/onload=${RUN}>\n\n- [ ] <iframe srcdoc="<script>parent.${RUN}</script>">\n\n| <img src=x onerror=${RUN}> |\n| - |\n`,
];

let upstream: FakeUpstream;
let asked = 0;
test.beforeAll(async () => {
  upstream = await startFakeUpstream();
});
test.afterAll(() => upstream.close());
test.beforeEach(() => {
  asked = 0;
  upstream.script((request) => {
    const answer = CORPUS[asked] ?? '';
    asked += 1;
    // Cut in the middle of tags, as streams are.
    request.sse([
      ...(answer.match(/[\s\S]{1,9}/g) ?? []).map((content) => chunk({ content })),
      chunk({}, 'stop'),
      DONE,
    ]);
  });
});

test.use({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  start: async ({}, use) => {
    const provider = `{ id: mine, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [{ id: k1, value: sk-e2e-xss-0000000000 }] }`;
    await use({ demo: false, config: `providers:\n  - ${provider}\n` });
  },
});

test('no answer runs, loads or leaves anything', async ({ app, page }) => {
  test.setTimeout(180_000);
  const origin = new URL(page.url()).origin;
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) foreign.push(request.url());
  });
  await openPlayground(app);
  const composer = page.getByRole('textbox', { name: 'Message the model' });
  for (const [index, markup] of CORPUS.entries()) {
    await composer.fill(`answer ${index}`);
    await composer.press('Enter');
    await expect.poll(() => asked).toBe(index + 1);
    await expect(page.getByText('Done', { exact: true })).toBeVisible();
    // What renders Markdown comes on demand: until then the first answer stands as plain text.
    await expect(page.locator('[data-answer]').last().locator('.markdown')).toHaveCount(1);
    expect([markup, await page.evaluate(LOOK)]).toEqual([
      markup,
      { elements: [], attributes: [], schemes: [], ran: null, clobbered: false },
    ]);
  }
  expect(foreign).toEqual([]);
  // What finds nothing must be able to find something.
  await page.evaluate(
    `[...document.querySelectorAll('[data-answer] .markdown')].at(-1).append(Object.assign(document.createElement('form'), { id: 'x' }))`,
  );
  expect(await page.evaluate(LOOK)).toMatchObject({
    elements: [expect.any(String)],
    attributes: [expect.any(String)],
  });
});

test('names of files, tools, presets and chats, arguments and schema errors are words', async ({
  app,
  page,
}) => {
  const bad = `<img src=x onerror=${RUN}>`;
  const call = { index: 0, id: bad, function: { name: bad, arguments: JSON.stringify({ [bad]: bad }) } };
  upstream.script((request) => request.sse([chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), DONE]));
  await openPlayground(app);
  await page.locator('form input[type=file]').setInputFiles([
    { name: `${bad}.txt`, mimeType: 'text/html', buffer: Buffer.from(bad) },
    // A picture that could run something is no picture here.
    { name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(`<svg onload="${RUN}"/>`) },
  ]);
  await page.getByRole('button', { name: 'Show a.svg' }).click();
  await expect(page.getByRole('dialog').locator('pre')).toContainText('<svg');
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Message the model' }).fill(bad);
  await page.getByRole('textbox', { name: 'Message the model' }).press('Enter');
  await expect(page.locator('[data-answer]')).toContainText('Needs a result');
  await page.locator('[data-answer] textarea').fill(bad);
  await page.getByRole('button', { name: 'Preset: No preset' }).click();
  await page.getByRole('menuitem', { name: 'Save as preset' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(bad);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: `Preset: ${bad}` })).toBeVisible();
  await page
    .locator('input[type=file][aria-label^="Import chats"]')
    .setInputFiles([{ name: `${bad}.json`, mimeType: 'application/json', buffer: Buffer.from('{}') }]);
  await expect(page.getByText(`${bad}.json could not be imported`)).toBeVisible();
  expect(await page.evaluate('window.pwned ?? null')).toBeNull();
  expect(await page.locator('#app img:not([src^="blob:"]), #app [onerror], #app [onload]').count()).toBe(0);
});

/** What the last answer became, once whatever in it waits for a pointer or the keyboard got its event. */
const LOOK = `(() => {
  const root = [...document.querySelectorAll('[data-answer] .markdown')].at(-1);
  const all = [...root.querySelectorAll('*')].filter((e) => !e.closest('button'));
  for (const e of all)
    for (const type of ['mouseover', 'mouseenter', 'focus', 'toggle', 'error', 'load'])
      e.dispatchEvent(new Event(type));
  const short = (e) => e.outerHTML.slice(0, 200);
  const foreign = 'script, style, iframe, object, embed, form, input:not([type=checkbox]), img, video, audio, link, meta, base, math, svg, marquee, details, template, noscript';
  return {
    elements: all.filter((e) => e.matches(foreign)).map(short),
    attributes: all.flatMap((e) =>
      e.getAttributeNames().filter((name) => /^on|^style$|^id$|srcdoc|^src$|xlink|formaction/.test(name)).map((name) => name + ' of ' + short(e))),
    schemes: all.filter((e) => e.tagName === 'A').map((e) => e.protocol).filter((scheme) => !['https:', 'http:', 'mailto:'].includes(scheme)),
    ran: window.pwned ?? null,
    clobbered: document.querySelector('base') !== null || !(document.body instanceof HTMLBodyElement),
  };
})()`;

async function openPlayground({ page }: SwitchyardApp): Promise<void> {
  await page.getByRole('link', { name: 'Playground' }).first().click();
  await expect(page.getByRole('button', { name: /^Model: mine\/m/ })).toBeVisible();
}
