/** Where requests go and why: a dry run of one, and the rules with what they did. */
import * as z from 'zod/mini';
import { ruleSchema, type AliasStrategy, type RuleConfig } from '../../config/routing.ts';
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';
import { REQUEST_FORMATS } from '../request-formats.ts';
import type { CoolingCause, TargetProblem } from './aliases.ts';

/** How a key would fare right now. A user interface has a sentence for each. */
export type ExplainedKeyState =
  | 'ready'
  /** Its cool-down is over; the next request finds out whether it works again. */
  | 'to-be-probed'
  /** One request is finding out. */
  | 'probing'
  | 'cooling'
  /** As many requests are under way as its provider may have. */
  | 'provider-full'
  /** As many are under way as the key may have. */
  | 'key-full'
  /** The requests or tokens of this minute are used up. */
  | 'rate';

export interface ExplainedKey {
  /** Empty where the provider needs none. */
  readonly id: string;
  readonly label: string;
  readonly fingerprint: string | null;
  readonly state: ExplainedKeyState;
  /** ms until it may be used; 0 where that is now, or nobody knows. */
  readonly wait: number;
  /** Why it cools; null where it does not. */
  readonly because: CoolingCause | null;
}

/** One place to go, with its keys in the order to try them. */
export interface ExplainedPlace {
  readonly provider: string;
  readonly model: string;
  readonly keys: readonly ExplainedKey[];
  /** False where no key can be used now, or a budget closes its provider: it is passed over. */
  readonly usable: boolean;
  /** Id of the budget that closes it; absent where none does. */
  readonly closedBy?: string;
}

/** A budget of the request that is spent, or nearly. */
export interface ExplainedBudget {
  /** `client:laptop/month` */
  readonly id: string;
  readonly scope: string;
  readonly per: 'day' | 'month';
  /** US dollars. */
  readonly usd: number;
  readonly spent: number;
  /** Unix ms. */
  readonly resetsAt: number;
  /** `reserved`: requests under way will probably spend the rest. */
  readonly state: 'near' | 'reserved' | 'spent';
  /** What it does to this request: it is only told, its provider is passed over, or nobody is asked at all. */
  readonly effect: 'warns' | 'leaves-out' | 'refuses';
}

/** Limits of the client that would ask, and how much of them it uses. */
export interface ExplainedClient {
  readonly id: string;
  /** 0: no limit. */
  readonly rpm: number;
  /** Requests of the last 60 s, where they are limited. */
  readonly used: number;
  /** 0: no limit. */
  readonly maxConcurrency: number;
  readonly underWay: number;
  /** ms until the next request is let in; 0 where that is now, or when one of those under way ends. */
  readonly wait: number;
  /** The request would be refused now. */
  readonly refused: boolean;
}

/** A pattern of the guards that the request holds. */
export interface ExplainedGuard {
  /** Its place in the configuration, from 1. */
  readonly number: number;
  readonly name: string | null;
  /** What is done with it. */
  readonly action: 'reject' | 'warn' | 'mask';
}

/** What is not in the plan, and why. */
export type Exclusion =
  | {
      readonly kind: 'target';
      readonly alias: string;
      readonly model: string;
      readonly problem: TargetProblem;
    }
  | {
      readonly kind: 'key';
      readonly provider: string;
      readonly model: string;
      readonly key: string;
      readonly problem: 'disabled' | 'no-secret' | 'other-models';
    };

export interface ExplainedRule {
  /** Its place in the configuration, from 1. */
  readonly number: number;
  /** Null where it has none. */
  readonly name: string | null;
  readonly model: string;
  readonly verdict:
    | 'applies'
    /** It is switched off. */
    | 'off'
    | 'condition-fails'
    /** It holds, but its model leads nowhere. */
    | 'leads-nowhere'
    /** An earlier one decided. */
    | 'not-reached';
  /** The first condition that does not hold. */
  readonly condition: string | null;
}

