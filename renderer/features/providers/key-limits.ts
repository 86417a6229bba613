/** Weight, limits and account of a key as they are typed. Pure. */
import type { KeyView } from '../../../contract/rpc/procedures/providers.ts';
import { HIGHEST_RATE, parseLimit, parseWeight } from './key-lines.ts';

/** No limit is an empty field. */
export interface KeyLimitDraft {
  readonly weight: string;
  readonly limit: string;
  readonly rpm: string;
  readonly tpm: string;
  readonly account: string;
}

export interface KeyLimits {
  readonly weight: number;
  readonly maxConcurrency: number;
  readonly rpm: number;
  readonly tpm: number;
  readonly account: string | null;
}

/** Names the message of what is wrong, in `providers`. */
export type KeyLimitFaults = Readonly<
  Partial<Record<keyof KeyLimitDraft, 'weightRule' | 'limitRule' | 'rateRule' | 'accountRule'>>
>;

export const NEW_LIMITS: KeyLimitDraft = { weight: '1', limit: '', rpm: '', tpm: '', account: '' };

export function limitDraft({ weight, maxConcurrency, rpm, tpm, account }: KeyView): KeyLimitDraft {
  const shown = (value: number): string => (value === 0 ? '' : String(value));
  return {
    weight: String(weight),
    limit: shown(maxConcurrency),
    rpm: shown(rpm),
    tpm: shown(tpm),
    account: account ?? '',
  };
}

const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function readLimits(
  draft: KeyLimitDraft,
): { readonly limits: KeyLimits } | { readonly faults: KeyLimitFaults } {
  const weight = parseWeight(draft.weight);
  const maxConcurrency = parseLimit(draft.limit);
  const rpm = parseLimit(draft.rpm, HIGHEST_RATE);
  const tpm = parseLimit(draft.tpm, HIGHEST_RATE);
  const account = draft.account.trim();
  const named = account === '' || ACCOUNT.test(account);
  if (weight === null || maxConcurrency === null || rpm === null || tpm === null || !named) {
    return {
      faults: {
        ...(weight === null ? { weight: 'weightRule' } : {}),
        ...(maxConcurrency === null ? { limit: 'limitRule' } : {}),
        ...(rpm === null ? { rpm: 'rateRule' } : {}),
        ...(tpm === null ? { tpm: 'rateRule' } : {}),
        ...(named ? {} : { account: 'accountRule' }),
      },
    };
  }
  return { limits: { weight, maxConcurrency, rpm, tpm, account: account === '' ? null : account } };
}

/** What differs from the key as it is. */
export function changedLimits(limits: KeyLimits, entry: KeyView): Partial<KeyLimits> {
  return {
    ...(limits.weight === entry.weight ? {} : { weight: limits.weight }),
    ...(limits.maxConcurrency === entry.maxConcurrency ? {} : { maxConcurrency: limits.maxConcurrency }),
    ...(limits.rpm === entry.rpm ? {} : { rpm: limits.rpm }),
    ...(limits.tpm === entry.tpm ? {} : { tpm: limits.tpm }),
    ...(limits.account === entry.account ? {} : { account: limits.account }),
  };
}
