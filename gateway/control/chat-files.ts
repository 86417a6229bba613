/** Procedures on the files of the playground's messages. */
import { refusal } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import { say } from '../core/sayings.ts';
import { ChatFileError } from '../state/chat-files.ts';
import type { ControlPorts } from './ports.ts';

type Names = 'chatFiles.put' | 'chatFiles.hold' | 'chatFiles.get';

export function chatFileHandlers({ playground }: ControlPorts): Pick<Handlers, Names> {
  const { chatFiles } = playground;
  return {
    async 'chatFiles.put'({ base64 }) {
      const bytes = Buffer.from(base64, 'base64');
      return { hash: await told(chatFiles.put(bytes)), size: bytes.length };
    },
    async 'chatFiles.hold'({ hashes }) {
      await chatFiles.hold(hashes);
      return null;
    },
    async 'chatFiles.get'({ hash }) {
      const bytes = await told(chatFiles.get(hash));
      if (bytes === undefined) throw refusal('not_found', say('file-forgotten'));
      return { base64: Buffer.from(bytes).toString('base64') };
    },
  };
}

async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ChatFileError)) throw error;
    const input = error.problem === 'too-large' || error.problem === 'full';
    throw refusal(input ? 'invalid_input' : 'unavailable', error.told);
  }
}
