/**
 * What Anthropic's models take and refuse, by their names: the API answers 400 to settings of another generation.
 * Sources: Anthropic's pages on errors, thinking and models, the types of its SDK 1.14, recorded refusals.
 */
import type { Target } from '../../core/dialect.ts';

export interface ModelRules {
  /**
   * - `budget`: `{type: enabled, budget_tokens}`, up to Claude 4.5
   * - `both`: 4.6, where the model may also decide itself
   * - `adaptive`: since 4.7 the model decides, led by an effort
   * - `none`: before 3.7
   */
  readonly thinking: 'none' | 'budget' | 'both' | 'adaptive';
  /** `between-tools`: thinking cannot be switched off, only kept to short notes. `no`: not even that. */
  readonly thinkingOff: 'yes' | 'between-tools' | 'no';
  /** `thinking.display` is known. */
  readonly display: boolean;
  /** The effort `xhigh` is known (recorded refusal of Opus 4.6). */
  readonly xhigh: boolean;
  /** temperature, top_p and top_k are known. */
  readonly sampling: boolean;
  /** temperature and top_p may stand beside each other. */
  readonly samplingTogether: boolean;
  /** A conversation may end with the beginning of the answer. */
  readonly prefill: boolean;
  /** A call of a tool can be demanded. */
  readonly forcedTools: boolean;
  /** `output_config.format` and strict tools. */
  readonly structured: boolean;
  /** Messages of the role `system` inside a conversation. */
  readonly systemRole: boolean;
  /** Tokens; null where it is not known. */
  readonly maxOutput: number | null;
}

/** Servers of this dialect with models of their own: what the oldest clients of it send. */
const OTHERS: ModelRules = {
  thinking: 'budget',
  thinkingOff: 'yes',
  display: false,
  xhigh: false,
  sampling: true,
  samplingTogether: true,
  prefill: true,
  forcedTools: true,
  structured: false,
  systemRole: false,
  maxOutput: null,
};

/** `claude-opus-4-6`, `claude-3-7-sonnet-...`, `anthropic/claude-opus-4.6`, `claude-sonnet-4@20250514`. */
const NEWER = /claude-([a-z]+)-(\d{1,2})(?:-(\d{1,2})(?!\d))?(?!\d)/;
const OLDER = /claude-(\d)(?:-(\d)(?!\d))?-([a-z]+)/;

/** Newer than every model known here. */
const UNKNOWN = { family: '', version: 999 };

interface Model {
  readonly family: string;
  /** 4.6 is 406. */
  readonly version: number;
}

export function rulesFor({ model, facts }: Target): ModelRules {
  const claude = readName(model);
  if (claude !== null) return rulesOf(claude);
  const known = facts.capabilities ?? null;
  if (known === null) return OTHERS;
  return {
    ...OTHERS,
    thinking: known.includes('reasoning') ? 'budget' : 'none',
    structured: known.includes('structured-output'),
  };
}

/**
 * Whether thoughts come back only with the proof they were given: Claude's, wherever it runs. Others of this dialect
 * sign nothing, and some refuse a conversation without its thoughts (DeepSeek, Kimi).
 */
export const signsThoughts = ({ provider, model }: Pick<Target, 'provider' | 'model'>): boolean =>
  provider === 'anthropic' || readName(model) !== null;

function readName(name: string): Model | null {
  const plain = name.toLowerCase().replaceAll('.', '-');
  if (!plain.includes('claude')) return null;
  const older = OLDER.exec(plain);
  if (older !== null) return { family: older[3] ?? '', version: version(older[1], older[2]) };
  const newer = NEWER.exec(plain);
  if (newer !== null) return { family: newer[1] ?? '', version: version(newer[2], newer[3]) };
  if (/claude-(?:v?[12]\b|instant)/.test(plain)) return { family: '', version: 200 };
  // The preview had the manners of the generation it announced.
  return plain.includes('mythos') ? { family: 'mythos', version: 500 } : UNKNOWN;
}

const version = (major = '0', minor = '0'): number => Number(major) * 100 + Number(minor);

function rulesOf({ family, version: number }: Model): ModelRules {
  const thinksAlways = family === 'fable' || family === 'mythos';
  const atLeast5x5 = (family === 'opus' || family === 'sonnet') && number >= 505;
  return {
    thinking: number < 307 ? 'none' : number < 406 ? 'budget' : number === 406 ? 'both' : 'adaptive',
    thinkingOff:
      family === 'sonnet' && atLeast5x5 ? 'between-tools' : thinksAlways || atLeast5x5 ? 'no' : 'yes',
    display: number >= 405,
    xhigh: number >= 407,
    sampling: number <= 406,
    samplingTogether: number < 401,
    prefill: number < 406,
    forcedTools: !(atLeast5x5 || (thinksAlways && number > 500)),
    structured: number >= 401,
    // Opus 4.8 was announced with it and recorded refusing it; Sonnet 5 refuses it.
    systemRole: number >= 500 && family !== 'sonnet',
    maxOutput: maxOutput(family, number),
  };
}

function maxOutput(family: string, number: number): number {
  if (number >= 406) return 128_000;
  if (family === 'opus' && number < 405) return number >= 400 ? 32_000 : 4_096;
  if (number >= 307) return 64_000;
  return number >= 305 ? 8_192 : 4_096;
}
