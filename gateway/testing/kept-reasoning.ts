import type { KeptReasoning } from '../core/signature-vault.ts';

/** An entry of the signature vault with everything one can hold. */
export function keptReasoning(text: string): KeptReasoning {
  const origin = { provider: 'claude', model: 'claude-x', key: 'k1' };
  return {
    reasoning: [
      {
        kind: 'reasoning',
        text,
        signature: { format: 'anthropic', value: `sig of ${text}`, id: null, origin },
      },
      { kind: 'reasoning', text: '', signature: null },
    ],
    calls: { 'call-1': { format: 'gemini', value: 'AAECAw==', id: null, origin: null } },
    text: { format: 'gemini', value: 'BAUG', id: 'rs_1', origin },
    origin,
  };
}
