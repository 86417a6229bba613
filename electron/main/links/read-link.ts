/** Links of other programs into this one. Whoever writes one is a stranger: it shows a page, or asks, nothing else. */
import { DIALECTS, type DialectId } from '../../../contract/config/provider.ts';
import { baseUrlProblem } from '../../../contract/config/values.ts';
import type { LinkRefusal } from '../../../contract/rpc/links.ts';
import { isPageName, type PageName } from '../../../contract/rpc/pages.ts';
import { TOOL_IDS, type ToolId } from '../../../contract/rpc/procedures/connect.ts';

/** What a link asks for. */
export type Link =
  | { readonly kind: 'open'; readonly page: PageName }
  | {
      readonly kind: 'add-provider';
      readonly name: string;
      readonly dialect: DialectId;
      readonly baseUrl: string;
      readonly key: string | null;
    }
  | { readonly kind: 'connect-tool'; readonly tool: ToolId }
  | { readonly kind: 'refused'; readonly reason: LinkRefusal };

export const LINK_SCHEME = 'switchyard';
const LONGEST_LINK = 2_000;
const LONGEST_NAME = 60;
/**
 * Control and format characters, the bidirectional ones among them, foreign line ends, what is no character, letters
 * that are empty, and marks that are heaped up until they cover the lines around them.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|\p{M}{3}/u;
const KEY_FORM = /^[\x21-\x7e]{8,1000}$/;
/** Addresses that clouds tell their machines' secrets at; the gateway calls them for nobody. */
const NEVER = /^(?:169\.254\.\d+\.\d+|\[fe[89ab].*|metadata(?:\.google\.internal)?)\.?$/i;

const refused = (reason: LinkRefusal): Link => ({ kind: 'refused', reason });

/** @returns null for what is no link of ours at all, a flag for example */
export function readLink(text: string): Link | null {
  if (!text.toLowerCase().startsWith(`${LINK_SCHEME}:`)) return null;
  if (text.length > LONGEST_LINK) return refused('too-long');
  const decoded = decodedOf(text);
  if (decoded === null || !URL.canParse(text)) return refused('unknown');
  if (HIDDEN.test(decoded.normalize('NFC'))) return refused('hidden-characters');
  if (!/^[a-z]+:\/\//i.test(text)) return refused('unknown');
  const { host, pathname, search, hash, username, password, port, searchParams } = new URL(text);
  if ([hash, username, password, port].some((part) => part !== '')) return refused('unknown');
  const act = `${host}${pathname}`.replace(/\/$/, '');
  if (act === 'provider/add') return addProvider(searchParams);
  if (search !== '') return refused('unknown');
  const [where, name = '', ...more] = act.split('/');
  if (more.length > 0) return refused('unknown');
  if (where === 'open' && isPageName(name)) return { kind: 'open', page: name };
  const tool = TOOL_IDS.find((id) => id === name);
  return where === 'connect' && tool !== undefined ? { kind: 'connect-tool', tool } : refused('unknown');
}

const FIELDS = ['name', 'baseUrl', 'dialect', 'key'];

function addProvider(given: URLSearchParams): Link {
  const names = [...given.keys()];
  // A field given twice shows one value and may mean the other.
  if (new Set(names).size < names.length || names.some((name) => !FIELDS.includes(name))) {
    return refused('unknown');
  }
  const name = (given.get('name') ?? '').trim();
  if (name === '' || name.length > LONGEST_NAME) return refused('bad-name');
  const dialect = DIALECTS.find((id) => id === (given.get('dialect') ?? 'openai-chat'));
  if (dialect === undefined) return refused('unknown');
  const baseUrl = addressOf(given.get('baseUrl') ?? '');
  if (baseUrl === null) return refused('bad-address');
  const key = given.get('key');
  if (key !== null && !KEY_FORM.test(key)) return refused('bad-key');
  return { kind: 'add-provider', name, dialect, baseUrl, key };
}

/** @returns the address with its host as it is looked up: letters that only look like Latin ones show */
function addressOf(text: string): string | null {
  if (baseUrlProblem(text) !== undefined || !URL.canParse(text)) return null;
  const url = new URL(text);
  return NEVER.test(url.hostname) ? null : url.href.replace(/\/+$/, '');
}

/** @returns null where the percent signs make no text */
function decodedOf(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
