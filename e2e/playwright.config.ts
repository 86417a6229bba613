// Specs against the built app; each starts its own. fixtures/test.ts says what runs where.
import { defineConfig } from '@playwright/test';
import { findChromium } from '../scripts/chromium.ts';
import { IS_ELECTRON } from './fixtures/electron.ts';
import { zoneAtNoon } from './fixtures/noon.ts';

// Workers, hosts and browsers take it from here.
process.env['TZ'] = zoneAtNoon(new Date());
const executablePath = findChromium(process.env, process.platform);

export default defineConfig({
  testDir: './specs',
  outputDir: '../test-results',
  // They wait for each other's processes now and then: three keep two processors busy.
  workers: 3,
  // Two apps and their browsers share a small machine. Nothing waits longer than it has to: these are for one that is
  // busy with something else, where a test of four seconds was seen to take sixty.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'line',
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    // A trace of every spec takes a fifth of the time; TRACE=1 keeps that of a failed one.
    trace: process.env['TRACE'] === '1' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium's sandbox refuses to run as root, as containers do.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    // Motion costs a sixth of the work: acts of both projects have it on the desktop, what only a browser runs does not.
    { name: 'browser', testIgnore: 'desktop/**', use: { contextOptions: { reducedMotion: 'reduce' } } },
    // The stand-in for Electron is a shell script.
    ...(IS_ELECTRON || process.platform !== 'win32' ? [{ name: 'desktop', testIgnore: 'browser/**' }] : []),
  ],
});
