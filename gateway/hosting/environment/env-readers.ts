/** How the text of a variable becomes a setting. A text that is not understood is refused with what is allowed. */
import { baseUrlProblem } from '../../../contract/config/values.ts';
import { keyProblem, parseKeyList } from '../../config/key-list.ts';
import type { KeyOverride, ProviderOverride, SettingOverride } from '../../config/overrides.ts';

/** What one variable decides. */
export interface Reading {
  readonly settings?: readonly SettingOverride[];
  readonly keys?: readonly KeyOverride[];
  readonly providers?: readonly ProviderOverride[];
  readonly notices?: readonly string[];
}

/** @throws EnvironmentFault @param name of the variable @param text trimmed, not empty */
export type Reader = (text: string, name: string) => Reading;

/** What is allowed, as the end of a sentence that begins with the name of the variable. Holds no value. */
export class EnvironmentFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EnvironmentFault';
  }
}

/** A setting of the configuration, its text judged and converted by `convert`. */
export function setting(path: string, convert: (text: string) => unknown): Reader {
  return (text, name) => ({ settings: [{ path, value: convert(text), origin: name }] });
}

export const asText = (text: string): string => text;

/** A whole number within bounds, both included. */
export function asInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new EnvironmentFault(`must be a whole number from ${least} to ${most}`);
    }
    return number;
  };
}

/** Seconds of a variable as the duration a setting takes; a day at most. */
export function asSeconds(least: 'zero' | 'above-zero'): (text: string) => string {
  return (text) => {
    const seconds = Number(text);
    const fits = /^\d+(?:\.\d+)?$/.test(text) && seconds <= 86_400 && (seconds >= 0.001 || least === 'zero');
    if (!fits) {
      throw new EnvironmentFault(
        `must be a number of seconds ${least === 'zero' ? 'from 0' : 'above 0'} to 86400, without a unit`,
      );
    }
    return `${Math.round(seconds * 1_000)}ms`;
  };
}

export function asOneOf(allowed: readonly string[]): (text: string) => string {
  return (text) => {
    if (allowed.includes(text.toLowerCase())) return text;
    throw new EnvironmentFault(`must be one of ${allowed.join(', ')}`);
  };
}

export function asSwitch(text: string): boolean {
  if (/^(?:1|true|yes|on)$/i.test(text)) return true;
  if (/^(?:0|false|no|off)$/i.test(text)) return false;
  throw new EnvironmentFault('must be 1 or 0 (also true or false, yes or no, on or off)');
}

export function atMost(characters: number): (text: string) => string {
  return (text) => {
    if (text.length <= characters) return text;
    throw new EnvironmentFault(`must have at most ${characters} characters`);
  };
}

/** One key of a provider. */
export function key(provider: string): Reader {
  return (text, name) => {
    const problem = keyProblem(text);
    if (problem !== undefined) throw new EnvironmentFault(problem);
    return { keys: [{ provider, value: text, weight: 1, origin: name }] };
  };
}

/** Keys as `key1,key2:weight,key3` (REQUIREMENTS 3.1). */
export function keyList(provider: string): Reader {
  return (text, name) => {
    const keys = parseKeyList(text);
    if (typeof keys === 'string') throw new EnvironmentFault(keys);
    return { keys: keys.map((listed) => ({ provider, ...listed, origin: name })) };
  };
}

/** A header sent with every request to a provider. */
export function header(provider: string, field: string): Reader {
  return (text, name) => {
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
      throw new EnvironmentFault('must be text that a header can carry: one line, no letters beyond Latin-1');
    }
    return { providers: [{ provider, field: 'headers', value: { [field]: text }, origin: name }] };
  };
}

/** An address of a provider; what `cut` matches at its end is left off. */
export function address(provider: string, field: 'base_url' | 'models_url', cut: RegExp): Reader {
  return (text, name) => {
    const value = text.replace(/\/+$/, '').replace(cut, '');
    const problem = baseUrlProblem(value);
    if (problem !== undefined) throw new EnvironmentFault(`must be an address: ${problem}`);
    return { providers: [{ provider, field, value, origin: name }] };
  };
}

/** Accepted for the sake of those who have it set; `why` ends the sentence that says so. */
export function noEffect(why: string): Reader {
  return (_, name) => ({ notices: [`${name} is set, which changes nothing: ${why}.`] });
}
