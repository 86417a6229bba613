/** What a chat would become at the place that serves it now, by the very code that sends it. Nothing is sent. */
import { chatBody, type Chat, type FileContents, type TokenLimitName } from '../../contract/rpc/chat-body.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ChatParameters, ChatPreview } from '../../contract/rpc/procedures/playground.ts';
import type { Warn } from '../core/canonical/request.ts';
import { toldError } from '../core/told-error.ts';
import { GatewayError } from '../core/errors.ts';
import { holdsAny } from '../core/holds-any.ts';
import type { PreparedBody } from '../core/dialect.ts';
import { isObject, type JsonObject } from '../core/json.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import { scanBody } from '../core/scan-body.ts';
import { shapes } from '../dialects/index.ts';
import { fitParameters, repairRemark } from '../pipeline/parameters.ts';
import { addsUsageOption, whole } from '../pipeline/prepare.ts';
import { fit } from '../pipeline/translation/fit.ts';
import type { ParameterRepair } from '../routing/unsupported-parameter.ts';

/** Where it goes. */
export interface PreviewPlace {
  readonly provider: RuntimeProvider;
  readonly model: string;
  /** The name under which a chat sends its token limit. */
  readonly limit: TokenLimitName;
  /** What the model was found not to take. */
  readonly refused: readonly ParameterRepair[];
}

/** Base64 that stands for the contents of a file: whoever looks at a request looks at no megabytes. */
const CONTENTS = 'U3dpdGNoeWFyZA==';
export const placeholder: FileContents = ({ kind }) => (kind === 'text' ? '…' : CONTENTS);

/** Values that are nobody's default, to find out which parameters arrive. */
const PROBES: Required<ChatParameters> = {
  temperature: 0.3,
  topP: 0.7,
  maxTokens: 4_321,
  frequencyPenalty: 0.4,
  presencePenalty: 0.6,
  seed: 4_242,
  stop: ['4242'],
  reasoningEffort: 'high',
};
const NAMES = [
  'temperature',
  'topP',
  'maxTokens',
  'frequencyPenalty',
  'presencePenalty',
  'seed',
  'stop',
  'reasoningEffort',
] as const;

type Written = Pick<ChatPreview, 'body' | 'warnings' | 'error'>;

export function previewAt(chat: Chat, place: PreviewPlace): ChatPreview {
  const { provider, model } = place;
  return {
    provider: provider.id,
    model,
    dialect: provider.endpointFor('openai-chat').dialect.id,
    ...write(chat, place),
    ignored: ignoredAt(chat.model, place),
  };
}

/** Parameters without which the request would be the same. */
function ignoredAt(asked: string, place: PreviewPlace): readonly (keyof ChatParameters)[] {
  const bare: Chat = { model: asked, messages: [{ role: 'user', text: 'x' }], parameters: {} };
  const { body } = write(bare, place);
  return NAMES.filter((name) => {
    const probed = write({ ...bare, parameters: { [name]: PROBES[name] } }, place);
    return probed.error === null && probed.body === body;
  });
}

function write(chat: Chat, place: PreviewPlace): Written {
  const warnings: Told[] = [];
  const warn: Warn = (remark) => {
    if (!warnings.some(({ text }) => text === remark.text)) warnings.push(remark);
  };
  try {
    const body = fitted(translate(chatBody(chat, place.limit, placeholder), place, warn), place, warn);
    return { body: JSON.stringify(body, null, 2).replaceAll(CONTENTS, '…'), warnings, error: null };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { body: '', warnings, error: { code: error.code, message: error.message, told: error.told } };
  }
}

function translate(
  body: Readonly<Record<string, unknown>>,
  { provider, model }: PreviewPlace,
  warn: Warn,
): JsonObject {
  const { dialect } = provider.endpointFor('openai-chat');
  const { chat, quirks, id } = provider.definition;
  const bytes = Buffer.from(JSON.stringify(body));
  const scanned = scanBody(bytes);
  const facts = shapes['openai-chat'].readRequest(scanned, {
    model: null,
    streamed: null,
    framing: 'sse',
  });
  const own = dialect.id === 'openai-chat';
  const start = own
    ? read(
        dialect.prepareRequest(scanned, { model, addUsageOption: addsUsageOption(dialect, facts, provider) }),
      )
    : dialect.encodeRequest(
        fit(
          shapes['openai-chat'].decodeRequest(read({ chunks: [bytes] }), facts, warn),
          dialect,
          { provider: provider.id, model, key: '' },
          { ids: dialect.toolIds, repair: false },
          warn,
        ).request,
        { provider: id, name: provider.id, model, facts: provider.factsOf(model), chat },
        warn,
      );
  return quirks
    .filter((quirk) => quirk.dialect === dialect.id)
    .filter(({ relayedWith }) => !own || (relayedWith !== undefined && holdsAny(bytes, relayedWith)))
    .reduce<JsonObject>((changed, quirk) => quirk.request(changed, model, warn), start);
}

/** Without what the model was found not to take. */
function fitted(request: JsonObject, { provider, model, refused }: PreviewPlace, warn: Warn): JsonObject {
  const { call, made } = fitParameters({ body: whole(request) }, refused);
  for (const repair of made) warn(repairRemark(provider.id, model, repair));
  return made.length === 0 ? request : read(call.body);
}

function read({ chunks }: Pick<PreparedBody, 'chunks'>): JsonObject {
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString());
  if (isObject(parsed)) return parsed;
  throw toldError('invalid_request', 'The request body must be a JSON object.', 'body-no-object');
}
