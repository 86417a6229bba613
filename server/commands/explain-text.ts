/** An explanation as a person reads it in a terminal. Pure. */
import type {
  Exclusion,
  ExplainedBudget,
  ExplainedClient,
  ExplainedGuard,
  ExplainedKey,
  ExplainedRule,
  Explanation,
} from '../../contract/rpc/procedures/routing.ts';

export function isExplanation(value: unknown): value is Explanation {
  return typeof value === 'object' && value !== null && 'places' in value && 'budgets' in value;
}

/** @param live asked of a running gateway, which knows how its keys fare */
export function explanationText(told: Explanation, live: boolean): string {
  const lines = [
    `Model      ${told.modelAsked === '' ? '(none named)' : told.modelAsked}, about ${told.tokens} tokens`,
    ...told.rules.filter(({ verdict }) => verdict !== 'not-reached').map(ruleLine),
    ...told.aliases.flatMap(({ alias, strategy, order }) => [
      `Alias      ${alias} (${strategy})`,
      ...order.map(
        ({ model, because, figure }, at) => `           ${at + 1}. ${model}: ${reason(because, figure)}`,
      ),
    ]),
    ...complexityLines(told.complexity),
    ...(told.kept === null
      ? []
      : [`Kept       its conversation was served by ${told.kept.provider}/${told.kept.model} last`]),
    ...(told.client === null ? [] : [clientLine(told.client)]),
    ...told.budgets.map(budgetLine),
    ...told.guards.map(guardLine),
    ...told.places.flatMap(({ provider, model, usable, keys, closedBy }, at) => [
      `${at === 0 ? 'Plan       ' : '           '}${at + 1}. ${provider}/${model}${usable ? '' : passedOver(closedBy)}`,
      ...keys.map((key) => `              ${keyName(key)}: ${keyState(key)}`),
    ]),
    ...told.excluded.map((one) => `Left out   ${excluded(one)}`),
    ...(told.error === null ? [] : [`Refused    ${told.error.code}: ${told.error.message}`]),
    ...(live
      ? []
      : ['No gateway runs on this data folder, or it let nobody in: how keys fare is not known.']),
  ];
  return `${lines.join('\n')}\n`;
}

function ruleLine({ number, name, model, verdict, condition }: ExplainedRule): string {
  const rule = `Rule ${number}     ${name === null ? '' : `(${name}) `}`;
  switch (verdict) {
    case 'applies':
      return `${rule}applies: ${model}`;
    case 'off':
      return `${rule}is switched off`;
    case 'leads-nowhere':
      return `${rule}holds, but ${model} leads nowhere`;
    default:
      return `${rule}does not apply: ${condition ?? ''}`;
  }
}

const passedOver = (budget: string | undefined): string =>
  budget === undefined ? ' (passed over now)' : ` (left out: the budget ${budget} is spent)`;

function clientLine({ id, rpm, used, maxConcurrency, underWay, wait, refused }: ExplainedClient): string {
  const limits = [
    ...(rpm === 0 ? [] : [`${used} of ${rpm} requests in the last minute`]),
    ...(maxConcurrency === 0 ? [] : [`${underWay} of ${maxConcurrency} requests under way`]),
  ];
  const until = wait === 0 ? '' : ` for ${Math.ceil(wait / 1_000)} s`;
  return `Client     ${id}: ${limits.join(', ')}${refused ? `; refused${until}` : ''}`;
}

const GUARDED = { reject: 'rejects the request', warn: 'warns only', mask: 'masks what it finds' };

const guardLine = ({ number, name, action }: ExplainedGuard): string =>
  `Guard      pattern ${number}${name === null ? '' : ` (${name})`} ${GUARDED[action]}`;

const STATES = { near: 'nearly spent', reserved: 'spent once requests under way have ended', spent: 'spent' };
const EFFECTS = {
  warns: 'warns only',
  'leaves-out': 'its provider is left out',
  refuses: 'refuses the request',
};

const budgetLine = ({ id, spent, usd, state, effect }: ExplainedBudget): string =>
  `Budget     ${id}: $${spent.toFixed(2)} of $${usd.toFixed(2)}, ${STATES[state]}; ${EFFECTS[effect]}`;

function reason(because: string, figure: number | null): string {
  switch (because) {
    case 'drawn':
      return 'drawn by weight';
    case 'turn':
      return 'its turn in the round';
    case 'measured':
      return `${Math.round(figure ?? 0)} ms lately`;
    case 'unmeasured':
      return 'not measured lately';
    case 'price':
      return `$${(figure ?? 0).toPrecision(3)} for this request`;
    case 'no-price':
      return 'no price known';
    case 'range':
      return `its range holds ${figure ?? 0}`;
    default:
      return 'as written';
  }
}

function complexityLines(complexity: Explanation['complexity']): readonly string[] {
  if (complexity === null) return [];
  const parts = Object.entries(complexity.parts).filter(([, part]) => part > 0);
  return [
    `Complexity ${complexity.score}${parts.length === 0 ? '' : ':'} ${parts.map(([name, part]) => `${name} ${part}`).join(', ')}`.trimEnd(),
  ];
}

function keyName({ id, label, fingerprint }: ExplainedKey): string {
  if (id === '') return 'without a key';
  const name = label === '' ? id : label;
  return fingerprint === null ? `key ${name}` : `key ${name} ${fingerprint}`;
}

function keyState({ state, wait, because }: ExplainedKey): string {
  const seconds = `${Math.ceil(wait / 1_000)} s`;
  switch (state) {
    case 'ready':
      return 'ready';
    case 'to-be-probed':
      return 'ready, the next request finds out whether it works again';
    case 'probing':
      return 'one request is finding out whether it works again';
    case 'cooling':
      return `cools for ${seconds}${because === null ? '' : `: ${because.message}`}`;
    case 'provider-full':
      return 'its provider has as many requests under way as it may';
    case 'key-full':
      return 'has as many requests under way as it may';
    case 'rate':
      return `its limit of a minute is used up for ${seconds}`;
  }
}

const TARGETS: Readonly<Record<string, string>> = {
  provider_off: 'its provider is off',
  no_key: 'its provider has no key for it',
  not_listed: 'its provider does not list it',
  not_offered: 'no provider offers it',
  no_provider: 'no provider is set up',
  empty_alias: 'the alias leads nowhere',
};

const KEYS = {
  disabled: 'it is turned off',
  'no-secret': 'its secret is not known',
  'other-models': 'it is for other models',
};

const excluded = (one: Exclusion): string =>
  one.kind === 'target'
    ? `${one.model} of ${one.alias}: ${TARGETS[one.problem] ?? one.problem}`
    : `key ${one.key} for ${one.provider}/${one.model}: ${KEYS[one.problem]}`;
