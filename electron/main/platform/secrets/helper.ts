/**
 * Entry of the helper process: the only place where the keychain binding is loaded. It does one act after
 * the other and is killed by the app when one takes too long, which is why it is a process of its own:
 * a blocked worker thread can be neither ended nor left behind.
 */
import type { ParentPort } from 'electron';
import { readRequest, type HelperAnswer } from './helper-messages.ts';
import { perform } from './keychain-acts.ts';

async function answer(message: unknown): Promise<HelperAnswer | undefined> {
  const request = readRequest(message);
  if (request === undefined) return undefined;
  try {
    return perform(request, await import('keytar'), process.platform);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id: request.id, kind: 'failed', message: `the keychain binding cannot be loaded: ${reason}` };
  }
}

/** Electron gives a utility process a port; a process forked by Node has its channel instead. */
function serve(port: ParentPort | undefined): void {
  if (port === undefined) {
    process.on('message', (message) => void answer(message).then((said) => process.send?.(said)));
    process.on('disconnect', () => process.exit(0));
  } else {
    port.on('message', ({ data }) => void answer(data).then((said) => port.postMessage(said)));
  }
}

serve(process.parentPort);
