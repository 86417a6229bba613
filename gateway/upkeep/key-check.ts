/** Proves a key by asking its provider something that costs nothing. */
import type { KeyCheck } from '../../contract/rpc/procedures/providers.ts';
import type { AccountCall, KeyProof } from '../core/provider.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import { dialects } from '../dialects/index.ts';
import { ask, type Answer, type AskPorts } from './ask.ts';
import { safeTold, safeWords } from './safe-words.ts';
import { findingOf, findingOfOpenList, said, type KeyFinding } from './key-finding.ts';

export interface KeyCheckPorts extends AskPorts {
  readonly redact: (text: string) => string;
}

/** Never rejects; the message is redacted and short. */
export async function checkKey(
  provider: RuntimeProvider,
  secret: string,
  ports: KeyCheckPorts,
): Promise<KeyCheck> {
  const begun = ports.clock.monotonic();
  const proof = proofOf(provider);
  const found =
    typeof proof === 'string'
      ? askList(provider, proof, secret, ports)
      : askAccount(provider, proof, secret, ports);
  const { result, status, message, told, left } = await found;
  return {
    result,
    status,
    message: message === null ? null : safeWords(message, ports.redact),
    ...(told === undefined ? {} : { told: safeTold(told, ports.redact) }),
    took: Math.round(ports.clock.monotonic() - begun),
    ...(left === undefined ? {} : { left }),
  };
}

/** At another address than the provider's own nobody knows whether the list is guarded. */
function proofOf({ definition, modelsUrl }: RuntimeProvider): KeyProof {
  const [{ dialect, baseUrl }] = definition.endpoints;
  const own = definition.modelsUrl ?? dialects[dialect].modelsUrl(baseUrl);
  return definition.keyProof === 'guarded-list' && modelsUrl !== own ? 'open-list' : definition.keyProof;
}

async function askAccount(
  provider: RuntimeProvider,
  proof: AccountCall,
  secret: string,
  ports: AskPorts,
): Promise<KeyFinding> {
  const url = provider.endpoints[0].baseUrl + proof.path;
  return read(provider, proof, await ask(provider, url, secret, ports));
}

async function askList(
  provider: RuntimeProvider,
  proof: KeyProof,
  secret: string,
  ports: AskPorts,
): Promise<KeyFinding> {
  const { modelsUrl } = provider;
  // Without a list there is nothing to ask that costs nothing.
  if (modelsUrl === null) return { result: 'cannot-tell', status: null, message: null };
  const found = read(provider, proof, await ask(provider, modelsUrl, secret, ports));
  if (proof !== 'open-list' || found.result !== 'works') return found;
  const open = await ask(provider, modelsUrl, null, ports);
  return findingOfOpenList(found, open.kind === 'answer' ? open : undefined);
}

function read(provider: RuntimeProvider, proof: KeyProof, answer: Answer): KeyFinding {
  return answer.kind === 'answer'
    ? findingOf(proof, provider.endpoints[0].dialect, answer)
    : { result: 'unreachable', status: null, ...said(answer.told) };
}
