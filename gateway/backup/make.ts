/** Makes a back-up out of a data folder whose gateway runs: every part is consistent in itself. */
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestLog } from '../core/log-store.ts';
import { causeOf, say } from '../core/sayings.ts';
import { hideSecrets } from './hide-secrets.ts';
import {
  CHAT_FILES,
  CONFIG,
  CONVERSATIONS,
  isChatFile,
  isConversationFile,
  LOG,
  LOG_COPY,
  SECRETS,
  SIGNATURES,
  STATE_FILES,
} from './parts.ts';
import { BackupError } from './problem.ts';
import { writeBackup, type PartSource } from './write.ts';

export interface BackupOrder {
  /** Replaced where it is there. */
  readonly file: string;
  readonly app: string;
  /** Unix ms. */
  readonly now: number;
  readonly dataFolder: string;
  /** Null: the history is left out. */
  readonly log: Pick<RequestLog, 'copy' | 'stopCopy'> | null;
  /** Text of the configuration; undefined where there is no file. */
  readonly config: string | undefined;
  /** Whatever in force must not stand in a file that is not sealed. */
  readonly inForce: readonly string[];
  /** With the keys and everything sealed, or neither. */
  readonly sealed: {
    readonly passphrase: string;
    /** By `<provider>/<key id>`. */
    readonly secrets: Readonly<Record<string, string>>;
  } | null;
  readonly call: BackupCall;
}

/** The one who waits for it. */
export interface BackupCall {
  readonly cancelled: () => boolean;
  readonly onCancel: (act: () => void) => void;
  /** How far it is, from 0 to 1. */
  readonly told: (share: number) => void;
}

/** Copying the log counts for half of the way, writing it and the rest down for the other. */
const HALF = 0.5;

/** @returns bytes of the file @throws BackupError; what the file system says */
export async function makeBackup(order: BackupOrder): Promise<number> {
  const { file, dataFolder, call } = order;
  const config = configText(order);
  const copy = join(dataFolder, LOG_COPY);
  try {
    const logSchema = order.log === null ? null : await copyLog(order.log, copy, call);
    const files = await filesOf(dataFolder, order.log !== null);
    if (logSchema !== null) files.push({ name: LOG, path: copy });
    const sizes = await Promise.all(files.map(async ({ path }) => (await sizeOf(path)) ?? 0));
    const whole = Math.max(
      1,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    await writeBackup({
      file,
      head: { app: order.app, created: order.now, logSchema, secrets: order.sealed !== null },
      passphrase: order.sealed?.passphrase ?? null,
      parts: partsOf(config, order, files),
      cancelled: call.cancelled,
      told: (bytes) => call.told(HALF + HALF * Math.min(1, bytes / whole)),
    });
    return (await sizeOf(file)) ?? 0;
  } finally {
    await rm(copy, { force: true });
  }
}

function configText({ config, sealed, inForce }: BackupOrder): string | undefined {
  if (config === undefined || sealed !== null) return config;
  const hidden = hideSecrets(config, inForce);
  if (hidden !== null) return hidden;
  throw new BackupError('unavailable', say('backup-config-broken'));
}

async function copyLog(
  log: Pick<RequestLog, 'copy' | 'stopCopy'>,
  to: string,
  { cancelled, onCancel, told }: BackupCall,
): Promise<number> {
  onCancel(() => log.stopCopy());
  try {
    return await log.copy(to, (share) => {
      // One that was taken back before the copying began was not heard by it.
      if (cancelled()) log.stopCopy();
      told(HALF * share);
    });
  } catch (error) {
    if (cancelled()) throw new BackupError('cancelled', say('backup-stopped'));
    throw new BackupError('unavailable', causeOf(error));
  }
}

interface NamedFile {
  readonly name: string;
  readonly path: string;
}

async function filesOf(dataFolder: string, history: boolean): Promise<NamedFile[]> {
  const within = async (folder: string): Promise<string[]> =>
    history ? readdir(join(dataFolder, folder)).catch(() => []) : [];
  const conversations = (await within(CONVERSATIONS)).filter(isConversationFile);
  const attached = (await within(CHAT_FILES)).filter(isChatFile);
  const names = [
    ...STATE_FILES,
    ...(history ? [SIGNATURES] : []),
    ...conversations.map((file) => `${CONVERSATIONS}/${file}`),
    ...attached.map((file) => `${CHAT_FILES}/${file}`),
  ];
  const found: NamedFile[] = [];
  for (const name of names) {
    const path = join(dataFolder, name);
    if ((await sizeOf(path)) !== undefined) found.push({ name, path });
  }
  return found;
}

/** Each file is opened before its part begins: one that was deleted since it was found, like a chat, is left out. */
async function* partsOf(
  config: string | undefined,
  { sealed }: BackupOrder,
  files: readonly NamedFile[],
): AsyncGenerator<PartSource> {
  if (config !== undefined) yield textPart(CONFIG, config);
  if (sealed !== null) yield textPart(SECRETS, JSON.stringify(sealed.secrets));
  for (const { name, path } of files) {
    const handle = await opened(path);
    if (handle === undefined) continue;
    try {
      yield { name, pieces: () => handle.createReadStream({ autoClose: false }) };
    } finally {
      await handle.close();
    }
  }
}

async function opened(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const textPart = (name: string, text: string): PartSource => ({
  name,
  async *pieces() {
    yield await Promise.resolve(Buffer.from(text));
  },
});

/** Undefined where there is none. */
const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
