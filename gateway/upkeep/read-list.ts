/** Reads one provider's model list, with another key where one is refused. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { ListedModel } from '../core/dialect.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import { saidBy } from '../core/upstream-error.ts';
import { ask, type AskPorts } from './ask.ts';
import { nextPage } from './next-page.ts';

/** Keys tried for one list. */
const MOST_KEYS = 3;
/** Pages read of one list, and models: no provider has as many, and one that never ends is left. */
const MOST_PAGES = 20;
const MOST_MODELS = 20_000;
/** Answers that say something about the key, so that another one may do better. */
const KEY_AT_FAULT: ReadonlySet<number> = new Set([401, 402, 403, 429]);

export type ReadList =
  | { readonly ok: true; readonly models: readonly ListedModel[] }
  /** It may hold the provider's words, neither redacted nor short. */
  | { readonly ok: false; readonly problem: Told };

/**
 * Never rejects.
 * @param url address of the list
 */
export async function readList(provider: RuntimeProvider, url: string, ports: AskPorts): Promise<ReadList> {
  let problem = remark('no-usable-key');
  for (const { secret } of [...provider.keys.values()].slice(0, MOST_KEYS)) {
    const answer = await ask(provider, url, secret, ports);
    if (answer.kind === 'failure') return { ok: false, problem: answer.told };
    if (answer.status === 200) return readPages(provider, url, secret, answer.body, ports);
    problem = problemOf(provider, answer);
    if (!KEY_AT_FAULT.has(answer.status)) break;
  }
  return { ok: false, problem };
}

/** All or nothing: half a list would hide models that are there. */
async function readPages(
  provider: RuntimeProvider,
  url: string,
  secret: string | null,
  firstPage: Uint8Array,
  ports: AskPorts,
): Promise<ReadList> {
  const models = new Map<string, ListedModel>();
  const asked = new Set([url]);
  let page = firstPage;
  for (;;) {
    const rows = provider.endpoints[0].dialect.readModels(page);
    if (rows === undefined) return { ok: false, problem: remark('no-model-list') };
    for (const row of rows) if (!models.has(row.id)) models.set(row.id, row);
    const next = nextPage(url, page);
    const enough = next === null || asked.has(next) || asked.size >= MOST_PAGES || models.size >= MOST_MODELS;
    if (enough) return { ok: true, models: [...models.values()] };
    asked.add(next);
    const answer = await ask(provider, next, secret, ports);
    if (answer.kind === 'failure') return { ok: false, problem: answer.told };
    if (answer.status !== 200) return { ok: false, problem: problemOf(provider, answer) };
    page = answer.body;
  }
}

function problemOf(
  provider: RuntimeProvider,
  { status, body }: { readonly status: number; readonly body: Uint8Array },
): Told {
  const error = provider.endpoints[0].dialect.readError(status, body);
  const said = saidBy(error);
  return error.message === '' ? said : remark('status-said', { status }, said);
}
