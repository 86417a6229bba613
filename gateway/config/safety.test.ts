import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { errorOf, parse } from '../testing/parse-text.ts';
import { ConfigRefusal } from './problem.ts';

const offered = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
/** What stands behind a variable in .env.example, as somebody has it who only uncomments the line. */
const sampleOf = (name: string): string => new RegExp(`^# ${name}=(.*)$`, 'm').exec(offered)?.[1] ?? '';

const setting = (path: string, value: string) => ({ settings: [{ path, value, origin: 'X' }] });

it.each([
  ['admin.password', 'ADMIN_PASSWORD'],
  ['server.api_key', 'APP_API_KEY'],
] as const)('the sample of %s in .env.example is refused where others can reach it', (path, name) => {
  const sample = sampleOf(name);
  expect(sample).not.toBe('');
  const error = errorOf('server: { host: 0.0.0.0 }', {}, setting(path, sample));
  expect(error).toBeInstanceOf(ConfigRefusal);
  expect(error.message).toContain(`"${sample}" is a sample`);
  expect(() => parse('server: { host: localhost }', {}, setting(path, sample))).not.toThrow();
});

it('samples are refused as keys of clients too', () => {
  const text = 'server: { host: 0.0.0.0 }\nclients: [{ id: laptop, key: choose-a-long-random-key }]\n';
  expect(errorOf(text).message).toContain('clients[0].key');
  expect(() => parse(text.replace('choose-a-long-random-key', 'one-of-my-own-4711'))).not.toThrow();
});
