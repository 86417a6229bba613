/** Every environment variable there is: what the reader, the documentation and `.env.example` go by. */
import {
  address,
  asInteger,
  asOneOf,
  asSeconds,
  asSwitch,
  asText,
  atMost,
  header,
  key,
  keyList,
  noEffect,
  setting,
  type Reader,
} from './env-readers.ts';

export interface EnvironmentVariable {
  readonly name: string;
  readonly group: 'Gateway' | 'Provider keys' | 'OpenRouter' | 'Routing' | 'Administration' | 'Host';
  /** One or two sentences in Markdown. */
  readonly meaning: string;
  /** What holds while it is not set, in words. */
  readonly otherwise: string;
  readonly example: string;
  /** The setting it decides, or what else it acts on. */
  readonly sets: string;
  /** Absent where the host reads it by itself. */
  readonly read?: Reader;
  /** A variable of the same meaning that wins when both are set. */
  readonly yieldsTo?: string;
}

const providerKey = (
  name: string,
  provider: string,
  title: string,
  example: string,
): EnvironmentVariable => ({
  name,
  group: 'Provider keys',
  meaning: `Key of ${title}. The provider is then there without an entry in the file.`,
  otherwise: 'no such key',
  example,
  sets: `a key of \`${provider}\``,
  read: key(provider),
});

const LEVELS = ['debug', 'info', 'warn', 'error', 'trace', 'warning', 'fatal', 'panic'];

