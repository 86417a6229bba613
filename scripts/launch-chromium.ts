/** Starts the Chromium of the browser tests for a script that draws, photographs or measures. */
import { chromium, type Browser } from '@playwright/test';
import { findChromium } from './chromium.ts';

/** @throws Error when there is no Chromium */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium(process.env, process.platform);
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    // Chromium's sandbox refuses to run as root, as containers do.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}
