/** Back-ups of the running gateway: asked for by a user, and made by themselves when one is due. */
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../../contract/config/schema.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Call } from '../../contract/rpc/define.ts';
import type { BackupFile } from '../../contract/rpc/procedures/backup.ts';
import { backupName, forgetOldest, listBackups, look, scheduledBy } from '../backup/folder.ts';
import { makeBackup } from '../backup/make.ts';
import { BackupError } from '../backup/problem.ts';
import { waitingRestore } from '../backup/staging.ts';
import { sweepLogCopy, sweepPartials } from '../backup/sweep.ts';
import { undoRestore } from '../backup/undo.ts';
import type { BackupPorts } from '../control/ports.ts';
import type { RequestLog } from '../core/log-store.ts';
import { SecretStoreError } from '../core/ports.ts';
import { causeOf, say } from '../core/sayings.ts';
import { folderId } from '../hosting/folder-id.ts';
import type { GatewayPorts } from '../index.ts';
import { within } from '../storage/within.ts';
import { prepareBackup } from './restore.ts';

/** From the start to the first look whether a copy is due, ms: never in the way of a start. */
const FIRST_LOOK = 600_000;
/** Between two looks, ms. */
const LOOK = 600_000;
/** The end waits so long for a back-up under way to be given up, ms. */
const GIVING_UP = 5_000;

interface Order {
  readonly history: boolean;
  readonly passphrase: string | null;
  /** Id of this data folder where it is made by itself, else null. */
  readonly maker: string | null;
}

export interface Backups extends BackupPorts {
  /** Why the restore that waited for this start came to nothing, or waits on; null where another was prepared since. */
  restoreProblem(): Told | null;
  /** Gives up the one under way, and makes no other. */
  stop(): Promise<void>;
}

export function createBackups(
  ports: Pick<
    GatewayPorts,
    'version' | 'clock' | 'logger' | 'configFile' | 'secrets' | 'dataFolder' | 'restoreProblem'
  >,
  around: {
    readonly config: () => Config;
    readonly log: RequestLog;
    /** Values that stand in no file that is not sealed. */
    readonly inForce: () => readonly string[];
    /** `problem` or `restoreProblem` is another one. */
    readonly changed: () => void;
  },
): Backups {
  const { clock, logger, dataFolder, secrets } = ports;
  let problem: Told | null = null;
  let unrestored = ports.restoreProblem ?? null;
  /** Settles, and never rejects, with the one under way; null without one. */
  let making: Promise<void> | null = null;
  let ended = false;
  let giveUp: () => void = () => undefined;
  let cancel = clock.after(FIRST_LOOK, lookForDue);

  const folder = (): string => resolve(dataFolder, around.config().backup.folder || 'backups');
  const swept = sweepLogCopy(dataFolder);
  void sweepPartials(folder(), clock.wall());

  async function make(order: Order, call: Call<number>): Promise<BackupFile> {
    if (making !== null) throw new BackupError('unavailable', say('backup-under-way'));
    if (ended) throw new BackupError('cancelled', say('backup-stopped'));
    const made = makeFile(order, call);
    making = made.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await made;
    } finally {
      making = null;
    }
  }

  async function makeFile(order: Order, call: Call<number>): Promise<BackupFile> {
    await swept;
    const now = clock.wall();
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    const name = backupName(now, order.maker);
    await makeBackup({
      file: join(folder(), name),
      app: ports.version,
      now,
      dataFolder,
      log: order.history ? around.log : null,
      config: await ports.configFile.read(),
      inForce: around.inForce(),
      sealed:
        order.passphrase === null ? null : { passphrase: order.passphrase, secrets: await allSecrets() },
      call: {
        cancelled: () => call.cancelled || ended,
        onCancel(act) {
          call.onCancel(act);
          giveUp = act;
        },
        told: (share) => call.tell(share),
      },
    });
    const made = await look(folder(), name);
    if (made === undefined) throw new BackupError('unavailable', say('backup-gone', { name }));
    return made;
  }

  /** Those of every key whose value does not stand in the configuration. */
  async function allSecrets(): Promise<Readonly<Record<string, string>>> {
    const names = around
      .config()
      .providers.flatMap(({ id, keys }) =>
        keys.flatMap((key) => (key.value === undefined ? [`${id}/${key.id}`] : [])),
      );
    const found: [string, string][] = [];
    for (const name of names) {
      const value = await secrets.get(name).catch((error: unknown) => {
        if (error instanceof SecretStoreError && error.problem === 'not-found') return undefined;
        const cause = causeOf(error);
        throw new BackupError(
          'unavailable',
          say('keys-not-read', {}, cause, `The keys cannot be read: ${cause.text}`),
        );
      });
      if (value !== undefined) found.push([name, value]);
    }
    return Object.fromEntries(found);
  }

  function lookForDue(): void {
    void makeDue().finally(() => {
      if (!ended) cancel = clock.after(LOOK, lookForDue);
    });
  }

  /** Told once: a full disk would say so with every look. */
  async function makeDue(): Promise<void> {
    const { every, keep, history, folder: shared } = around.config().backup;
    await sweepPartials(folder(), clock.wall());
    if (every === 0 || making !== null) return;
    try {
      const maker = { id: await folderId(dataFolder), alone: shared === '' };
      const [newest] = await scheduledBy(maker, folder(), clock.wall());
      if (newest !== undefined && clock.wall() - newest.created < every) return;
      await make({ history, passphrase: null, maker: maker.id }, NOBODY);
      await forgetOldest(maker, folder(), keep, clock.wall());
      tell(null);
    } catch (error) {
      if (ended) return;
      const cause = causeOf(error);
      const wording = `The back-up that was due could not be made in ${folder()}: ${cause.text}`;
      tell(say('backup-not-made', { folder: folder() }, cause, wording));
    }
  }

  function tell(next: Told | null): void {
    if (next?.text === problem?.text) return;
    problem = next;
    if (next !== null) logger.warn(next.text);
    around.changed();
  }

  function settleRestore(): void {
    if (unrestored === null) return;
    unrestored = null;
    around.changed();
  }

  return {
    folder,
    list: () => listBackups(folder()),
    problem: () => problem,
    waiting: () => waitingRestore(dataFolder),
    make: (order, call) => make({ ...order, maker: null }, call),
    remove: (name) => rm(join(folder(), name), { force: true }),
    restoreProblem: () => unrestored,
    async prepare({ name, passphrase }, call) {
      const prepared = await prepareBackup({
        file: join(folder(), name),
        passphrase,
        dataFolder,
        configFile: ports.configFile,
        secrets,
        now: clock.wall(),
        cancelled: () => call.cancelled,
      });
      settleRestore();
      return prepared;
    },
    async drop() {
      // One that waits for its keys may have brought some of them.
      const { keys } = await undoRestore({ dataFolder, configFile: ports.configFile, secrets });
      if (!keys) logger.warn('Some keys may be those of the back-up that is not restored: check them');
      settleRestore();
    },
    async stop() {
      cancel();
      ended = true;
      giveUp();
      if (making !== null) await within(GIVING_UP, making, clock);
    },
  };
}

/** For copies that nobody waits for. */
const NOBODY: Call<number> = { cancelled: false, onCancel: () => undefined, tell: () => undefined };
