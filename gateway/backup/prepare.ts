/**
 * Prepares a restore: the whole back-up is checked and laid out beside what is in use. Nothing in use changes; an
 * end at any point, by error or by a kill, leaves a folder that the next start drops. The journal is written last.
 */
import { createHash, randomBytes, type Hash } from 'node:crypto';
import { mkdir, open, rmdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { SecretStoreError, type ConfigFile, type SecretStore } from '../core/ports.ts';
import { causeOf, say } from '../core/sayings.ts';
import { seal } from '../state/sealed-format.ts';
import type { BackupHead, Manifest } from './format.ts';
import { fillHidden, hasHidden } from './hide-secrets.ts';
import { CHAT_FILES, CONFIG, CONVERSATIONS, isKnownPart, LOG, SECRETS } from './parts.ts';
import { BackupError } from './problem.ts';
import { readBackup, readHead } from './read.ts';
import {
  dropRestore,
  FILE_MODE,
  FOLDER_MODE,
  placeOf,
  STAGING_KEY,
  stagingIn,
  syncFolder,
  writeWhole,
  type Journal,
} from './staging.ts';

export interface RestoreOrder {
  readonly file: string;
  readonly passphrase: string | null;
  readonly dataFolder: string;
  /** What its configuration is to replace. */
  readonly configFile: Pick<ConfigFile, 'location' | 'checkWritable'>;
  /** Where its keys go; null: they are left out. */
  readonly secrets: SecretStore | null;
  /** Newest schema of the request log that this version knows. */
  readonly logSchema: number;
  /** Unix ms. */
  readonly now: number;
  readonly cancelled: () => boolean;
  /** Hears what was done, so that a test can end there. */
  readonly step?: (name: string) => void;
}

export interface PreparedRestore {
  /** Unix ms at which the back-up was made. */
  readonly created: number;
  readonly app: string;
  readonly history: boolean;
  /** Keys that come with it. */
  readonly secrets: number;
  /** Secrets written out in its configuration were left out of it, and have to be entered again. */
  readonly hidden: boolean;
}

/** Parts that are read as texts: neither is larger than this, bytes. */
const LONGEST_TEXT = 16_000_000;
const secretsSchema = z.record(z.string().check(z.regex(/^[^/\s]{1,64}\/[^/\s]{1,64}$/)), z.string());

/** @throws BackupError; what the secret store says. Nothing prepared is left then. */
export async function prepareRestore(order: RestoreOrder): Promise<PreparedRestore> {
  const head = await readHead(order.file).catch((error: unknown) => {
    throw error instanceof BackupError ? error : unreadable(order.file, error);
  });
  refuse(head, order);
  try {
    await dropRestore(order.dataFolder, order.secrets);
    return await layOut(head, order);
  } catch (error) {
    await dropRestore(order.dataFolder, order.secrets).catch(() => undefined);
    if (!(error instanceof Error && 'code' in error)) throw error;
    const told = say('backup-no-room', { folder: order.dataFolder }, causeOf(error));
    throw new BackupError('unavailable', told);
  }
}

function unreadable(file: string, error: unknown): BackupError {
  return new BackupError('unavailable', say('backup-unread', { path: file }, causeOf(error)));
}

function refuse(head: BackupHead, { file, logSchema, secrets }: RestoreOrder): void {
  if (head.logSchema !== null && head.logSchema > logSchema) {
    throw new BackupError(
      'newer',
      say('backup-newer-log', { path: file, version: head.app, found: head.logSchema, known: logSchema }),
    );
  }
  if (head.secrets && secrets?.kind === 'memory') {
    throw new BackupError('unavailable', say('backup-keys-no-place', { path: file }));
  }
}

/** Else it would be found out with the next start, when the log has gone already. */
async function refuseFixed(configFile: RestoreOrder['configFile']): Promise<void> {
  try {
    await configFile.checkWritable();
  } catch (error) {
    const path = configFile.location;
    throw new BackupError('unavailable', say('backup-config-fixed', { path }, causeOf(error)));
  }
}

async function layOut(head: BackupHead, order: RestoreOrder): Promise<PreparedRestore> {
  const { file, passphrase, dataFolder, now, cancelled, step = () => undefined } = order;
  const staging = stagingIn(dataFolder);
  await mkdir(join(staging.files, CHAT_FILES), { recursive: true, mode: FOLDER_MODE });
  step('begun');
  const read: Manifest['parts'][number][] = [];
  const texts = new Map<string, string>();
  const seen = new Set<string>();
  let part: OpenPart | undefined;
  try {
    for await (const piece of readBackup(file, passphrase, cancelled)) {
      if (piece.kind === 'data') {
        await part?.add(piece.bytes);
        continue;
      }
      if (part !== undefined) read.push(await part.end());
      part = undefined;
      if (piece.kind === 'part' && piece.name === CONFIG) await refuseFixed(order.configFile);
      if (piece.kind === 'part') part = await openPart(piece.name, file, staging.files, texts, seen);
      else checkManifest(piece.manifest, read, file);
      step('part');
    }
  } catch (error) {
    await part?.drop();
    throw error;
  }
  const config = texts.get(CONFIG);
  if (config !== undefined) await writeWhole(join(staging.files, CONFIG), fillHidden(config));
  const keys = await stageSecrets(texts.get(SECRETS), order);
  step('secrets');
  // An empty folder would count as conversations.
  await rmdir(join(staging.files, CHAT_FILES)).catch(() => syncFolder(join(staging.files, CHAT_FILES)));
  await syncFolder(join(staging.files, CONVERSATIONS));
  await syncFolder(staging.files);
  const parts = read.map(({ name }) => name).filter((name) => name !== SECRETS);
  const journal: Journal = {
    version: 1,
    at: now,
    created: head.created,
    app: head.app,
    parts,
    config: placeOf(order.configFile.location, dataFolder),
  };
  await writeWhole(staging.journal, JSON.stringify(journal));
  step('ready');
  return {
    created: head.created,
    app: head.app,
    history: parts.includes(LOG),
    secrets: keys,
    hidden: config !== undefined && hasHidden(config),
  };
}

/** The keys stay sealed on the disk, under a key that only the secret store has. @returns how many there are */
async function stageSecrets(
  text: string | undefined,
  { secrets, dataFolder }: RestoreOrder,
): Promise<number> {
  if (text === undefined || secrets === null) return 0;
  const values = Object.entries(secretsSchema.parse(JSON.parse(text)));
  if (values.length === 0) return 0;
  const key = randomBytes(32);
  const sealed = Object.fromEntries(values.map(([name, value]) => [name, seal(key, name, value)]));
  try {
    await secrets.set(STAGING_KEY, key.toString('base64'));
  } catch (error) {
    if (!(error instanceof SecretStoreError)) throw error;
    throw new BackupError('unavailable', say('backup-keys-unkept', {}, error.told));
  }
  await writeWhole(stagingIn(dataFolder).secrets, JSON.stringify(sealed));
  return values.length;
}

interface OpenPart {
  add(bytes: Buffer): Promise<void>;
  end(): Promise<Manifest['parts'][number]>;
  /** Lets go of it before its end. */
  drop(): Promise<void>;
}

async function openPart(
  name: string,
  file: string,
  folder: string,
  texts: Map<string, string>,
  seen: Set<string>,
): Promise<OpenPart> {
  if (!isKnownPart(name)) {
    throw new BackupError('newer', say('backup-newer-part', { path: file }));
  }
  if (seen.has(name)) throw new BackupError('damaged', say('backup-not-as-said', { path: file }));
  seen.add(name);
  const hash = createHash('sha256');
  return name === CONFIG || name === SECRETS
    ? textPart(name, hash, texts)
    : filePart(name, hash, join(folder, name));
}

function textPart(name: string, hash: Hash, texts: Map<string, string>): OpenPart {
  const pieces: Buffer[] = [];
  let length = 0;
  return {
    add(bytes) {
      hash.update(bytes);
      pieces.push(bytes);
      length += bytes.length;
      if (length > LONGEST_TEXT) throw new BackupError('damaged', say('backup-part-large', { name }));
      return Promise.resolve();
    },
    end() {
      texts.set(name, Buffer.concat(pieces).toString('utf8'));
      return Promise.resolve({ name, bytes: length, sha256: hash.digest('hex') });
    },
    drop: () => Promise.resolve(),
  };
}

async function filePart(name: string, hash: Hash, path: string): Promise<OpenPart> {
  await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
  const handle: FileHandle = await open(path, 'wx', FILE_MODE);
  let length = 0;
  return {
    async add(bytes) {
      hash.update(bytes);
      length += bytes.length;
      await handle.writeFile(bytes);
    },
    async end() {
      await handle.sync();
      await handle.close();
      return { name, bytes: length, sha256: hash.digest('hex') };
    },
    drop: () => handle.close(),
  };
}

function checkManifest(manifest: Manifest, read: Manifest['parts'], file: string): void {
  const same =
    manifest.parts.length === read.length &&
    manifest.parts.every(({ name, bytes, sha256 }, index) => {
      const found = read[index];
      return found?.name === name && found.bytes === bytes && found.sha256 === sha256;
    });
  if (!same) throw new BackupError('damaged', say('backup-not-as-said', { path: file }));
}
