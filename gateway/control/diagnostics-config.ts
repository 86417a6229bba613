/** A configuration for somebody else's eyes: what is not as it came, without anything that is secret. Pure. */
import * as z from 'zod/mini';
import { configSchema } from '../../contract/config/schema.ts';
import { isSecretName } from '../backup/hide-secrets.ts';
import { isMapping } from '../config/field-names.ts';
import type { ResolvedConfig } from '../config/parse.ts';
import { fingerprint } from '../state/key-ring.ts';

/** Longer ones are told by their size, characters of JSON. */
const LARGEST = 200_000;
const LONGEST_TEXT = 500;
const DEFAULTS: unknown = z.parse(configSchema, {});

/** Set, and not for these pages: values of headers are credentials, patterns hold words of the user's own. */
const SET = '(set)';
const NEVER_SHOWN: ReadonlySet<string> = new Set(['headers', 'sensitive_patterns']);

export function configForOthers(config: ResolvedConfig): unknown {
  const { locked } = config;
  const shown = different({ ...config, keyOrigins: undefined, locked: undefined }, DEFAULTS, '') ?? {};
  const size = JSON.stringify(shown).length;
  if (size > LARGEST) return { leftOut: `${size} characters` };
  return { ...(isMapping(shown) ? shown : {}), decidedElsewhere: locked };
}

/** @returns undefined where it is as it came */
function different(value: unknown, before: unknown, name: string): unknown {
  if (JSON.stringify(value) === JSON.stringify(before)) return undefined;
  if (!isMapping(value) || !isMapping(before) || NEVER_SHOWN.has(name)) return forOthers(value, name);
  const entries = Object.entries(value).flatMap(([inner, member]) => {
    const shown = different(member, before[inner], inner);
    return shown === undefined ? [] : [[inner, shown] as const];
  });
  return Object.fromEntries(entries);
}

function forOthers(value: unknown, name: string): unknown {
  if (NEVER_SHOWN.has(name)) return hiddenAll(value);
  if (Array.isArray(value)) return value.map((member) => forOthers(member, name));
  if (isMapping(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([inner, member]) => [inner, forOthers(member, inner)]),
    );
  }
  return typeof value === 'string' ? textForOthers(value, name) : value;
}

function hiddenAll(value: unknown): unknown {
  if (Array.isArray(value)) return `(${value.length})`;
  return isMapping(value) ? Object.fromEntries(Object.keys(value).map((inner) => [inner, SET])) : SET;
}

function textForOthers(text: string, name: string): string {
  if (text === '') return text;
  if (isSecretName(name)) return fingerprint(text);
  if (/^[a-z0-9+.-]+:\/\//i.test(text)) return addressForOthers(text, name);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** Without name, password, query and fragment. The path of a webhook is its password. */
export function addressForOthers(address: string, name = ''): string {
  if (!URL.canParse(address)) return SET;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${name === 'url' ? '' : pathname}`;
}
