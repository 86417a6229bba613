/** Draws SVG as pixels, in the Chromium of the browser tests. */
import { chromium } from '@playwright/test';
import { findChromium } from './chromium.ts';

export interface Drawing {
  /** A square PNG with a transparent ground. @param svg an `<svg>` element that fills its place */
  png(svg: string, pixels: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** @throws Error when there is no Chromium */
export async function openDrawing(): Promise<Drawing> {
  const executablePath = findChromium(process.env, process.platform);
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    // Chromium's sandbox refuses to run as root, as containers do.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage();
  return {
    async png(svg, pixels) {
      await page.setViewportSize({ width: pixels, height: pixels });
      await page.setContent(
        `<style>body { margin: 0 } svg { display: block; width: ${pixels}px; height: ${pixels}px }</style>${svg}`,
      );
      return page.screenshot({ omitBackground: true });
    },
    close: () => browser.close(),
  };
}
