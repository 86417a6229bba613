/** Keeps the gateway at its configured address, and says in a sentence why where that cannot be. */
import type { Logger } from '../core/ports.ts';
import { freePort } from './free-port.ts';
import { ListenError } from './listen-error.ts';
import type { Listener, Place } from './listener.ts';
import { portHolder } from './port-holder.ts';

export interface Address {
  /** Why the gateway does not listen where it is configured to; null where it does. */
  problem(): string | null;
  /**
   * The first place, at the start of the gateway.
   * @throws ListenError when it cannot be bound; the reason then stays as the problem
   */
  start(place: Place): Promise<void>;
  /** @returns null when it listens there, else why not, where it still listens, and a port that is free */
  moveTo(place: Place): Promise<string | null>;
  /** The configuration names this place: goes there, or keeps the reason as the problem. Never rejects. */
  follow(place: Place): Promise<void>;
}

/** How its sentences name what listens there. */
export interface AddressWords {
  /** The line of the log. */
  readonly moved: string;
  /** What it means that nothing is bound. */
  readonly nowhere: string;
}

const GATEWAY: AddressWords = {
  moved: 'The gateway moved',
  nowhere: 'Tools cannot reach the gateway.',
};

/** @param changed called after the address, or the problem with it, has changed */
export function createAddress(
  listener: Listener,
  logger: Logger,
  changed: () => void,
  words = GATEWAY,
): Address {
  let problem: string | null = null;

  async function moveTo(place: Place): Promise<string | null> {
    const before = listener.address();
    try {
      await listener.moveTo(place);
    } catch (error) {
      return refusal(error, place, before, words);
    }
    const solved = problem !== null;
    problem = null;
    const moved = listener.address() !== before;
    if (moved) logger.info(words.moved, { from: before, to: listener.address() });
    if (moved || solved) changed();
    return null;
  }

  return {
    problem: () => problem,
    async start(place) {
      try {
        await listener.moveTo(place);
        problem = null;
      } catch (error) {
        problem = await refusal(error, place, '', words);
        changed();
        throw error;
      }
    },
    moveTo,
    async follow(place) {
      const refused = await moveTo(place);
      if (refused === problem) return;
      problem = refused;
      if (refused !== null) logger.error(refused);
      changed();
    },
  };
}

/** @param before where it listens meanwhile; empty for nowhere */
async function refusal(
  error: unknown,
  place: Place,
  before: string,
  { nowhere }: AddressWords,
): Promise<string> {
  const still = before === '' ? nowhere : `Still listening on ${before}.`;
  if (!(error instanceof ListenError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return `Port ${place.port} of ${place.host} cannot be used (${reason}). ${still}`;
  }
  if (error.code !== 'port_taken') return `${error.message} ${still}`;
  const [holder, free] = await Promise.all([portHolder(place.port), freePort(place.host, place.port)]);
  const by = holder === null ? 'another program' : `${holder.name} (process ${holder.pid})`;
  const instead = free === null ? '' : ` Port ${free} is free.`;
  return `Port ${place.port} is taken by ${by}. ${still}${instead}`;
}
