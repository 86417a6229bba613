import { describe, expect, it } from 'vitest';
import type { Logger } from '../core/ports.ts';
import { createAddress } from './address.ts';
import { ListenError } from './listen-error.ts';
import type { Listener, Place } from './listener.ts';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const place = (port: number, host = 'localhost'): Place => ({ host, port });

/** Binds everything but what fails with `fault`. */
function listenerWith(fault: (wished: Place) => Error | null): Listener {
  let at: Place | null = null;
  return {
    place: () => at,
    address: () => (at === null ? '' : `http://127.0.0.1:${at.port}`),
    moveTo(wished) {
      const error = fault(wished);
      if (error !== null) return Promise.reject(error);
      at = wished;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
const unavailable = new ListenError('address_unavailable', 'It is not of this machine.', new Error('cause'));

describe('an address that cannot be bound', () => {
  it('is a sentence for who asked, and the problem only of the configuration', async () => {
    const told: (string | null)[] = [];
    const address = createAddress(
      listenerWith(({ host }) => (host === '192.0.2.1' ? unavailable : null)),
      silent,
      () => void told.push(address.problem()?.text ?? null),
    );
    await address.start(place(8000));
    const sentence = 'It is not of this machine. Still listening on http://127.0.0.1:8000.';
    expect((await address.moveTo(place(8000, '192.0.2.1')))?.text).toBe(sentence);
    expect(address.problem()).toBeNull();
    await address.follow(place(8000, '192.0.2.1'));
    expect(told).toEqual([sentence]);
    // Said once, however often the file is saved.
    await address.follow(place(8000, '192.0.2.1'));
    expect(told).toHaveLength(1);
  });

  it('is told as solved although the gateway never moved', async () => {
    const told: (string | null)[] = [];
    const address = createAddress(
      listenerWith(({ host }) => (host === '192.0.2.1' ? unavailable : null)),
      silent,
      () => void told.push(address.problem()?.text ?? null),
    );
    await address.start(place(8000));
    await address.follow(place(8000, '192.0.2.1'));
    await address.follow(place(8000));
    expect(told.at(-1)).toBeNull();
    expect(told).toHaveLength(2);
  });

  it('is named too where the system failed in another way', async () => {
    const address = createAddress(
      listenerWith(({ port }) => (port === 8001 ? new Error('too many open files') : null)),
      silent,
      () => undefined,
    );
    await address.start(place(8000));
    expect((await address.moveTo(place(8001)))?.text).toBe(
      'Port 8001 of localhost cannot be used (too many open files). Still listening on http://127.0.0.1:8000.',
    );
  });
});
