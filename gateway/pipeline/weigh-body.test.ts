import { expect, it } from 'vitest';
import { weighBody } from './weigh-body.ts';

const WORDS = 'word '.repeat(40_000);
const DATA = 'iVBORw0K/gq+'.repeat(200_000);

/** Of a body with `parts`, less what their frame weighs. */
async function weigh(...parts: readonly string[]): Promise<number> {
  const frame = await weighBody(Buffer.from(JSON.stringify(parts.map(() => ''))));
  return (await weighBody(Buffer.from(JSON.stringify(parts)))) - frame;
}

it('words weigh what they are long', async () => {
  expect(await weigh(WORDS)).toBe(50_000);
});

it.each([
  ['as it is', DATA],
  ['whose slashes are escaped', DATA.replaceAll('/', String.raw`\/`)],
  ['in lines', DATA.replaceAll(/.{76}/g, '$&\r\n')],
  ['in an address', `data:image/png;base64,${DATA}`],
  ['of another alphabet', DATA.replaceAll('/', '_').replaceAll('+', '-')],
])('a picture %s weighs no more than the largest does', async (_how, picture) => {
  const picked = (await weigh(WORDS, picture)) - 50_000;
  expect(picked).toBeGreaterThanOrEqual(1_600);
  expect(picked).toBeLessThan(1_610);
});

it('each of several pictures does, and a small one less', async () => {
  expect(await weigh(DATA, DATA, DATA.slice(0, 400))).toBe(1_600 + 1_600 + 100);
});

it('a document weighs its pages', async () => {
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(999_991, 'x')]).toString('base64');
  // 50 KB each.
  expect(await weigh(pdf)).toBe(20 * 2_000);
});

it('others have their turn while a long one is looked through', async () => {
  let turns = 0;
  const count = (): void => {
    turns += 1;
    if (!done) setImmediate(count);
  };
  let done = false;
  setImmediate(count);
  await weigh(DATA, DATA, DATA);
  done = true;
  expect(turns).toBeGreaterThan(5);
});
