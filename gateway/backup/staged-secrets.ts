/** Keys of a prepared restore: they come into the secret store before any file moves, and go again if it fails. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { SecretStoreError, type SecretStore } from '../core/ports.ts';
import { seal, unseal } from '../state/sealed-format.ts';
import { STAGING_KEY, stagingIn, writeWhole } from './staging.ts';

const sealedSchema = z.strictObject({ iv: z.string(), data: z.string(), tag: z.string() });
const preparedSchema = z.record(z.string(), sealedSchema);
/** One that the store holds and cannot read: it may be replaced, and cannot be put back. */
const UNREADABLE = Symbol('unreadable');
/** Null: there was none of that name. */
const beforeSchema = z.record(z.string(), z.union([sealedSchema, z.null(), z.literal('unreadable')]));
type Before = z.output<typeof beforeSchema>;

/** Setting them again does no harm. @throws SecretStoreError */
export async function takeSecrets(dataFolder: string, secrets: SecretStore, step: () => void): Promise<void> {
  const staging = stagingIn(dataFolder);
  const json = await jsonOf(staging.secrets);
  if (json === undefined) return;
  const prepared = preparedSchema.parse(json);
  const key = await stagingKey(secrets);
  // Only the first time: a start that was killed may have replaced some of them.
  if ((await jsonOf(staging.before)) === undefined) {
    const before: Before = {};
    for (const name of Object.keys(prepared)) before[name] = beforeOf(key, name, await held(secrets, name));
    await writeWhole(staging.before, JSON.stringify(before));
  }
  for (const [name, record] of Object.entries(prepared)) {
    const value = unseal(key, name, record);
    if (value !== undefined) await secrets.set(name, value);
    step();
  }
}

/**
 * Only those that the restore has brought: what somebody has entered since stays.
 * @returns whether none of them is left @throws SecretStoreError
 */
export async function putSecretsBack(dataFolder: string, secrets: SecretStore): Promise<boolean> {
  const staging = stagingIn(dataFolder);
  const json = await jsonOf(staging.before);
  if (json === undefined) return true;
  const prepared = preparedSchema.parse((await jsonOf(staging.secrets)) ?? {});
  const key = await stagingKey(secrets);
  let all = true;
  for (const [name, before] of Object.entries(beforeSchema.parse(json))) {
    const brought = prepared[name] && unseal(key, name, prepared[name]);
    if ((await held(secrets, name)) !== brought) continue;
    if (before === null) {
      await secrets.delete(name);
      continue;
    }
    const value = before === 'unreadable' ? undefined : unseal(key, name, before);
    if (value === undefined) all = false;
    else await secrets.set(name, value);
  }
  return all;
}

const stagingKey = async (secrets: SecretStore): Promise<Buffer> =>
  Buffer.from(await secrets.get(STAGING_KEY), 'base64');

const beforeOf = (key: Buffer, name: string, value: Held): Before[string] => {
  if (value === UNREADABLE) return 'unreadable';
  return value === null ? null : seal(key, name, value);
};

/** Null: none of that name. */
type Held = string | typeof UNREADABLE | null;

/** One that is damaged is no reason against a back-up that mends it. */
async function held(secrets: SecretStore, name: string): Promise<Held> {
  try {
    return await secrets.get(name);
  } catch (error) {
    if (error instanceof SecretStoreError && error.problem === 'not-found') return null;
    if (error instanceof SecretStoreError && error.problem === 'unreadable') return UNREADABLE;
    throw error;
  }
}

/** Undefined where there is no such file. */
async function jsonOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