export const ENVIRONMENT_VARIABLES: readonly EnvironmentVariable[] = [
  {
    name: 'PORT',
    group: 'Gateway',
    meaning: 'Port of the gateway. 0 takes a free one.',
    otherwise: '8000',
    example: '8000',
    sets: '`server.port`',
    read: setting('server.port', asInteger(0, 65_535)),
  },
  {
    name: 'APP_API_KEY',
    group: 'Gateway',
    meaning:
      'The key clients must bring as `Authorization: Bearer <key>`. Needed as soon as other machines can reach the gateway, where the example here is refused.',
    otherwise: 'no key on a loopback address',
    example: 'sk-my-own-gateway-key',
    sets: '`server.api_key`',
    read: setting('server.api_key', asText),
  },
  {
    name: 'ALLOW_UNAUTHENTICATED',
    group: 'Gateway',
    meaning: '1: clients on other machines need no key. Whoever reaches the port then spends your money.',
    otherwise: '0',
    example: '1',
    sets: '`server.allow_unauthenticated`',
    read: setting('server.allow_unauthenticated', asSwitch),
  },
  {
    name: 'LOG_LEVEL',
    group: 'Gateway',
    meaning:
      'Least level that is logged: debug, info, warn or error, in any case. trace, warning, fatal and panic are understood.',
    otherwise: 'info',
    example: 'info',
    sets: '`logging.level`',
    read: setting('logging.level', asOneOf(LEVELS)),
  },
  {
    name: 'NODE_ENV',
    group: 'Gateway',
    meaning: '`production`: the log is written as JSON. Other values change nothing.',
    otherwise: 'the log is text',
    example: 'production',
    sets: '`logging.format`',
    read: (text, name) =>
      text === 'production' ? { settings: [{ path: 'logging.format', value: 'json', origin: name }] } : {},
  },
  {
    name: 'GIN_MODE',
    group: 'Gateway',
    meaning: 'Accepted, without effect.',
    otherwise: 'nothing',
    example: 'release',
    sets: 'nothing',
    read: noEffect('it belongs to another server'),
  },
  providerKey('OPENAI_API_KEY', 'openai', 'OpenAI', 'sk-...'),
  providerKey('ANTHROPIC_API_KEY', 'anthropic', 'Anthropic', 'sk-ant-...'),
  providerKey('GOOGLE_API_KEY', 'google', 'Google Gemini', 'AIza...'),
  {
    ...providerKey('GEMINI_API_KEY', 'google', 'Google Gemini, under its other name', 'AIza...'),
    yieldsTo: 'GOOGLE_API_KEY',
  },
  providerKey('GROQ_API_KEY', 'groq', 'Groq', 'gsk_...'),
  providerKey('DEEPSEEK_API_KEY', 'deepseek', 'DeepSeek', 'sk-...'),
  providerKey('MISTRAL_API_KEY', 'mistral', 'Mistral', 'your-key'),
  providerKey('XAI_API_KEY', 'xai', 'xAI', 'xai-...'),
  providerKey('TOGETHER_API_KEY', 'together', 'Together AI', 'your-key'),
  providerKey('FIREWORKS_API_KEY', 'fireworks', 'Fireworks AI', 'fw_...'),
  providerKey('CEREBRAS_API_KEY', 'cerebras', 'Cerebras', 'csk-...'),
  providerKey('PERPLEXITY_API_KEY', 'perplexity', 'Perplexity', 'pplx-...'),
  providerKey('MOONSHOT_API_KEY', 'moonshot', 'Moonshot, for Kimi', 'sk-...'),
  providerKey('ZAI_API_KEY', 'zhipu', 'Zhipu (Z.ai), for GLM', 'your-key'),
  {
    ...providerKey('ZHIPU_API_KEY', 'zhipu', 'Zhipu (Z.ai), under its other name', 'your-key'),
    yieldsTo: 'ZAI_API_KEY',
  },
  providerKey('DASHSCOPE_API_KEY', 'qwen', 'Alibaba Cloud Model Studio, for Qwen', 'sk-...'),
  providerKey('SILICONFLOW_API_KEY', 'siliconflow', 'SiliconFlow', 'sk-...'),
  providerKey('OPENROUTER_API_KEY', 'openrouter', 'OpenRouter', 'sk-or-v1-...'),
  {
    name: 'OPENROUTER_API_KEYS',
    group: 'Provider keys',
    meaning: 'Keys of OpenRouter, separated by commas, each with its weight behind a colon if it is not 1.',
    otherwise: 'no such keys',
    example: 'sk-or-v1-first,sk-or-v1-second:5',
    sets: 'keys of `openrouter`',
    read: keyList('openrouter'),
  },
  {
    name: 'OPENROUTER_API_URL',
    group: 'OpenRouter',
    meaning: 'Address of OpenRouter. A `/chat/completions` at its end is cut.',
    otherwise: 'https://openrouter.ai/api/v1',
    example: 'https://openrouter.ai/api/v1/chat/completions',
    sets: '`base_url` of `openrouter`',
    read: address('openrouter', 'base_url', /\/chat\/completions$/),
  },
  {
    name: 'OPENROUTER_MODELS_URL',
    group: 'OpenRouter',
    meaning: "Address of OpenRouter's model list.",
    otherwise: '`/models` below its address',
    example: 'https://openrouter.ai/api/v1/models',
    sets: '`models_url` of `openrouter`',
    read: address('openrouter', 'models_url', /$^/),
  },
  {
    name: 'HTTP_REFERER',
    group: 'OpenRouter',
    meaning: 'Sent to OpenRouter as `HTTP-Referer`: the site it attributes your requests to.',
    otherwise: 'not sent',
    example: 'https://your-app-name.com',
    sets: '`headers` of `openrouter`',
    read: header('openrouter', 'HTTP-Referer'),
  },
  {
    name: 'X_TITLE',
    group: 'OpenRouter',
    meaning: 'Sent to OpenRouter as `X-Title`: the name it shows for your app.',
    otherwise: 'not sent',
    example: 'Your App Name',
    sets: '`headers` of `openrouter`',
    read: header('openrouter', 'X-Title'),
  },
  {
    name: 'DEFAULT_MODEL',
    group: 'Routing',
    meaning: 'Model of requests that name none.',
    otherwise: 'such requests are refused',
    example: 'deepseek/deepseek-chat-v3-0324:free',
    sets: '`routing.default_model`',
    read: setting('routing.default_model', asText),
  },
  {
    name: 'REQUEST_TIMEOUT',
    group: 'Routing',
    meaning:
      'Seconds a client waits at most in one attempt: for the whole answer when it is not streamed, for its first content when it is. Time-outs that a provider has of its own in the file come first.',
    otherwise: '300 s to the first content, 30 min for an answer',
    example: '60',
    sets: '`routing.request_timeout`',
    read: setting('routing.request_timeout', asSeconds('above-zero')),
  },
  {
    name: 'REQUEST_TIMEOUT_SECONDS',
    group: 'Routing',
    meaning: 'The same as `REQUEST_TIMEOUT`, which wins.',
    otherwise: 'as `REQUEST_TIMEOUT`',
    example: '180',
    sets: '`routing.request_timeout`',
    read: setting('routing.request_timeout', asSeconds('above-zero')),
    yieldsTo: 'REQUEST_TIMEOUT',
  },
  {
    name: 'RETRY_WITH_NEW_KEY_COUNT',
    group: 'Routing',
    meaning: 'Further attempts after the first one failed, each with another key.',
    otherwise: '3',
    example: '3',
    sets: '`routing.retries`',
    read: setting('routing.retries', asInteger(0, 10)),
  },
  {
    name: 'KEY_FAILURE_COOLDOWN_SECONDS',
    group: 'Routing',
    meaning: 'Seconds a key rests after its first failure; doubled with each further one in a row.',
    otherwise: '30',
    example: '600',
    sets: '`routing.cooldown.base`',
    read: setting('routing.cooldown.base', asSeconds('zero')),
  },
  {
    name: 'KEY_MAX_CONSECUTIVE_FAILURES',
    group: 'Routing',
    meaning:
      "Failures in a row of provider or network before a key rests. A key's own fault makes it rest at once.",
    otherwise: '3',
    example: '3',
    sets: '`routing.max_consecutive_failures`',
    read: setting('routing.max_consecutive_failures', asInteger(1, 100)),
  },
  {
    name: 'HEALTH_CHECK_INTERVAL_SECONDS',
    group: 'Routing',
    meaning:
      'Seconds between two rounds in which providers are asked about keys that rest, with a call that costs no tokens. 0: never.',
    otherwise: '300',
    example: '300',
    sets: '`routing.health_check_interval`',
    read: setting('routing.health_check_interval', asSeconds('zero')),
  },
  {
    name: 'ADMIN_PASSWORD',
    group: 'Administration',
    meaning:
      'Password of the user interface. `admin` and the example here are refused where other machines can reach the gateway. Without one, the address printed at start logs you in.',
    otherwise: 'a token made at first start',
    example: 'choose-a-long-one',
    sets: '`admin.password`',
    read: setting('admin.password', atMost(256)),
  },
  {
    name: 'SESSION_SECRET_KEY',
    group: 'Administration',
    meaning:
      'Accepted, without effect: sessions are random numbers the gateway remembers, so nothing is signed. The sample value of the guide is refused where other machines can reach the gateway.',
    otherwise: 'nothing',
    example: 'a-long-random-text',
    sets: 'nothing',
    read: noEffect('sessions are random numbers the gateway remembers, so nothing has to be signed'),
  },
  {
    name: 'SWITCHYARD_DATA_DIR',
    group: 'Host',
    meaning: 'Folder of the request log and everything else that is kept. `--data-dir` wins.',
    otherwise:
      '`~/.local/share/switchyard` (or below `XDG_DATA_HOME`) on Linux, and `~/.config/Switchyard` of the desktop app; elsewhere one for both: `~/Library/Application Support/Switchyard`, `%APPDATA%\\Switchyard`',
    example: '/var/lib/switchyard',
    sets: 'the data folder',
  },
  {
    name: 'SWITCHYARD_MASTER_KEY',
    group: 'Host',
    meaning:
      'Key of the sealed file that keeps provider keys: 32 random bytes in base64 or hex, or a passphrase of at least 12 characters. Without it, keys added in the user interface live in memory until the gateway stops.',
    otherwise: 'no sealed file',
    example: 'the output of: openssl rand -base64 32',
    sets: 'the secret store',
  },
  {
    name: 'SWITCHYARD_MASTER_KEY_FILE',
    group: 'Host',
    meaning: 'A file that holds what `SWITCHYARD_MASTER_KEY` would.',
    otherwise: 'no sealed file',
    example: '/run/secrets/switchyard-master-key',
    sets: 'the secret store',
  },
  {
    name: 'SWITCHYARD_PASSPHRASE',
    group: 'Host',
    meaning:
      'Passphrase of a back-up with keys, for `switchyard backup --with-secrets` and `switchyard restore`: at least 12 characters.',
    otherwise: 'it is asked for at the terminal',
    example: 'correct horse battery staple',
    sets: 'back-up and restore',
  },
  {
    name: 'SWITCHYARD_DRAIN_SECONDS',
    group: 'Host',
    meaning: 'Seconds that running requests get to end when the gateway is told to stop.',
    otherwise: '120',
    example: '30',
    sets: 'shutdown',
  },
  {
    name: 'SWITCHYARD_HEADLESS',
    group: 'Host',
    meaning: '1: `npm start` does not look for a desktop.',
    otherwise: 'a desktop is used where there is one',
    example: '1',
    sets: '`npm start`',
  },
  {
    name: 'HTTP_PROXY',
    group: 'Host',
    meaning:
      'With `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or lower case: the proxy for requests to providers while `network.proxy` is `system`.',
    otherwise: 'requests go direct',
    example: 'http://proxy.example:3128',
    sets: 'outbound requests',
  },
];
