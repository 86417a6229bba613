/** What is done about a port that another program has: said who has it, which one is free, and asked. */
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
  ) => Promise<{ readonly port: number | null; readonly holder: string | null }>;
  /** Answers why it was not done, or null. */
  readonly setPort: (port: number) => Promise<string | null>;
  /** @throws ListenError when the address cannot be bound */
  readonly listen: () => Promise<string>;
  readonly t: Translate;
  /** Asks the user; answers the index of a button. */
  readonly ask: (question: PortQuestion) => Promise<number>;
}

/**
 * Listens, and asks the user as often as the port is taken.
 * @returns the address, or null when the user wants to see to it later: the pages then say so
 * @throws ListenError for addresses that another port would not help
 */
export async function listenOrAsk(ports: PortPorts): Promise<string | null> {
  const { port, listen, t, ask } = ports;
  let refusal = '';
  for (;;) {
    try {
      return await listen();
    } catch (error) {
      if (!(error instanceof ListenError) || error.code !== 'port_taken') throw error;
    }
    const { port: free, holder: name } = await ports.freePort(port());
    const question = portQuestion({ port: port(), name, free, refusal }, t);
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
    readonly name: string | null;
    /** Null where every port nearby is taken. */
    readonly free: number | null;
    readonly refusal: string;
  },
  t: Translate,
): PortQuestion {
  const { port, name, free, refusal } = facts;
  return {
    message: name === null ? t('desktop.port.taken', { port }) : t('desktop.port.takenBy', { port, name }),
    detail: refusal === '' ? t('desktop.port.help') : `${t('desktop.port.failed')}: ${refusal}`,
    buttons: [
      ...(free === null ? [] : [useButton(free, t)]),
      { text: t('desktop.port.again'), choice: { kind: 'again' } },
      { text: t('desktop.port.later'), choice: { kind: 'later' } },
    ],
  };
}

const useButton = (port: number, t: Translate): PortQuestion['buttons'][number] => ({
  text: t('desktop.port.use', { port }),
  choice: { kind: 'use', port },
});
