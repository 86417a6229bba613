/**
 * Draws the icons of the app from `resources/icons/app.svg`: PNG files for Linux and windows, `.ico`, `.icns`.
 * Run by hand after a change of the picture: `node scripts/app-icons.ts`; it needs a Chromium.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDrawing } from './drawing.ts';
import { icns, ico, type IconImage } from './icon-files.ts';
import { ROOT } from './project.ts';

const ICONS = join(ROOT, 'resources', 'icons');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const LARGEST_ICO = 256;

const svg = await readFile(join(ICONS, 'app.svg'), 'utf8');
const drawing = await openDrawing();
const images: IconImage[] = [];
for (const pixels of SIZES) images.push({ pixels, png: await drawing.png(svg, pixels) });
await drawing.close();

// The names that electron-builder looks for.
await mkdir(join(ICONS, 'app'), { recursive: true });
for (const { pixels, png } of images) await writeFile(join(ICONS, 'app', `${pixels}x${pixels}.png`), png);
await writeFile(join(ICONS, 'app.ico'), ico(images.filter(({ pixels }) => pixels <= LARGEST_ICO)));
await writeFile(join(ICONS, 'app.icns'), icns(images));
