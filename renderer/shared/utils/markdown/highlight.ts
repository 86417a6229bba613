/** Colours of code as names of classes, line by line, so that a growing block costs only its new lines. */
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { findGrammar } from './languages.ts';

/** A longer line, of code that was pressed together, stays plain. Characters. */
const LONGEST_LINE = 5_000;
/** On one line, ms. Half a line with wrong colours is worse than late ones: this only ends what never would. */
const LONGEST_TIME = 10_000;

export interface CodeToken {
  readonly text: string;
  /** A class of markdown.css; empty for plain text. */
  readonly kind: string;
}

export type CodeLine = readonly CodeToken[];

/** Remembers the lines it has seen; one for each block. */
export interface LineHighlighter {
  /** Lines of the code; finished ones are the very same objects as before. */
  read(code: string): readonly CodeLine[];
}

export interface Highlighter {
  /** @returns undefined for a language that is not coloured */
  open(language: string): Promise<LineHighlighter | undefined>;
}

const THEME = 'classes';
/** As the theme below writes them. */
const VARIABLE = /^var\(--code-token-([a-z-]+)\)$/;

export async function createHighlighter(): Promise<Highlighter> {
  const core = await createHighlighterCore({
    themes: [createCssVariablesTheme({ name: THEME, variablePrefix: '--code-', fontStyle: false })],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return {
    async open(language) {
      const grammar = findGrammar(language);
      if (grammar === undefined) return undefined;
      await core.loadLanguage((await grammar.load()).default);
      return createLineHighlighter(core, grammar.id);
    },
  };
}

type GrammarState = ReturnType<HighlighterCore['getLastGrammarState']>;

function createLineHighlighter(core: HighlighterCore, language: string): LineHighlighter {
  let doneText = '';
  let doneLines: readonly CodeLine[] = [];
  let state: GrammarState | undefined;

  function tokenise(text: string): {
    readonly lines: readonly CodeLine[];
    readonly state: GrammarState | undefined;
  } {
    const result = core.codeToTokens(text, {
      lang: language,
      theme: THEME,
      tokenizeMaxLineLength: LONGEST_LINE,
      tokenizeTimeLimit: LONGEST_TIME,
      ...(state === undefined ? {} : { grammarState: state }),
    });
    const lines = result.tokens.map((line) =>
      line.map(({ content, color }) => ({ text: content, kind: kindOf(color) })),
    );
    return { lines, state: result.grammarState };
  }

  return {
    read(code) {
      if (!code.startsWith(doneText)) {
        doneText = '';
        doneLines = [];
        state = undefined;
      }
      const end = code.lastIndexOf('\n') + 1;
      if (end > doneText.length) {
        const fresh = tokenise(code.slice(doneText.length, end - 1));
        doneLines = [...doneLines, ...fresh.lines];
        ({ state } = fresh);
        doneText = code.slice(0, end);
      }
      const rest = code.slice(end);
      return rest === '' ? doneLines : [...doneLines, ...tokenise(rest).lines];
    },
  };
}

function kindOf(color: string | undefined): string {
  const name = VARIABLE.exec(color ?? '')?.[1];
  return name === undefined ? '' : `code-${name}`;
}
