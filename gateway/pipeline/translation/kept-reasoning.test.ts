import { expect, test } from 'vitest';
import type { AssistantPart, Turn } from '../../core/canonical/parts.ts';
import { NO_SETTINGS, type CanonicalRequest } from '../../core/canonical/request.ts';
import type { Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { KeptReasoning, SignatureVault } from '../../core/signature-vault.ts';
import { createKeeper, restoreReasoning, type Scope } from './kept-reasoning.ts';

const ORIGIN = { provider: 'p', model: 'm', key: 'k' };
const signature = (value: string): Signature => ({ format: 'gemini', value, id: null, origin: ORIGIN });

const scopeOf = (conversation: string, owner = 'me'): Scope => ({
  owner,
  conversation: () => `${owner} ${conversation}`,
});
const HERE = scopeOf('here');

function memoryVault(): SignatureVault {
  const kept = new Map<string, KeptReasoning>();
  return {
    ready: () => Promise.resolve(),
    put: (key, value) => void kept.set(key, value),
    get: (key) => kept.get(key),
    close: () => Promise.resolve(),
  };
}

const request = (parts: readonly AssistantPart[]): CanonicalRequest => ({
  model: 'm',
  streamed: false,
  system: [],
  turns: [
    { role: 'user', parts: [{ kind: 'text', text: 'hi' }] },
    { role: 'assistant', parts },
  ],
  tools: [],
  settings: NO_SETTINGS,
});

function keep(vault: SignatureVault, parts: readonly StreamPart[], whole = true): void {
  const keeper = createKeeper(vault, ORIGIN, HERE);
  for (const part of parts) keeper.take(part);
  if (whole) keeper.keep();
}

const CALL: AssistantPart = { kind: 'tool-call', id: 'c1', name: 'look', input: '{}', custom: false };
const ANSWER: readonly StreamPart[] = [
  { kind: 'reasoning-start' },
  { kind: 'reasoning-delta', text: 'let me ' },
  { kind: 'reasoning-delta', text: 'see' },
  { kind: 'reasoning-end', signature: signature('thought') },
  { kind: 'tool-call-start', index: 0, id: 'c1', name: 'look', custom: false, signature: signature('call') },
  { kind: 'tool-call-end', index: 0 },
];

test('a turn is found by its call, with its reasoning first and the call signed', () => {
  const vault = memoryVault();
  keep(vault, ANSWER);
  const turn: Turn | undefined = restoreReasoning(request([CALL]), vault, HERE).turns[1];
  expect(turn?.parts).toEqual([
    { kind: 'reasoning', text: 'let me see', signature: signature('thought') },
    { ...CALL, signature: signature('call') },
  ]);
});

test('a turn without calls is found by its words', () => {
  const vault = memoryVault();
  keep(vault, [
    { kind: 'text-delta', text: 'The answer ' },
    { kind: 'text-delta', text: 'is 4.\n' },
    { kind: 'text-signature', signature: signature('text') },
  ]);
  const said: AssistantPart = { kind: 'text', text: 'The answer is 4.' };
  expect(restoreReasoning(request([said]), vault, HERE).turns[1]?.parts).toEqual([
    { ...said, signature: signature('text') },
  ]);
  const other: AssistantPart = { kind: 'text', text: 'The answer is 5.' };
  const before = request([other]);
  expect(restoreReasoning(before, vault, HERE)).toBe(before);
});

test('what the client brought back itself wins, also over text it shows without a proof', () => {
  const vault = memoryVault();
  keep(vault, ANSWER);
  const own: AssistantPart = { kind: 'reasoning', text: 'mine', signature: signature('mine') };
  const brought = request([own, CALL]);
  expect(restoreReasoning(brought, vault, HERE)).toBe(brought);
  const unsigned: AssistantPart = { kind: 'reasoning', text: 'let me see', signature: null };
  expect(restoreReasoning(request([unsigned, CALL]), vault, HERE).turns[1]?.parts).toHaveLength(2);
});

test('words that a client dropped are put back beside the signature it kept', () => {
  const vault = memoryVault();
  keep(vault, ANSWER);
  const bare: AssistantPart = { kind: 'reasoning', text: '', signature: signature('thought') };
  expect(restoreReasoning(request([bare, CALL]), vault, HERE).turns[1]?.parts).toEqual([
    { ...bare, text: 'let me see' },
    CALL,
  ]);
  const other: AssistantPart = { ...bare, signature: signature('another') };
  expect(restoreReasoning(request([other, CALL]), vault, HERE).turns[1]?.parts).toEqual([other, CALL]);
});

test('an answer that broke off, or had nothing to prove, keeps nothing', () => {
  const vault = memoryVault();
  keep(vault, ANSWER, false);
  keep(vault, [
    { kind: 'tool-call-start', index: 0, id: 'c1', name: 'look', custom: false },
    { kind: 'tool-call-end', index: 0 },
  ]);
  const before = request([CALL]);
  expect(restoreReasoning(before, vault, HERE)).toBe(before);
});

test('thoughts nobody signed are kept where a call follows: some servers want them back', () => {
  const vault = memoryVault();
  keep(vault, [
    { kind: 'reasoning-delta', text: 'let me see' },
    { kind: 'reasoning-end', signature: null },
    { kind: 'tool-call-start', index: 0, id: 'c1', name: 'look', custom: false },
  ]);
  const turn: Turn | undefined = restoreReasoning(request([CALL]), vault, HERE).turns[1];
  expect(turn?.parts).toEqual([{ kind: 'reasoning', text: 'let me see', signature: null }, CALL]);
});

test('ids that are counted and words that anybody says belong to one conversation, random ids to one client', () => {
  const vault = memoryVault();
  const random = { ...CALL, id: 'call_8hQ2mXv41LpaRt7ZkWc3' };
  keep(vault, ANSWER);
  keep(
    vault,
    ANSWER.map((part) => (part.kind === 'tool-call-start' ? { ...part, id: random.id } : part)),
  );
  keep(vault, [
    { kind: 'text-delta', text: 'Yes.' },
    { kind: 'text-signature', signature: signature('text') },
  ]);
  const said: AssistantPart = { kind: 'text', text: 'Yes.' };
  const found = (part: AssistantPart, scope: Scope): boolean =>
    restoreReasoning(request([part]), vault, scope).turns[1]?.parts[0] !== part;
  const there = scopeOf('there');
  expect([CALL, random, said].map((part) => found(part, HERE))).toEqual([true, true, true]);
  expect([CALL, random, said].map((part) => found(part, there))).toEqual([false, true, false]);
  expect(found(random, scopeOf('here', 'another'))).toBe(false);
});

test('no id takes long: what reads it more than once would need hours', () => {
  const vault = memoryVault();
  const long = { ...CALL, id: 'a'.repeat(1_000_000) };
  keep(
    vault,
    ANSWER.map((part) => (part.kind === 'tool-call-start' ? { ...part, id: long.id } : part)),
  );
  expect(restoreReasoning(request([long]), vault, HERE).turns[1]?.parts).toHaveLength(2);
});
