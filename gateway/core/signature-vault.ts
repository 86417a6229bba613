/**
 * What was thought in earlier turns and the proofs of it, kept for clients whose dialect has no place for them.
 * Put back when the conversation returns to where they came from.
 */
import type { ReasoningPart } from './canonical/parts.ts';
import type { Origin, Signature } from './canonical/signature.ts';

/** What a client's dialect could not carry of one turn. */
export interface KeptReasoning {
  readonly reasoning: readonly ReasoningPart[];
  /** What Gemini binds to calls of tools, by the id of the call. */
  readonly calls: Readonly<Record<string, Signature>>;
  /** What Gemini binds to the turn's text. */
  readonly text: Signature | null;
  readonly origin: Origin;
}

/**
 * Never blocks and never throws: what cannot be kept is lost, and the conversation goes on without it. Holds a
 * model's thoughts, so it is treated like bodies: never in exports, log lines or the UI.
 */
export interface SignatureVault {
  /** Resolves when what earlier runs kept can be had. Starts reading it; never rejects. */
  ready(): Promise<void>;
  /** Replaces what the key held. */
  put(key: string, kept: KeptReasoning): void;
  /** Undefined for what was never kept, is not read yet, or had to make room. */
  get(key: string): KeptReasoning | undefined;
  /** Writes what is not on disk yet; the vault is of no use afterwards. */
  close(): Promise<void>;
}
