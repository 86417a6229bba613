/** A client while it is edited: every figure as it is typed. Pure. */
import type { BodyPolicy } from '../../../contract/config/schema.ts';
import type { ClientView } from '../../../contract/rpc/procedures/clients.ts';
import type { NewClient } from './clients-store.ts';
import { NEW_BUDGET, readBudget } from './budget-drafts.ts';

/** `same`: as for everybody. */
export type LogChoice = BodyPolicy | 'same';
export const LOG_CHOICES: readonly LogChoice[] = ['same', 'full', 'metadata', 'off'];

export interface ClientDraft {
  readonly id: string;
  /** Because of it everybody is asked for a key. */
  readonly demands: boolean;
  /** Empty: no limit. */
  readonly rpm: string;
  readonly maxConcurrency: string;
  readonly models: readonly string[];
  readonly log: LogChoice;
  /** US dollars; empty: no budget. Only of a new client; those there are have their own list. */
  readonly amount: string;
  readonly per: 'day' | 'month';
}

/** @param demanding everybody is asked for a key already */
export const newClient = (demanding: boolean): ClientDraft => ({
  id: '',
  demands: demanding,
  rpm: '',
  maxConcurrency: '',
  models: [],
  log: 'same',
  amount: '',
  per: 'month',
});

export const clientDraft = ({ id, optional, rpm, maxConcurrency, models, log }: ClientView): ClientDraft => ({
  ...newClient(!optional),
  id,
  rpm: rpm === 0 ? '' : String(rpm),
  maxConcurrency: maxConcurrency === 0 ? '' : String(maxConcurrency),
  models,
  log: log ?? 'same',
});

export type ClientField = 'id' | 'taken' | 'rpm' | 'maxConcurrency' | 'amount';

export type ReadClient =
  | {
      readonly ok: true;
      readonly client: Omit<NewClient, 'budget'>;
      /** Of a new one; absent where it has none. */
      readonly budget: Pick<NewClient, 'budget'>;
    }
  | { readonly ok: false; readonly faults: ReadonlySet<ClientField> };

/** As the gateway wants it. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const HIGHEST = 100_000;
/** Who brings the key of everybody is called so. */
const EVERYBODY = 'default';

/** @param others ids that are taken */
export function readClient(draft: ClientDraft, others: readonly string[]): ReadClient {
  const id = draft.id.trim();
  const [rpm, maxConcurrency] = [readLimit(draft.rpm), readLimit(draft.maxConcurrency)];
  const money = draft.amount.trim() === '' ? null : readBudget({ ...NEW_BUDGET, amount: draft.amount });
  const faults = new Set<ClientField>();
  if (!ID.test(id)) faults.add('id');
  else if (id === EVERYBODY || others.includes(id)) faults.add('taken');
  if (rpm === null) faults.add('rpm');
  if (maxConcurrency === null) faults.add('maxConcurrency');
  if (money?.ok === false) faults.add('amount');
  if (faults.size > 0 || rpm === null || maxConcurrency === null) return { ok: false, faults };
  return {
    ok: true,
    client: {
      id,
      optional: !draft.demands,
      rpm,
      maxConcurrency,
      models: [...draft.models],
      log: draft.log === 'same' ? null : draft.log,
    },
    budget: money?.ok === true ? { budget: { usd: money.budget.usd, per: draft.per } } : {},
  };
}

function readLimit(typed: string): number | null {
  const limit = Number(typed.trim().replaceAll(',', ''));
  return Number.isInteger(limit) && limit >= 0 && limit <= HIGHEST ? limit : null;
}
