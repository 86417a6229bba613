import { expect, it } from 'vitest';
import { findHomeFolder } from './home-folder.ts';

const unknown = (): string => {
  throw new Error('ENOENT: no such file or directory, uv_os_homedir');
};

it.each([
  [() => '/home/ada', () => '/root', '/home/ada'],
  [() => '', () => '/home/ada', '/home/ada'],
  [() => 'relative', () => '/home/ada', '/home/ada'],
  [unknown, () => '/', '/'],
  [unknown, unknown, undefined],
  [() => '', unknown, undefined],
])('is the first that is one: %#', (first, second, expected) => {
  expect(findHomeFolder([first, second])).toBe(expected);
});
