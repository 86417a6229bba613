/** Rules while they are edited: every condition a field, empty where there is none. Pure. */
import type { DAYS, RuleConfig } from '../../../contract/config/routing.ts';
import { parseSize } from '../../../contract/config/values.ts';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';
import type { RuleView } from '../../../contract/rpc/procedures/routing.ts';

export type Day = (typeof DAYS)[number];
/** From Monday, as weeks are drawn. */
export const WEEK: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A yes-or-no condition; `any`: it is not looked at. */
export type Wanted = 'any' | 'yes' | 'no';

export interface HeaderDraft {
  readonly name: string;
  readonly value: string;
}

export interface RuleDraft {
  /** Names it within the page. */
  readonly key: string;
  /** Its number in the configuration; null for a new one. */
  readonly was: number | null;
  readonly name: string;
  readonly enabled: boolean;
  readonly model: string;
  readonly client: string;
  readonly headers: readonly HeaderDraft[];
  /** Sizes as a user writes them: `200KB`. */
  readonly over: string;
  readonly under: string;
  /** Times of day: `22:00`. */
  readonly from: string;
  readonly to: string;
  readonly days: readonly Day[];
  readonly tools: Wanted;
  readonly images: Wanted;
  readonly target: string;
}

export type RuleInput = RawInputOf<Procedures['routing.setRules']>['rules'][number];

export function newRule(rules: readonly RuleDraft[]): RuleDraft {
  let number = 1;
  while (rules.some(({ key }) => key === `new-${number}`)) number += 1;
  return { ...ruleDraft({ enabled: true, when: {}, then: { model: '' } }), key: `new-${number}`, was: null };
}

export const rowOfRule = ({ rule, number }: RuleView): RuleDraft => ({
  ...ruleDraft(rule),
  key: String(number),
  was: number,
});

function ruleDraft({ name, enabled, when, then }: RuleConfig): Omit<RuleDraft, 'key' | 'was'> {
  return {
    name: name ?? '',
    enabled,
    model: when.model ?? '',
    client: when.client ?? '',
    headers: Object.entries(when.header ?? {}).map(([name, value]) => ({ name, value })),
    over: sizeText(when.size?.over),
    under: sizeText(when.size?.under),
    from: when.time?.from ?? '',
    to: when.time?.to ?? '',
    days: when.time?.days ?? [],
    tools: wanted(when.tools),
    images: wanted(when.images),
    target: then.model,
  };
}

const wanted = (value: boolean | undefined): Wanted => (value === undefined ? 'any' : value ? 'yes' : 'no');

/** In the largest unit that keeps it whole. */
function sizeText(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  const [size, unit] = bytes % 1e6 === 0 ? [1e6, 'MB'] : bytes % 1e3 === 0 ? [1e3, 'KB'] : [1, 'B'];
  return `${bytes / size}${unit}`;
}

/** As the configuration has it; only a draft without a fault. */
export function ruleOf(draft: RuleDraft): RuleInput {
  const headers = draft.headers.filter(({ name }) => name.trim() !== '');
  const [over, under] = [draft.over.trim(), draft.under.trim()];
  return {
    ...text('name', draft.name),
    ...(draft.enabled ? {} : { enabled: false }),
    when: {
      ...text('model', draft.model),
      ...text('client', draft.client),
      ...(headers.length === 0
        ? {}
        : {
            header: Object.fromEntries(
              headers.map(({ name, value }) => [name.trim().toLowerCase(), value.trim()]),
            ),
          }),
      ...(over === '' && under === '' ? {} : { size: { ...text('over', over), ...text('under', under) } }),
      ...(hasTime(draft)
        ? {
            time: {
              from: clock(draft.from, '00:00'),
              to: clock(draft.to, '00:00'),
              ...(draft.days.length === 0 ? {} : { days: WEEK.filter((day) => draft.days.includes(day)) }),
            },
          }
        : {}),
      ...(draft.tools === 'any' ? {} : { tools: draft.tools === 'yes' }),
      ...(draft.images === 'any' ? {} : { images: draft.images === 'yes' }),
    },
    then: { model: draft.target.trim() },
  };
}

/** With the number it has had until now, so that only what changed of it is written. */
export const arrangedRule = (draft: RuleDraft): RuleInput =>
  draft.was === null ? ruleOf(draft) : { ...ruleOf(draft), was: draft.was };

const text = <Name extends string>(
  name: Name,
  value: string,
): { readonly [key in Name]?: string } | object => (value.trim() === '' ? {} : { [name]: value.trim() });

/** Days alone mean the whole of them. */
const hasTime = ({ from, to, days }: RuleDraft): boolean =>
  from.trim() !== '' || to.trim() !== '' || days.length > 0;

/** A time as it is typed with the zero in front left out. */
function clock(typed: string, otherwise: string): string {
  const time = typed.trim();
  if (time === '') return otherwise;
  return /^\d:/.test(time) ? `0${time}` : time;
}

/** Why a rule cannot be applied; names its message, in `routing.faults`. */
export type RuleFault = 'no_rule_target' | 'size_form' | 'size_order' | 'time_form' | 'header_form';
/** The part of the form a fault belongs to. */
export type RulePart = 'target' | 'size' | 'time' | 'header';

export function ruleFaults(draft: RuleDraft): Readonly<Record<RulePart, RuleFault | null>> {
  return {
    target: draft.target.trim() === '' ? 'no_rule_target' : null,
    size: sizeFault(draft),
    time: [draft.from, draft.to].every((time) => time.trim() === '' || CLOCK.test(clock(time, '')))
      ? null
      : 'time_form',
    header: draft.headers.every(({ name, value }) => HEADER.test(name.trim()) && value.trim() !== '')
      ? null
      : 'header_form',
  };
}

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const HEADER = /^[\w!#$%&'*+.^`|~-]+$/;

function sizeFault({ over, under }: RuleDraft): RuleFault | null {
  const [least, most] = [over, under].map((typed) => (typed.trim() === '' ? null : parseSize(typed)));
  if (least === undefined || most === undefined) return 'size_form';
  return least !== null && most !== null && least >= most ? 'size_order' : null;
}

export const isFaulty = (draft: RuleDraft): boolean =>
  Object.values(ruleFaults(draft)).some((fault) => fault !== null);

/** Nothing is written in it yet but, perhaps, a target. */
export const hasConditions = (draft: RuleDraft): boolean => Object.keys(ruleOf(draft).when).length > 0;

/** @param views as they are in force */
export function rulesChanged(drafts: readonly RuleDraft[], views: readonly RuleView[]): boolean {
  return (
    drafts.length !== views.length ||
    drafts.some((draft, index) => {
      const view = views[index];
      return view === undefined || draft.was !== view.number || ruleChanged(draft, views);
    })
  );
}

/** True where they would make the very same list, whichever of it was which. */
export const makesRules = (drafts: readonly RuleDraft[], views: readonly RuleView[]): boolean =>
  JSON.stringify(drafts.map(ruleOf)) === JSON.stringify(views.map((view) => ruleOf(rowOfRule(view))));

/** Its name, switch, conditions or target differ from what is in force; where it stands is another matter. */
export function ruleChanged(draft: RuleDraft, views: readonly RuleView[]): boolean {
  const view = views.find(({ number }) => number === draft.was);
  return view === undefined || JSON.stringify(ruleOf(draft)) !== JSON.stringify(ruleOf(rowOfRule(view)));
}
