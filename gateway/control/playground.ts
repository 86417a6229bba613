/** Procedures that try a model: a chat of the playground, and the test of one provider's model. */
import { chatBody } from '../../contract/rpc/chat-body.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ChatPreview } from '../../contract/rpc/procedures/playground.ts';
import type { ModelTest } from '../../contract/rpc/procedures/providers.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { Warn } from '../core/canonical/request.ts';
import { GatewayError } from '../core/errors.ts';
import { DEMO } from '../runtime.ts';
import { bodyRefused } from './body-refused.ts';
import { explainHandlers } from './explain.ts';
import { createChat } from './playground-chat.ts';
import { decodeBody, keeper } from './playground-decode.ts';
import { createLimitNames } from './playground-limit-names.ts';
import { readChat } from './playground-reading.ts';
import { placeholder, previewAt } from './playground-preview.ts';
import type { ControlPorts } from './ports.ts';
import { findProvider } from './providers.ts';

type Names = 'playground.chat' | 'playground.preview' | 'playground.read' | 'providers.test';

/** Tokens a test may cost; enough for the word it asks for. */
const TEST_TOKENS = 16;
const TEST_PROMPT = 'Reply with the single word: ready';

const NOWHERE: ChatPreview = {
  provider: null,
  model: null,
  dialect: null,
  body: '',
  warnings: [],
  ignored: [],
  error: null,
};

export function playgroundHandlers(ports: ControlPorts): Pick<Handlers, Names> {
  const limitNames = createLimitNames();
  const chatPorts = { ...ports.playground, clock: ports.clock, limitNames };
  const chat = createChat(chatPorts, 'Switchyard-Playground');
  const { 'routing.explain': explain } = explainHandlers(ports);
  const test = createChat(chatPorts, 'Switchyard-Test');

  return {
    'playground.chat': (input, call) => chat(input, call),

    async 'playground.preview'(input) {
      const limit = limitNames.of(input.model);
      const body = JSON.stringify(chatBody(input, limit, placeholder));
      const { places, error } = await explain({ format: 'openai-chat', body });
      const first = places.find(({ usable }) => usable) ?? places[0];
      const provider =
        first === undefined ? undefined : ports.dryRun.snapshot().providers.get(first.provider);
      if (first === undefined || provider === undefined) return { ...NOWHERE, error };
      const { model } = first;
      const refused = provider.repairsParameters ? ports.dryRun.refused.of(provider.id, model) : [];
      return previewAt(input, { provider, model, limit, refused });
    },

    async 'playground.read'({ format, body }) {
      const leftOut = new Map<string, Told>();
      const leave: Warn = (what) => void leftOut.set(what.text, what);
      const reading = { keep: keeper(ports.playground.chatFiles), leave };
      try {
        const request = decodeBody(format, body, leave);
        return { ...(await readChat(request, reading)), leftOut: [...leftOut.values()] };
      } catch (error) {
        throw error instanceof GatewayError ? bodyRefused(error) : error;
      }
    },

    async 'providers.test'({ provider, model }, call): Promise<ModelTest> {
      if (provider !== DEMO || ports.demoUpstream === null) findProvider(ports, provider);
      let text = '';
      const end = await test(
        {
          model: `${provider}/${model}`,
          messages: [{ role: 'user', text: TEST_PROMPT }],
          parameters: { maxTokens: TEST_TOKENS },
        },
        {
          get cancelled() {
            return call.cancelled;
          },
          onCancel: (act) => call.onCancel(act),
          tell(part) {
            if (part.kind !== 'text-delta') return;
            text += part.text;
            call.tell({ text: part.text });
          },
        },
      );
      return {
        ok: end.outcome === 'ok',
        requestId: end.requestId,
        model: end.model ?? model,
        status: end.status,
        text,
        keyFingerprint: end.keyFingerprint,
        firstContentAt: end.firstContentAt,
        doneAt: end.doneAt,
        error: end.error,
      };
    },
  };
}
