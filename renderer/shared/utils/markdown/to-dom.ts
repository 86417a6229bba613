/**
 * From Markdown to elements: the parser's HTML goes through DOMPurify, and what comes out is touched only as
 * elements. No attribute outside the list below, no style, no picture, no script gets into the page.
 */
import DOMPurify from 'dompurify';
import type { MarkdownParser } from './parser.ts';
import { safeLink, tellsHost } from './safe-link.ts';

const TAGS = [
  ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote'],
  ...['strong', 'em', 's', 'code', 'pre', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
const ATTRIBUTES = ['href', 'start', 'align', 'data-language'];

/** A block of code inside other text, and the element that stands in its place. */
export interface CodePlace {
  readonly place: HTMLElement;
  readonly text: string;
  readonly language: string;
}

export interface Rendered {
  readonly fragment: DocumentFragment;
  readonly codes: readonly CodePlace[];
}

export function renderMarkdown(parser: MarkdownParser, source: string): Rendered {
  const fragment = DOMPurify.sanitize(parser.render(source), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const anchor of fragment.querySelectorAll('a')) guardLink(anchor);
  for (const table of fragment.querySelectorAll('table')) makeScrollable(table);
  const codes = [...fragment.querySelectorAll('pre')].map(takeCode);
  return { fragment, codes };
}

/** Opens apart from this app, and tells where it leads unless its words do. */
function guardLink(anchor: HTMLAnchorElement): void {
  const link = safeLink(anchor.getAttribute('href') ?? '');
  if (link === null) return anchor.replaceWith(...anchor.childNodes);
  anchor.href = link.href;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  anchor.title = link.href;
  if (link.host === '' || tellsHost(anchor.textContent, link.host)) return;
  const host = document.createElement('span');
  host.className = 'link-host';
  host.textContent = ` (${link.host})`;
  anchor.append(host);
}

/** A wide table scrolls by itself, by keyboard too. */
function makeScrollable(table: HTMLTableElement): void {
  const frame = document.createElement('div');
  frame.className = 'table-frame';
  frame.tabIndex = 0;
  table.replaceWith(frame);
  frame.append(table);
}

function takeCode(pre: HTMLPreElement): CodePlace {
  const place = document.createElement('div');
  const code = pre.querySelector('code');
  pre.replaceWith(place);
  return { place, text: pre.textContent, language: code?.getAttribute('data-language') ?? '' };
}
