import { describe, expect, it } from 'vitest';
import { observeEvents } from './observe-events.ts';

const event = (value: object, name = ''): string =>
  `${name === '' ? '' : `event: ${name}\n`}data: ${JSON.stringify(value)}\n\n`;
const DELTA = event({ type: 'transcript.text.delta', delta: 'Hi' });
const DONE = event({ type: 'transcript.text.done', usage: { input_tokens: 3, output_tokens: 1 } });

describe('a stream of events that is no chat', () => {
  it('is whole when its body ends, and tells what it cost', () => {
    const observer = observeEvents();
    const run = Buffer.from(DELTA + DONE);
    const seen = observer.observe(run);
    expect(seen).toMatchObject({ content: true, alive: true, error: null, complete: false });
    expect(seen.relay).toBe(run);
    expect(observer.ended().complete).toBe(true);
    expect(observer.facts().usage).toMatchObject({ input: 3, output: 1 });
  });

  it('is cut when its last event is', () => {
    const observer = observeEvents();
    observer.observe(Buffer.from(DELTA));
    const seen = observer.observe(Buffer.from('data: {"type":"tran'));
    expect(seen.relay).toHaveLength(0);
    expect(observer.ended().complete).toBe(false);
  });

  it('is cut when nothing came but comments', () => {
    const observer = observeEvents();
    expect(observer.observe(Buffer.from(': ping\n\n'))).toMatchObject({ content: false });
    expect(observer.ended().complete).toBe(false);
  });

  it('is whole at once with the terminator of chat', () => {
    expect(observeEvents().observe(Buffer.from(`${DELTA}data: [DONE]\n\n`)).complete).toBe(true);
  });

  it.each([
    ['named', event({ message: 'no' }, 'error')],
    ['typed', event({ type: 'error', message: 'no' })],
    ['as a member', event({ error: { message: 'no' } })],
  ])('stops at an error (%s)', (_name, error) => {
    const observer = observeEvents();
    const seen = observer.observe(Buffer.from(DELTA + error + DONE));
    expect(Buffer.from(seen.relay).toString()).toBe(DELTA);
    expect(seen.error).toMatchObject({ message: 'no' });
    expect(Buffer.from(seen.errorBytes ?? []).toString()).toBe(error + DONE);
    expect(observer.ended().complete).toBe(false);
  });
});
