/** Chats of the playground against a whole gateway and an upstream that does what the test says. */
import type { ChatPart } from '../../contract/rpc/procedures/playground.ts';
import { isObject } from '../core/json.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from './fake-upstream.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from './test-gateway.ts';
import { createToldCall, type ToldCall } from './told-call.ts';

export interface PlaygroundHost {
  readonly upstream: FakeUpstream;
  /**
   * A gateway with the provider `one`.
   * @param more sections of the configuration
   */
  readonly start: (more?: string, keys?: readonly string[]) => Promise<TestGateway>;
  readonly stop: () => Promise<void>;
}

export async function openPlayground(): Promise<PlaygroundHost> {
  const upstream = await startFakeUpstream();
  let gateway: TestGateway | undefined;
  return {
    upstream,
    async start(more = '', keys = [KEY_ONE]) {
      gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, keys)}${more}`);
      return gateway;
    },
    async stop() {
      await gateway?.stop();
      await upstream.close();
    },
  };
}

export const chatCall = () => createToldCall<ChatPart>();

/** Says hi to a model. */
export const ask = (
  { gateway }: TestGateway,
  call: ToldCall<ChatPart>,
  parameters: object = {},
  model = 'one/m',
) =>
  gateway.control.handlers['playground.chat'](
    { model, messages: [{ role: 'user', text: 'hi' }], parameters },
    call,
  );

/** @returns what was told of one kind, in one piece */
export const wordsOf = (call: ToldCall<ChatPart>, kind: ChatPart['kind']): string =>
  call.told.map((part) => (part.kind === kind && 'text' in part ? part.text : '')).join('');

export function bodyOf(request: FakeRequest | undefined): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(request?.body.toString() ?? '{}');
  return isObject(value) ? value : {};
}
