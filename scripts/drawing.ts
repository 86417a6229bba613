/** Draws SVG as pixels, in the Chromium of the browser tests. */
import { launchChromium } from './launch-chromium.ts';

export interface Drawing {
  /** A square PNG with a transparent ground. @param svg an `<svg>` element that fills its place */
  png(svg: string, pixels: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** @throws Error when there is no Chromium */
export async function openDrawing(): Promise<Drawing> {
  const browser = await launchChromium();
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
