/** What a host does about restores at its start, before anything of the data folder is opened. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Clock, Logger, SecretStore } from '../core/ports.ts';
import { SecretStoreError } from '../core/ports.ts';
import { causeOf, say } from '../core/sayings.ts';
import { applyRestore, type AppliedRestore, type ApplyOrder } from './apply.ts';
import { hasBegun, keptIn, waitingRestore } from './staging.ts';
import { undoRestore } from './undo.ts';

/** A keychain that asks the user something may take for ever; the start waits so long for each answer, ms. */
const PATIENCE = 10_000;

/** What became of a restore that waited. */
export type FinishedRestore =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'applied' } & AppliedRestore)
  /** Its keys have no place yet: it waits for the next start, and everything is as it was. */
  | { readonly kind: 'waits'; readonly problem: Told }
  /** It failed and is given up: everything is as it was. */
  | { readonly kind: 'undone'; readonly problem: Told };

/** What the pages say of it; null where nothing is wrong. */
export function restoreProblem(finished: FinishedRestore): Told | null {
  if (finished.kind === 'undone') return finished.problem;
  return finished.kind === 'waits' ? say('restore-waits', {}, finished.problem) : null;
}

export interface FinishOptions extends ApplyOrder {
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Puts a prepared restore into use, also one that a kill cut short. One that cannot be is taken back, so that no start
 * fails over it.
 * @throws UndoError where it cannot be taken back either
 */
export async function finishRestore(options: FinishOptions): Promise<FinishedRestore> {
  const order = { ...options, secrets: patient(options.secrets, options.clock) };
  try {
    const applied = await applyRestore(order);
    if (applied === null) return { kind: 'none' };
    tellApplied(applied, options);
    return { kind: 'applied', ...applied };
  } catch (error) {
    if (!(error instanceof SecretStoreError)) return undo(error, order, options.logger);
    options.logger.warn('The restore waits for the next start: its keys cannot be kept now', {
      reason: error.message,
    });
    return { kind: 'waits', problem: error.told };
  }
}

/**
 * For commands that open the data folder: a restore that a kill cut short is finished, one that waits for its start
 * waits on. @throws UndoError as above
 */
export async function finishBegunRestore(options: FinishOptions): Promise<void> {
  if (await hasBegun(options.dataFolder)) await finishRestore(options);
}

/** Drops a restore; what it has moved is put back, and the keys that it has brought. @throws UndoError */
export function giveUpRestore(options: FinishOptions): ReturnType<typeof undoRestore> {
  const order = { ...options, secrets: patient(options.secrets, options.clock) };
  return takeBack(order, 'A restore was cut short');
}

/** Some of what was in use lies in the folder of what was kept. Its message is for the operator. */
export class UndoError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'UndoError';
  }
}

async function undo(failure: unknown, order: ApplyOrder, logger: Logger): Promise<FinishedRestore> {
  const cause = causeOf(failure);
  const { keys } = await takeBack(order, `A back-up could not be restored (${cause.text})`);
  const problem = say(keys ? 'restore-undone' : 'restore-undone-keys', {}, cause);
  logger.warn(problem.text, { error: failure });
  return { kind: 'undone', problem };
}

/** @param what happened @throws UndoError */
async function takeBack(order: ApplyOrder, what: string): ReturnType<typeof undoRestore> {
  const journal = await waitingRestore(order.dataFolder);
  try {
    return await undoRestore(order);
  } catch (error) {
    const kept = journal === undefined ? order.dataFolder : keptIn(order.dataFolder, journal);
    throw new UndoError(
      `${what}, and what was in use before could not all be put back (${causeOf(error).text}). It lies in ${kept}, nothing is lost: mend the cause and start again.`,
      error,
    );
  }
}

function tellApplied(applied: AppliedRestore, { logger, configFile }: FinishOptions): void {
  logger.info('A back-up was restored', {
    made: new Date(applied.created).toISOString(),
    before: applied.kept,
  });
  if (applied.configAside === null) return;
  logger.warn(
    'Its configuration was not put into use: the one in use cannot be replaced, or is not the one it was prepared for',
    { inUse: configFile.location, restored: applied.configAside },
  );
}

function patient(store: SecretStore, clock: Clock): SecretStore {
  const inTime = <T>(answer: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(PATIENCE, () =>
        reject(new SecretStoreError('unavailable', 'The place where keys are kept does not answer.')),
      );
      void answer.then(resolve, reject).finally(cancel);
    });
  return {
    kind: store.kind,
    get: (name) => inTime(store.get(name)),
    set: (name, value) => inTime(store.set(name, value)),
    delete: (name) => inTime(store.delete(name)),
  };
}
