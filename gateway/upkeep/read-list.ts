/** Reads one provider's model list, with another key where one is refused. */
import type { ListedModel } from '../core/dialect.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import { ask, listCredential, type AskPorts } from './ask.ts';

/** Keys tried for one list. */
const MOST_KEYS = 3;
/** Answers that say something about the key, so that another one may do better. */
const KEY_AT_FAULT: ReadonlySet<number> = new Set([401, 402, 403, 429]);

export type ReadList =
  | { readonly ok: true; readonly models: readonly ListedModel[] }
  /** It may hold the provider's words, neither redacted nor short. */
  | { readonly ok: false; readonly problem: string };

/** Never rejects. */
export async function readList(provider: RuntimeProvider, ports: AskPorts): Promise<ReadList> {
  let problem = 'No key can be used.';
  for (const { secret } of [...provider.keys.values()].slice(0, MOST_KEYS)) {
    const credential = secret === null ? {} : listCredential(provider, secret);
    const answer = await ask(provider, provider.modelsUrl, credential, ports);
    if (answer.kind === 'failure') return { ok: false, problem: answer.detail };
    if (answer.status === 200) {
      const models = provider.dialect.readModels(answer.body);
      return models === undefined
        ? { ok: false, problem: 'The answer is not a model list.' }
        : { ok: true, models };
    }
    const { message } = provider.dialect.readError(answer.status, answer.body);
    problem = message === '' ? `HTTP ${answer.status}` : `HTTP ${answer.status}: ${message}`;
    if (!KEY_AT_FAULT.has(answer.status)) break;
  }
  return { ok: false, problem };
}
