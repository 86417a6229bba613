/** Every word on screen exists in both languages, and no word stands outside them. */
import { describe, expect, it } from 'vitest';
import en from '../../resources/locales/en.json';
import zh from '../../resources/locales/zh-CN.json';

const sources = import.meta.glob<string>(
  [
    '../**/*.vue',
    '../**/*.ts',
    '../../electron/main/**/*.ts',
    '../../contract/rpc/*.ts',
    '!../**/*.test.ts',
    '!../testing/**',
  ],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
/** All that answers calls of pages. */
const answering = import.meta.glob<string>(
  [
    '../../gateway/{backup,config,connect,control,core,state}/**/*.ts',
    '../../electron/main/**/*.ts',
    '!../../**/*.test.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** All that can end a request that has a row: `http/` refuses before there is one. */
const failing = import.meta.glob<string>(
  ['../../gateway/{pipeline,transport,dialects,routing,control}/**/*.ts', '!../../gateway/**/*.test.ts'],
  { query: '?raw', import: 'default', eager: true },
);

const templates = Object.entries(sources)
  .filter(([path]) => path.endsWith('.vue'))
  .map(([path, text]): [string, string] => [
    path,
    text.slice(text.indexOf('<template>'), text.lastIndexOf('</template>')).replace(/<!--[\s\S]*?-->/g, ''),
  ]);

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Messages by their dotted key. */
function flat(messages: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(messages)) {
    if (typeof value === 'string') found.set(prefix + name, value);
    if (!isGroup(value)) continue;
    for (const [key, text] of flat(value, `${prefix}${name}.`)) found.set(key, text);
  }
  return found;
}
const english = flat(en);
const chinese = flat(zh);
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

/** Names, file formats and code that Chinese writes in Latin letters too. */
const LATIN = new Set(
  [
    'API APP ASCII Anthropic Base CSV DNS Electron Enter FILE GB Google HTTP HTTPS ID JSON KB KEY MASTER MB MIT OpenAI',
    'OpenRouter Python SDK SWITCHYARD Shift Switchyard TLS Token TypeScript URL YAML curl debug error fast info key',
    'local models my-vllm pid proxy qwen tok token warn',
    'Cookie HAR JSONL PNG app cURL cached cline clients failed live openai provider retried status streamed today',
    'Chat Completions Gemini Generate Messages Ollama Responses',
    'AI Cline Compatible Continue Cursor Docker Gen LangChain Linux PowerShell Vercel bash cmd dry-run fish https zsh',
    'Opus Sonnet allowed docker host hosts internal langchain langchain-openai server',
    'Markdown PDF Schema',
    'allow false mailto ms none system unauthenticated without-secrets',
    'CLI GEMINI NAME TRUST UTF- WORKSPACE Zed api config json true value',
    'D-Bus KWallet KeePassXC Secret Service gnome-keyring localhost monitoring port',
    'log logging logs switchyard',
    'Alt Claude Code Codex LiteLLM build ci cpp env llama metrics npm run temperature vLLM webhook',
  ].flatMap((line) => line.split(' ')),
);

/** Names of settings and what they can be, where it is said what is wrong with them. */
const SETTINGS = new Set(
  [
    'CIDR IP Redis SECRET SESSION action admin alias all base capabilities client context dialect enabled from high',
    'file http id input max medium memory name network offline online output over pattern targets to under url',
  ].flatMap((line) => line.split(' ')),
);
/** Members of requests and what they can be, where it is said what became of them or is wrong with them. */
const MEMBERS = new Set(
  [
    'Groq assistant budget-exhausted choice citations detail format functionCallingConfig guards high include input',
    'logprobs max messages name outputDimensionality patterns seed sensitive strict suffix text thinking tokens tool',
    'toolConfig top type user verbosity xhigh',
    'GIF JPEG OPENAI WebP base concurrency contents default instructions length model query routing rpm store stream',
    'HTML MiB bypass data refresh systemInstruction tpm',
  ].flatMap((line) => line.split(' ')),
);
/** Settings by their whole name, and what a server calls a stream. */
const SETTING = /\b(?:(?:timeout|server|routing)\.\w+|base_url|allow_private_network|text\/event-stream)\b/g;
const isKnown = (key: string, word: string): boolean =>
  LATIN.has(word) ||
  (key.startsWith('refusals.') && SETTINGS.has(word)) ||
  (/^(?:remarks|problems\.told)\./.test(key) && MEMBERS.has(word));

describe('both languages', () => {
  it('have the same messages', () => expect([...chinese.keys()]).toEqual([...english.keys()]));

  it.each([...english])('%s names the same things', (key, text) => {
    // A plural form may leave the number out: "1 problem".
    const least = text.split('|').map(placeholders);
    expect(least).toContainEqual(placeholders(chinese.get(key) ?? ''));
  });

  it('have no empty message', () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have no sign that vue-i18n takes for its own: it would break the page that shows it', () => {
    const plain = (text: string): string => text.replaceAll(/\{'[@{}$|]'\}|\{\w+\}/g, '');
    expect([...english, ...chinese].filter(([, text]) => /[@{}]/.test(plain(text)))).toEqual([]);
  });

  it('do not mix: no Chinese in English', () => {
    // \p{Han}, and the punctuation that only Chinese has.
    expect(
      [...english].filter(([, text]) => /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(text)),
    ).toEqual([]);
  });

  it('do not mix: no English in Chinese but names and code', () => {
    const left = [...chinese].flatMap(([key, text]) => {
      const plain = text
        .replaceAll(SETTING, '')
        .replaceAll(/\{\w+\}|https?:\/\/[\w./:-]*|[\w.]*\.(?:com|yaml)\b|\bkey:\d/g, '');
      const words = plain.match(/[A-Za-z][A-Za-z-]+/g) ?? [];
      return words.filter((word) => !isKnown(key, word)).map((word) => `${key}: ${word}`);
    });
    expect(left).toEqual([]);
  });

  it('Chinese says 你, and uses the punctuation of Chinese', () => {
    expect([...chinese].filter(([, text]) => /您|\p{Script=Han}[,;!?]/u.test(text))).toEqual([]);
  });
});

describe('the code', () => {
  const all = Object.values(sources).join('\n');
  /** Keys where they are used for certain: in calls, in `keypath`, and as labels of shortcuts. */
  const called = [
    ...all.matchAll(/\bt\(\s*(['`])([^'`]+)\1|\skeypath="([^"]+)"|label: '([a-z]+\.[a-zA-Z.]+)'/g),
  ].map((match) => match[2] ?? match[3] ?? match[4] ?? '');
  /** Every text in the code that could be a key. */
  const quoted = new Set([...all.matchAll(/(['`])([a-z]\w*\.[^'`\s]+)\1/g)].map((match) => match[2] ?? ''));

  it('finds every message it uses', () => {
    expect(called.length).toBeGreaterThan(400);
    const missing = called.filter((key) => {
      const [head = '', ...rest] = key.split(/\$\{[^}]*\}/);
      if (rest.length === 0) return !english.has(key);
      return ![...english.keys()].some(
        (known) => known.startsWith(head) && known.endsWith(rest.at(-1) ?? ''),
      );
    });
    expect(missing).toEqual([]);
  });

  it('uses every message', () => {
    // A key that begins with a value could be any: those groups have tests that know their codes.
    const keys = [...new Set([...called, ...quoted])].filter((key) => !key.startsWith('${'));
    const patterns = keys.map(
      (key) =>
        new RegExp(
          `^${key
            .split(/\$\{[^}]*\}/)
            .map((part) => part.replaceAll(/[.*+?^$()|[\]\\{}]/g, String.raw`\$&`))
            .join('.+')}$`,
        ),
    );
    const unused = [...english.keys()].filter(
      (key) =>
        !/^(?:reasons|remarks|\w+\.told|refusals\.faults)\./.test(key) &&
        !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('says as data why a request failed', () => {
    expect(Object.keys(failing).length).toBeGreaterThan(100);
    const free = Object.entries(failing).filter(([, text]) => text.includes('new GatewayError('));
    expect(free.map(([path]) => path)).toEqual([]);
  });

  it('refuses as data', () => {
    expect(Object.keys(answering).length).toBeGreaterThan(100);
    const free = Object.entries(answering).filter(([, text]) => text.includes('new RpcError('));
    expect(free.map(([path]) => path)).toEqual([]);
  });

  it.each(templates)('%s has no words of its own', (_path, template) => {
    const text = template.replace(/\{\{[\s\S]*?\}\}/g, '').replace(/<(?:[^>"']|"[^"]*"|'[^']*')*>/g, '\n');
    const words = text.split('\n').filter((line) => /\p{L}{2,}/u.test(line) && line.trim() !== 'Switchyard');
    expect(words).toEqual([]);
  });

  /** Attributes and props of our components that end up on screen or are read out. */
  const SPOKEN =
    /\s(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt|label|description|hint|text|act|what)="([^"]*)"/g;
  /** Examples that are no language: an id, an address. */
  const EXAMPLE = /^(?:my-vllm|https?:\/\/\S+|[\w.-]+\/[\w.-]+)$/;

  it.each(templates)('%s names nothing in one language only', (_path, template) => {
    const spoken = [...template.matchAll(SPOKEN)].map((match) => match[1] ?? '');
    expect(spoken.filter((text) => /\p{L}/u.test(text) && !EXAMPLE.test(text))).toEqual([]);
  });
});
