import { expect, it } from 'vitest';
import { sampleProvider } from '../../testing/samples.ts';
import { isFirstTime } from './first-time.ts';

it.each([
  ['nothing is set up', [], true],
  ['a provider waits for its first key', [sampleProvider({ keys: [] })], true],
  ['a provider has a key', [sampleProvider()], false],
  ['a local provider needs none', [sampleProvider({ keys: [], needsKey: false })], false],
  ['the demo answers', [sampleProvider({ keys: [], demo: true })], false],
])('%s', (_, providers, first) => expect(isFirstTime(providers)).toBe(first));