export interface ExplainedAlias {
  readonly alias: string;
  readonly strategy: AliasStrategy;
  /** As they would be tried. `figure`: ms, US dollars or a score, as the strategy has it. */
  readonly order: readonly {
    readonly model: string;
    readonly because: string;
    readonly figure: number | null;
  }[];
}

/** A refusal that a client would get. */
export interface ExplainedError {
  readonly code: string;
  /** For clients of the API. */
  readonly message: string;
  /** The same as data, where pages have words for it. */
  readonly told?: Told | undefined;
}

export interface Explanation {
  /** The default model where the request names none. */
  readonly modelAsked: string;
  readonly rules: readonly ExplainedRule[];
  readonly aliases: readonly ExplainedAlias[];
  /** Null where no alias goes by it. */
  readonly complexity: { readonly score: number; readonly parts: Readonly<Record<string, number>> } | null;
  /** About how many the question has. */
  readonly tokens: number;
  /** Where its conversation was served last and is kept; null where it may go anywhere. */
  readonly kept: { readonly provider: string; readonly model: string; readonly key: string } | null;
  readonly places: readonly ExplainedPlace[];
  readonly excluded: readonly Exclusion[];
  readonly budgets: readonly ExplainedBudget[];
  /** Found in the body; after one that refuses no more are looked for, unless some are masked. */
  readonly guards: readonly ExplainedGuard[];
  /** Null where nobody in particular asks, or nothing limits who does. */
  readonly client: ExplainedClient | null;
  /** What the client would be told where there is no place to go, or it may not ask. */
  readonly error: ExplainedError | null;
}

export interface RuleView {
  readonly number: number;
  readonly rule: RuleConfig;
  /** Requests it decided since it was written or changed, those of earlier runs among them. */
  readonly hits: number;
  /** Unix ms; null before the first. */
  readonly lastHitAt: number | null;
  /** Why what it sends to leads nowhere, so that it is passed over; null where it leads somewhere. */
  readonly problem: TargetProblem | null;
}

/** Characters of a request to be explained. */
const LONGEST_REQUEST = 20_000_000;
const MOST_RULES = 200;

export const routingProcedures = {
  /** What would be done with a request now. Nothing is sent, no turn taken, no hit counted. */
  'routing.explain': define(
    z.strictObject({
      format: z._default(z.enum(REQUEST_FORMATS), 'openai-chat'),
      /** In place of the body's; needed where the format has it in the address (gemini). */
      model: z.optional(z.string().check(z.maxLength(200))),
      /** The body as a client would send it; absent: a request of which only the model is known. */
      body: z.optional(z.string().check(z.maxLength(LONGEST_REQUEST))),
      /** Id of the client that would ask. */
      client: z.optional(z.string().check(z.maxLength(64))),
      /** By name in lower case; rules may look at them. */
      headers: z.optional(z.record(z.string(), z.string().check(z.maxLength(8_000)))),
      /** In place of those in force, in this order: what rules would do that are not applied yet. */
      rules: z.optional(z.array(ruleSchema).check(z.maxLength(MOST_RULES))),
    }),
  ).returns<Explanation>(),
  'routing.rules': define(nothing).returns<readonly RuleView[]>(),
  /**
   * Replaces all rules by these, in this order. `was`: the number it has in `seen`, so that only what changed
   * of it is written; without it, one that is the same as before is taken for it.
   * @throws RpcError `conflict` where the rules are others by now
   */
  'routing.setRules': define(
    z.strictObject({
      /** The rules these were made from, as `routing.rules` told them. */
      seen: z.array(ruleSchema).check(z.maxLength(MOST_RULES)),
      rules: z
        .array(z.extend(ruleSchema, { was: z.optional(z.int().check(z.minimum(1))) }))
        .check(z.maxLength(MOST_RULES)),
    }),
  ).returns<readonly RuleView[]>(),
};
