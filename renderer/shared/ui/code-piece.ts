/** Some lines of code. Written by hand: a template would give each token two more nodes. */
import { h, type FunctionalComponent } from 'vue';
import type { CodeToken } from '../utils/markdown/highlight.ts';

interface PieceProps {
  readonly text: string;
  /** Null without colours. */
  readonly tokens: readonly CodeToken[] | null;
}

export const CodePiece: FunctionalComponent<PieceProps> = ({ text, tokens }) =>
  h(
    'span',
    { class: 'block' },
    tokens === null
      ? text
      : tokens.map((token) =>
          token.kind === '' ? token.text : h('span', { class: token.kind }, token.text),
        ),
  );
CodePiece.props = ['text', 'tokens'];
