/** What one stand-in remembers of what it gave out, to know it again. */

export interface Memory {
  /** A fresh id: `call_1`, `call_2`, ... */
  readonly id: (prefix: string) => string;
  /** A call of this upstream has this id. */
  readonly issuedCall: (id: string) => boolean;
  readonly callId: (prefix: string) => string;
  /** This call came with thoughts. */
  readonly thinkAt: (callId: string) => void;
  readonly thoughtful: (callId: string) => boolean;
  /** This is a thought of this upstream. */
  readonly thought: (text: string) => boolean;
  /** Keeps a thought. @returns its signature, base64 */
  readonly sign: (thought: string, where: string) => string;
  /** The thought a signature was made for; undefined when it was not made here. */
  readonly signed: (signature: string) => { readonly thought: string; readonly where: string } | undefined;
}

export function createMemory(dialect: string): Memory {
  let count = 0;
  const calls = new Set<string>();
  const thoughtfulCalls = new Set<string>();
  const thoughts = new Set<string>();
  const signatures = new Map<string, { readonly thought: string; readonly where: string }>();
  const id = (prefix: string): string => {
    count += 1;
    return `${prefix}${count}`;
  };
  return {
    id,
    callId(prefix) {
      const made = id(prefix);
      calls.add(made);
      return made;
    },
    issuedCall: (given) => calls.has(given),
    thinkAt: (callId) => void thoughtfulCalls.add(callId),
    thoughtful: (callId) => thoughtfulCalls.has(callId),
    thought: (text) => thoughts.has(text),
    sign(thought, where) {
      thoughts.add(thought);
      const signature = Buffer.from(`signed by ${dialect}, number ${id('')}`).toString('base64');
      signatures.set(signature, { thought, where });
      return signature;
    },
    signed: (signature) => signatures.get(signature),
  };
}
