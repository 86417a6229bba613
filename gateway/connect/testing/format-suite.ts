/** What holds of every format of settings, whatever the text and whatever is set in it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patch, unpatch } from '../patch.ts';
import { SettingsSyntaxError, type TextEdit, type TextFormat } from '../tool.ts';

const BYTE_ORDER_MARK = '\uFEFF';

export interface FormatCases {
  readonly format: TextFormat;
  /** Whole texts, of which some may be broken. */
  readonly text: fc.Arbitrary<string>;
  readonly edits: fc.Arbitrary<readonly TextEdit[]>;
  readonly runs: number;
  /** What of two readings must be the same, where a format can write nothing in several ways. */
  readonly read?: (value: unknown) => unknown;
}

/** True where the format takes the edits; a refusal is an answer like any other. */
export function fits(format: TextFormat, text: string, edits: readonly TextEdit[]): boolean {
  try {
    format.get(text, []);
    format.apply(text, edits);
    return true;
  } catch (error) {
    // A text that came out wrong is a fault of ours, whatever it is called.
    if (!(error instanceof SettingsSyntaxError) || /cannot be changed from here/.test(error.message))
      throw error;
    return false;
  }
}

export function describeFormat({ format, text, edits, runs, read = (value) => value }: FormatCases): void {
  const cases = fc.tuple(text, edits).filter(([before, list]) => fits(format, before, list));

  it('sets what is asked, keeps everything else and finds the way back, byte by byte', () => {
    fc.assert(
      fc.property(cases, ([before, list]) => {
        const done = patch(format, before, list);
        for (const edit of list) expect(format.get(done.text, edit.path)).toEqual(edit.value);
        expect(unpatch(format, done.text, done.undo)).toBe(before);
        expect(patch(format, done.text, list, done.undo).text).toBe(done.text);
        expect(done.text.startsWith(BYTE_ORDER_MARK)).toBe(before.startsWith(BYTE_ORDER_MARK));
      }),
      { numRuns: runs },
    );
  });

  it('takes out exactly its own after somebody changed another part', () => {
    const foreign: TextEdit = { path: ['theirs', 'kept'], value: 'x' };
    fc.assert(
      fc.property(cases, ([before, list]) => {
        const done = patch(format, before, list);
        const back = unpatch(format, format.apply(done.text, [foreign]), done.undo);
        expect(read(format.get(back ?? '', []))).toEqual(
          read(format.get(format.apply(before, [foreign]), [])),
        );
      }),
      { numRuns: runs },
    );
  });
}
