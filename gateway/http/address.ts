/** Keeps the gateway at its configured address, and says why where that cannot be. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Logger } from '../core/ports.ts';
import { causeOf, inSentences, say } from '../core/sayings.ts';
import { freePort } from './free-port.ts';
import { ListenError } from './listen-error.ts';
import type { Listener, Place } from './listener.ts';
import { portHolder } from './port-holder.ts';

export interface Address {
  /** Why the gateway does not listen where it is configured to; null where it does. */
  problem(): Told | null;
  /**
   * The first place, at the start of the gateway.
   * @throws ListenError when it cannot be bound; the reason then stays as the problem
   */
  start(place: Place): Promise<void>;
  /** @returns null when it listens there, else why not, where it still listens, and a port that is free */
  moveTo(place: Place): Promise<Told | null>;
  /** The configuration names this place: goes there, or keeps the reason as the problem. Never rejects. */
  follow(place: Place): Promise<void>;
}

/** How its sentences name what listens there. */
export interface AddressWords {
  /** The line of the log. */
  readonly moved: string;
  /** What it means that nothing is bound. */
  readonly nowhere: Told;
}

const GATEWAY: AddressWords = {
  moved: 'The gateway moved',
  nowhere: say('tools-cannot-reach'),
};

/** @param changed called after the address, or the problem with it, has changed */
export function createAddress(
  listener: Listener,
  logger: Logger,
  changed: () => void,
  words = GATEWAY,
): Address {
  let problem: Told | null = null;

  async function moveTo(place: Place): Promise<Told | null> {
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
      if (refused?.text === problem?.text) return;
      problem = refused;
      if (refused !== null) logger.error(refused.text);
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
): Promise<Told> {
  const still = before === '' ? nowhere : say('still-listening', { address: before });
  const { port, host } = place;
  if (!(error instanceof ListenError)) {
    return inSentences([say('address-unusable', { port, host }, causeOf(error)), still]);
  }
  if (error.code !== 'port_taken') return inSentences([error.told, still]);
  const [holder, free] = await Promise.all([portHolder(port), freePort(host, port)]);
  return inSentences([
    holder === null ? say('port-taken', { port }) : say('port-taken-by', { port, ...holder }),
    still,
    ...(free === null ? [] : [say('port-free', { port: free })]),
  ]);
}
