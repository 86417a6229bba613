/** Colours code away from the page: however long or odd it is, nobody's typing waits for it. */
import { createHighlighter, type Highlighter } from './highlight.ts';
import { piecesOf, type HighlightPiece, type HighlightTask } from './highlight-task.ts';

let made: Promise<Highlighter> | undefined;

async function colour({ id, language, code }: HighlightTask): Promise<void> {
  made ??= createHighlighter();
  const lines = await (await made).open(language);
  const tell = (piece: HighlightPiece): void => postMessage(piece);
  if (lines === undefined) {
    tell({ id, lines: [], last: true });
    return;
  }
  const pieces = piecesOf(code);
  let read = '';
  let told = 0;
  for (const [index, piece] of pieces.entries()) {
    read += piece;
    const known = lines.read(read);
    tell({ id, lines: known.slice(told), last: index === pieces.length - 1 });
    told = known.length;
  }
}

addEventListener('message', ({ data }: MessageEvent<HighlightTask>) => {
  colour(data).catch(() => postMessage({ id: data.id, lines: [], last: true, missing: true }));
});
