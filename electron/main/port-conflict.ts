/** What is done about an address that cannot be had: said who has it, which port is free, and asked. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { ListenError } from '../../gateway/index.ts';
import type { Translate } from './words.ts';

export type PortChoice =
  { readonly kind: 'use'; readonly port: number } | { readonly kind: 'again' } | { readonly kind: 'later' };

export interface PortQuestion {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly { readonly text: string; readonly choice: PortChoice }[];
}

export interface PortPorts {
  /** The configured port. */
  readonly port: () => number;
  /** The next free one, and the program that has `from` where the system tells. */
  readonly freePort: (
    from: number,
  ) => Promise<{ readonly free: number | null; readonly holder: string | null }>;
  /** Answers why it was not done, in the user's language, or null. */
  readonly setPort: (port: number) => Promise<string | null>;
  /** @throws ListenError when the address cannot be bound */
  readonly listen: () => Promise<string>;
  readonly t: Translate;
  /** What the gateway tells, in the user's language. */
  readonly words: (told: Told) => string;
  /** Asks the user; answers the index of a button. */
  readonly ask: (question: PortQuestion) => Promise<number>;
}

/**
 * Listens, and asks the user as often as that cannot be done.
 * @returns the address, or null when the user wants to see to it later: the pages then say so
 */
export async function listenOrAsk(ports: PortPorts): Promise<string | null> {
  const { port, listen, t, words, ask } = ports;
  let refusal = '';
  for (;;) {
    let failure: ListenError;
    try {
      return await listen();
    } catch (error) {
      if (!(error instanceof ListenError)) throw error;
      failure = error;
    }
    const question =
      failure.code === 'port_taken'
        ? portQuestion({ port: port(), ...(await ports.freePort(port())), refusal }, t)
        : addressQuestion(words(failure.told), t);
    const choice = question.buttons[await ask(question)]?.choice;
    if (choice === undefined || choice.kind === 'later') return null;
    if (choice.kind === 'again') continue;
    refusal = (await ports.setPort(choice.port)) ?? '';
  }
}

/** @param facts.refusal why the last choice could not be followed; empty for none */
export function portQuestion(
  facts: {
    readonly port: number;
    /** Null where the system does not tell. */
    readonly holder: string | null;
    /** Null where every port nearby is taken. */
    readonly free: number | null;
    readonly refusal: string;
  },
  t: Translate,
): PortQuestion {
  const { port, holder, free, refusal } = facts;
  return {
    message:
      holder === null ? t('desktop.port.taken', { port }) : t('desktop.port.takenBy', { port, name: holder }),
    detail: refusal === '' ? t('desktop.port.help') : t('desktop.port.failed', { reason: refusal }),
    buttons: [...(free === null ? [] : [useButton(free, t)]), ...usualButtons(t)],
  };
}

/** For an address that another port would not help. */
const addressQuestion = (detail: string, t: Translate): PortQuestion => ({
  message: t('problems.address_taken'),
  detail,
  buttons: usualButtons(t),
});

const usualButtons = (t: Translate): PortQuestion['buttons'] => [
  { text: t('desktop.port.again'), choice: { kind: 'again' } },
  { text: t('desktop.port.later'), choice: { kind: 'later' } },
];

const useButton = (port: number, t: Translate): PortQuestion['buttons'][number] => ({
  text: t('desktop.port.use', { port }),
  choice: { kind: 'use', port },
});
