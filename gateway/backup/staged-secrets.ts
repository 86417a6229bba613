/** Keys of a prepared restore: they come into the secret store before any file moves, and go again if it fails. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { SecretStoreError, type SecretStore } from '../core/ports.ts';
import { seal, unseal, type Sealed } from '../state/sealed-format.ts';
import { STAGING_KEY, stagingIn, writeWhole } from './staging.ts';

const sealedSchema = z.strictObject({ iv: z.string(), data: z.string(), tag: z.string() });
const preparedSchema = z.record(z.string(), sealedSchema);
/** Null: there was none of that name. */
const beforeSchema = z.record(z.string(), z.nullable(sealedSchema));

/** Setting them again does no harm. @throws SecretStoreError */
export async function takeSecrets(dataFolder: string, secrets: SecretStore, step: () => void): Promise<void> {
  const staging = stagingIn(dataFolder);
  const json = await jsonOf(staging.secrets);
  if (json === undefined) return;
  const prepared = preparedSchema.parse(json);
  const key = await stagingKey(secrets);
  // Only the first time: a start that was killed may have replaced some of them.
  if ((await jsonOf(staging.before)) === undefined) {
    const before: z.output<typeof beforeSchema> = {};
    for (const name of Object.keys(prepared)) before[name] = await held(secrets, key, name);
    await writeWhole(staging.before, JSON.stringify(before));
  }
  for (const [name, record] of Object.entries(prepared)) {
    const value = unseal(key, name, record);
    if (value !== undefined) await secrets.set(name, value);
    step();
  }
}

/** @throws SecretStoreError */
export async function putSecretsBack(dataFolder: string, secrets: SecretStore): Promise<void> {
  const json = await jsonOf(stagingIn(dataFolder).before);
  if (json === undefined) return;
  const key = await stagingKey(secrets);
  for (const [name, record] of Object.entries(beforeSchema.parse(json))) {
    const value = record === null ? undefined : unseal(key, name, record);
    if (value !== undefined) await secrets.set(name, value);
    else if (record === null) await secrets.delete(name);
  }
}

const stagingKey = async (secrets: SecretStore): Promise<Buffer> =>
  Buffer.from(await secrets.get(STAGING_KEY), 'base64');

async function held(secrets: SecretStore, key: Buffer, name: string): Promise<Sealed | null> {
  try {
    return seal(key, name, await secrets.get(name));
  } catch (error) {
    if (error instanceof SecretStoreError && error.problem === 'not-found') return null;
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
