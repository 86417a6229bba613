/** Markdown as models write it, with everything left out that is not text. */
import MarkdownIt from 'markdown-it';
import { safeLink } from './safe-link.ts';

/** What a parse is told from outside. */
export interface MarkdownWords {
  /** Words in the place of a picture, which is never loaded by itself. */
  readonly image: (alternative: string) => string;
}

export type MarkdownParser = ReturnType<typeof createParser>;

/** A parser that writes no raw HTML, no style, no picture and no link that could do harm. */
export function createParser(words: MarkdownWords) {
  const parser = new MarkdownIt({ html: false, linkify: true, breaks: true });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  parser.validateLink = (address) => safeLink(address) !== null;
  const { rules } = parser.renderer;
  const { escapeHtml } = parser.utils;

  rules.image = (tokens, index) => {
    const token = tokens[index];
    const label = escapeHtml(words.image(token?.content ?? ''));
    const link = safeLink(String(token?.attrGet('src') ?? ''));
    return link === null ? label : `<a href="${escapeHtml(link.href)}">${label}</a>`;
  };
  const code = (content: string, language: string): string =>
    `<pre><code data-language="${escapeHtml(language)}">${escapeHtml(content)}</code></pre>\n`;
  rules.fence = (tokens, index) => {
    const [language = ''] = (tokens[index]?.info ?? '').trim().split(/\s+/);
    return code(tokens[index]?.content ?? '', language);
  };
  rules.code_block = (tokens, index) => code(tokens[index]?.content ?? '', '');
  // The parser aligns cells by a style, which the content policy refuses.
  for (const name of ['th_open', 'td_open']) {
    rules[name] = (tokens, index, options, _environment, self) => {
      const token = tokens[index];
      const align = /^text-align:(left|center|right)$/.exec(String(token?.attrGet('style') ?? ''))?.[1];
      if (token !== undefined) token.attrs = align === undefined ? null : [['align', align]];
      return self.renderToken(tokens, index, options);
    };
  }
  return parser;
}
