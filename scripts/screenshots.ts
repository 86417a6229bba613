/**
 * `npm run screenshots -- [folder]`: every page of the demo in light, dark, narrow and Chinese, as PNG files to
 * look at. Nothing is compared; the pages' bar is what a person sees.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from '@playwright/test';
import { launchChromium } from './launch-chromium.ts';
import { ROOT, run } from './project.ts';

const PAGES = [
  'overview',
  'requests',
  'playground',
  'providers/demo',
  'models',
  'routing',
  'connect',
  'settings/gateway',
  'settings/requests',
  'welcome',
];
const WIDE = { width: 1440, height: 900 };
const LOOKS = {
  light: { colorScheme: 'light', locale: 'en-US', viewport: WIDE },
  dark: { colorScheme: 'dark', locale: 'en-US', viewport: WIDE },
  narrow: { colorScheme: 'light', locale: 'en-US', viewport: { width: 390, height: 844 } },
  chinese: { colorScheme: 'light', locale: 'zh-CN', viewport: WIDE },
} as const;
/** Messages to the demo model, so that there is something to see; see docs/using.md for the command words. */
const MESSAGES = ['Tell me about trains', '/error 429', '/long', '/cut', '/think', '/tool', '/error 500'];
/** Until figures and charts stand still, ms. */
const SETTLED = 800;

const folder = resolve(process.argv[2] ?? join(tmpdir(), 'switchyard-screenshots'));
await mkdir(folder, { recursive: true });
const build = await run(process.execPath, ['scripts/build.ts']);
if (build.code !== 0) process.exit(build.code);

const data = await mkdtemp(join(tmpdir(), 'switchyard-screenshots-data-'));
const host = spawn(
  process.execPath,
  [join(ROOT, 'out', 'server', 'main.js'), '--demo', '--port', '0', '--data-dir', data],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const { address, logInAddress } = await ready();
  for (const content of MESSAGES) await ask(address, content);
  const browser = await launchChromium();
  for (const [name, look] of Object.entries(LOOKS)) await shoot(browser, name, look, address, logInAddress);
  await browser.close();
  console.log(`${PAGES.length * Object.keys(LOOKS).length} pictures are in ${folder}`);
} finally {
  const ended = new Promise((done) => host.once('close', done));
  host.kill();
  await ended;
  await rm(data, { recursive: true, force: true });
}

/** Resolves with the addresses that the host prints when it listens. */
function ready(): Promise<{ readonly address: string; readonly logInAddress: string }> {
  let output = '';
  return new Promise((resolve, reject) => {
    host.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /^Switchyard is ready on (\S+)$/m.exec(output)?.[1];
      const logInAddress = /^Open (\S+)$/m.exec(output)?.[1];
      if (address !== undefined && logInAddress !== undefined) resolve({ address, logInAddress });
    });
    host.once('close', (code) => reject(new Error(`The host ended with code ${code}:\n${output}`)));
  });
}

async function ask(address: string, content: string): Promise<void> {
  try {
    const answer = await fetch(`${address}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'claude-cli/2.1' },
      body: JSON.stringify({ model: 'demo/chat', stream: true, messages: [{ role: 'user', content }] }),
    });
    await answer.text();
  } catch {
    // A scripted cut ends without its last chunk, which fetch reports as an error.
  }
}

async function shoot(
  browser: Browser,
  name: string,
  look: (typeof LOOKS)[keyof typeof LOOKS],
  address: string,
  logInAddress: string,
): Promise<void> {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await page.goto(logInAddress);
  // Logged in, and the first page chosen.
  await page.getByRole('navigation').first().waitFor();
  for (const path of PAGES) {
    await page.goto(`${address}/#/${path}`);
    await page.locator('main h1').first().waitFor();
    await page.waitForTimeout(SETTLED);
    await page.screenshot({ path: join(folder, `${path.replace('/', '-')}-${name}.png`) });
  }
  await context.close();
}
