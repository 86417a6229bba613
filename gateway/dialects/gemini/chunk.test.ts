import { expect, it } from 'vitest';
import { readChunk } from './chunk.ts';

it('of several candidates, the one that was cut says how the answer ended', () => {
  const chunk = { candidates: [{ finishReason: 'MAX_TOKENS' }, { finishReason: 'STOP' }] };
  expect(readChunk(chunk).finishReason).toBe('MAX_TOKENS');
});
