/** Careful reading of JSON whose shape nobody promises. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** @returns the parsed value, or undefined when the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** UTF-8, with U+FFFD for what is not. */
export function decodeText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

declare global {
  /** ECMAScript 2026, "JSON.parse source text access"; V8 has it, TypeScript's libraries do not yet. */
  interface JSON {
    parse(
      text: string,
      reviver: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
    rawJSON(text: string): object;
    isRawJSON(value: unknown): value is { readonly rawJSON: string };
  }
}

/** Long digits where a value may begin; behind a decimal point, as in most texts that have them, they are none. */
export const mayHoldLongNumber = (text: string): boolean => /[:[,]\s*-?\d{16}/.test(text);

/**
 * As `parseJson`, for arguments of tools, which are read only to be written again: whole numbers that no double can
 * hold (ids of 64 bits) keep their digits. What stands for them is no number.
 */
export function parseArguments(text: string): unknown {
  if (!mayHoldLongNumber(text)) return parseJson(text);
  try {
    return JSON.parse(text, (_name: string, value: unknown, { source }: { readonly source?: string }) =>
      Number.isInteger(value) && !Number.isSafeInteger(value) && source !== undefined
        ? JSON.rawJSON(source)
        : value,
    );
  } catch {
    return undefined;
  }
}
