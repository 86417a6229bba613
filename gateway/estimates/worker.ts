/** Entry of the worker that counts tokens. Holds one tokenizer, which takes tens of megabytes; it ends when idle. */
import { parentPort } from 'node:worker_threads';
import { countTokens, setMergeCacheSize } from 'gpt-tokenizer/encoding/o200k_base';
import type { EstimateReply, EstimateRequest } from './messages.ts';
import { piecesOf } from './pieces.ts';

/** Words whose tokens are remembered; the default of the library takes more memory than it saves time here. */
const REMEMBERED_WORDS = 10_000;
/** Names of special tokens in a text are text. */
const PLAIN = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

if (parentPort === null) throw new Error('The token worker is started by the gateway, not by hand.');
const port = parentPort;
setMergeCacheSize(REMEMBERED_WORDS);
port.on('message', ({ call, texts }: EstimateRequest) => {
  let tokens = 0;
  for (const text of texts) {
    for (const piece of piecesOf(text)) tokens += countTokens(piece, PLAIN);
  }
  port.postMessage({ call, tokens } satisfies EstimateReply);
});
