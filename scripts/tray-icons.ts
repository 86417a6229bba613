/**
 * Draws the icons of the tray from the logo, as PNG files of 16 and 32 pixels. Run by hand after a change of
 * the logo: `node scripts/tray-icons.ts`; it needs a Chromium.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDrawing } from './drawing.ts';
import { ROOT } from './project.ts';

const OUTPUT = join(ROOT, 'resources', 'icons', 'tray');
const SIZES = [
  { pixels: 16, suffix: '' },
  { pixels: 32, suffix: '@2x' },
];
/** Told apart by shape as well as by colour: the mark alone, with a dot, with the bars of a pause, faint alone. */
const STATES = [
  { name: 'running', colour: '#2496b5', strength: 1, badge: '' },
  { name: 'degraded', colour: '#2496b5', strength: 1, badge: dot('#d98507') },
  { name: 'paused', colour: '#8d979d', strength: 0.85, badge: bars('#d98507') },
  { name: 'off', colour: '#8d979d', strength: 0.6, badge: '' },
];
const BLACK = '#000000';

const drawing = await openDrawing();
const paths = /<path[\s\S]*(?=<\/svg>)/.exec(
  await readFile(join(ROOT, 'resources', 'icons', 'logo.svg'), 'utf8'),
)?.[0];
await mkdir(OUTPUT, { recursive: true });
for (const { name, colour, strength, badge } of STATES) {
  await draw(name, colour, strength, badge);
  // macOS takes only the shape and colours it itself.
  await draw(`${name}Template`, BLACK, strength, badge.replaceAll(/#[0-9a-f]{6}/g, BLACK));
}
await drawing.close();

async function draw(name: string, colour: string, strength: number, badge: string): Promise<void> {
  for (const { pixels, suffix } of SIZES) {
    const image = await drawing.png(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none">
        <mask id="around"><rect width="16" height="16" fill="white"/>${badge === '' ? '' : '<circle cx="12.5" cy="12.5" r="4.5" fill="black"/>'}</mask>
        <g mask="url(#around)" opacity="${strength}" stroke="${colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${paths ?? ''}</g>
        ${badge}
      </svg>`,
      pixels,
    );
    await writeFile(join(OUTPUT, `${name}${suffix}.png`), image);
  }
}

function dot(colour: string): string {
  return `<circle cx="12.5" cy="12.5" r="3.2" fill="${colour}"/>`;
}

function bars(colour: string): string {
  return `<path d="M11 10v5M14 10v5" stroke="${colour}" stroke-width="1.8" stroke-linecap="round"/>`;
}
