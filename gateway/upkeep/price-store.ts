/**
 * The price catalogue in force: what shipped with the app, or newer data that the user had fetched. Nothing is
 * fetched unasked, and data that is broken or older never takes the place of what is there.
 */
import { readPriceData } from '../catalogue/price-data.ts';
import type { PriceBook } from '../catalogue/price-book.ts';
import type { PriceStatus } from '../../contract/rpc/procedures/prices.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { causeOf } from '../core/sayings.ts';
import type { Clock, Logger } from '../core/ports.ts';
import type { BundledPrices } from './bundled-prices.ts';
import type { FetchPrices } from './fetch-prices.ts';
import type { PricesFile } from './prices-file.ts';

export interface PriceStore {
  /** The catalogue in force; the first call loads it. */
  readonly book: () => Promise<PriceBook>;
  readonly status: () => Promise<PriceStatus>;
  /** Never rejects: what went wrong stands in the answer. */
  readonly refresh: () => Promise<PriceStatus>;
  readonly reset: () => Promise<PriceStatus>;
}

export interface PriceStorePorts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly bundled: () => Promise<BundledPrices>;
  readonly fetch: FetchPrices;
  readonly file: PricesFile;
  /** Another catalogue is in force. */
  readonly changed: () => void;
}

/** What could not be done. */
type Failing = 'prices-unread' | 'prices-not-kept' | 'prices-not-removed';

interface InForce {
  readonly book: PriceBook;
  readonly fetchedAt: number | null;
}

export function createPriceStore(ports: PriceStorePorts): PriceStore {
  const { clock, logger, file } = ports;
  let loading: Promise<BundledPrices> | undefined;
  let inForce: Promise<InForce> | undefined;
  let problem: Told | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  function bundled(): Promise<BundledPrices> {
    loading ??= ports.bundled();
    return loading;
  }

  const current = (): Promise<InForce> => {
    inForce ??= load();
    return inForce;
  };

  async function load(): Promise<InForce> {
    const { book, open } = await bundled();
    const kept = await file.read().catch((error: unknown) => {
      fail('prices-unread', error);
      return null;
    });
    // An update of the app brought newer ones.
    if (kept === null || kept.asOf < book.asOf) return { book, fetchedAt: null };
    const read = readPriceData(kept.data, 0);
    if (read.ok) return { book: open(read.providers, kept.asOf), fetchedAt: kept.fetchedAt };
    problem = remark('prices-kept-unusable', {}, read.problem);
    return { book, fetchedAt: null };
  }

  function fail(what: Failing, error: unknown): void {
    problem = remark(what, {}, causeOf(error));
    logger.warn('prices', { problem: problem.text });
  }

  async function status(): Promise<PriceStatus> {
    const [{ book, fetchedAt }, { url }] = await Promise.all([current(), bundled()]);
    const source = fetchedAt === null ? 'bundled' : 'fetched';
    return { source, asOf: book.asOf, models: book.count, url, fetchedAt, problem };
  }

  async function refresh(): Promise<void> {
    const [{ book }, { url, open }] = await Promise.all([current(), bundled()]);
    const answer = await ports.fetch(url);
    if (!answer.ok) {
      problem = answer.problem;
      return;
    }
    const read = readPriceData(answer.data, book.count);
    if (!read.ok) {
      problem = remark('prices-unusable', {}, read.problem);
      return;
    }
    const fetchedAt = clock.wall();
    const today = dayOf(fetchedAt);
    // A machine whose clock is behind must not make new data look old.
    const asOf =
      answer.changedAt === null ? (today > book.asOf ? today : book.asOf) : dayOf(answer.changedAt);
    if (asOf < book.asOf) {
      problem = remark('prices-older', { day: asOf, used: book.asOf });
      return;
    }
    await file.write({ asOf, fetchedAt, data: read.providers });
    inForce = Promise.resolve({ book: open(read.providers, asOf), fetchedAt });
    problem = null;
    ports.changed();
  }

  async function reset(): Promise<void> {
    await file.remove();
    inForce = bundled().then(({ book }) => ({ book, fetchedAt: null }));
    problem = null;
    ports.changed();
  }

  /** One after the other; an act that fails is told and changes nothing. */
  function inTurn(act: () => Promise<void>, what: Failing): Promise<PriceStatus> {
    const done = turn
      .then(act)
      .catch((error: unknown) => fail(what, error))
      .then(status);
    turn = done;
    return done;
  }

  return {
    book: () => current().then(({ book }) => book),
    status,
    refresh: () => inTurn(refresh, 'prices-not-kept'),
    reset: () => inTurn(reset, 'prices-not-removed'),
  };
}

const dayOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);
