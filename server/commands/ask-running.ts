/** Calls a procedure of the gateway that runs on a data folder, as its owner. */
import { access } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { RpcResult } from '../../contract/rpc/errors.ts';
import { holderOf, OWNER_HEADER, OWNER_PATH, type Environment } from '../../gateway/index.ts';
import { createAdminToken } from '../auth/admin-token.ts';

/** Longest wait for an answer, ms. */
const PATIENCE = 10_000;

const loginSchema = z.object({ ok: z.literal(true), data: z.object({ csrf: z.string() }) });
const resultSchema = z.union([
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
]);

/** @returns undefined where none runs, or it does not let this account in */
export async function askRunning(
  name: string,
  input: unknown,
  folder: string,
  environment: Environment,
  patience = PATIENCE,
): Promise<RpcResult<unknown> | undefined> {
  const holder = await holderOf(folder);
  if (holder === undefined || holder.address === '') return undefined;
  try {
    const { address, token } = holder;
    const door = token === undefined ? undefined : { [OWNER_HEADER]: token, 'x-switchyard-csrf': token };
    const way = door ?? (await logIn(address, folder, environment));
    if (way === undefined) return undefined;
    const path = door === undefined ? '/admin/rpc' : OWNER_PATH;
    const answer = await post(`${address}${path}/${name}`, input, way, patience);
    const result = resultSchema.parse(await answer.json());
    if (result.ok) return { ok: true, data: result.data };
    return { ok: false, error: { code: 'invalid_input', message: result.error.message } };
  } catch {
    // It ended meanwhile, or is of a version that has no such door.
    return undefined;
  }
}

type OwnSession = Readonly<Record<'cookie' | 'x-switchyard-csrf', string>>;

async function logIn(
  address: string,
  folder: string,
  environment: Environment,
): Promise<OwnSession | undefined> {
  const credentials = await credentialsFor(folder, environment);
  if (credentials === undefined) return undefined;
  const answer = await post(`${address}/admin/login`, credentials, {});
  const login = loginSchema.safeParse(await answer.json());
  if (!login.success) return undefined;
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { cookie, 'x-switchyard-csrf': login.data.data.csrf };
}

async function credentialsFor(
  folder: string,
  environment: Environment,
): Promise<{ readonly password: string } | { readonly token: string } | undefined> {
  const password = environment['ADMIN_PASSWORD'] ?? '';
  if (password !== '') return { password };
  const token = createAdminToken(folder);
  const there = await access(token.location).then(
    () => true,
    () => false,
  );
  return there ? { token: await token.read() } : undefined;
}

function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
  patience = PATIENCE,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    // What is sent along is for this address and no other.
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
}
