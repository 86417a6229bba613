/** The English of what can be wrong with a value or a configuration; `{name}` is a value, `one | many` two forms. */
import type { Told } from './connect-sayings.ts';
import type { Fault } from './faults.ts';
import { pluralForm } from './plural-form.ts';

const ENGLISH: Readonly<Record<Fault, string>> = {
  // Values, whatever setting they are of.
  missing: 'this setting is missing',
  mapping: 'a mapping (name: value, indented below) is needed',
  list: 'a list (lines that begin with "- ") is needed',
  text: 'text is needed',
  number: 'a number is needed',
  'whole-number': 'a whole number is needed',
  'true-or-false': 'true or false is needed',
  'one-of': 'one of {values} is needed',
  'one-of-also': 'one of {values} is needed (also {others})',
  least: 'a number of at least {limit} is needed',
  most: 'a number of at most {limit} is allowed',
  beyond: 'a number beyond {limit} is needed',
  'least-characters': 'at least {count} character is needed | at least {count} characters are needed',
  'most-characters': 'at most {count} character is allowed | at most {count} characters are allowed',
  'least-entries': 'at least {count} entry is needed | at least {count} entries are needed',
  'most-entries': 'at most {count} entry is allowed | at most {count} entries are allowed',
  'entry-characters': 'an entry has at most {limit} characters',
  unknown: 'this setting is not known',
  'unknown-near': 'this setting is not known; did you mean {near}?',
  'unknown-names': '{names} is not known here',
  'not-understood': 'this value is not understood',
  // What the schemas say themselves.
  duration: 'a duration from {least} to {most} is needed, such as 500ms, 10s, 5m or 1h',
  'duration-or-never': 'a duration from {least} to {most} is needed, such as 24h or 7d, or 0s for never',
  size: 'a size such as 10MB or 1GB is needed',
  proxy: 'system, none, or the address of an HTTP proxy such as {example} is needed',
  port: 'a port lies between {least} and {most}',
  scheme: 'start with http:// or https://',
  'address-form': 'write scheme, host and path only: no user name, query, fragment or spaces',
  identifier: 'letters, digits, dot, dash and underscore, {limit} at most, are allowed',
  'key-letters': 'a key has no spaces and no letters outside ASCII',
  'most-patterns': 'at most {limit} patterns are allowed',
  'pattern-name': 'letters, digits, spaces, - and _ are allowed',
  'pattern-or-form': 'a regular expression, or {pattern, name, action} is needed',
  'cache-memory': 'memory is needed; a cache in Redis is not in this version yet',
  'budget-scope': 'all, client:ID, provider:ID or alias:ID is needed',
  'weight-of-key': 'a number above 0 is needed; enabled: false leaves a key out',
  'weight-of-target': 'a number above 0 is needed; remove a target to leave it out',
  'time-of-day': 'a time of day is needed, such as 09:00 or 22:30',
  'model-name': 'provider/model is needed',
  'correction-empty': 'name, context, max_output or capabilities is needed',
  'price-empty': 'input or output is needed',
  'webhook-address': 'an http or https address is needed, or an empty text for no webhook',
  'paste-key': 'paste the key',
  'longest-key': 'a key has at most {limit} characters',
  'config-large': 'it is larger than 1 MB, so it is no configuration',
  'shortest-passphrase': 'a passphrase has at least {limit} characters',
  'backup-name': 'the name of a back-up is needed',
  'most-terms': 'at most {limit} words and phrases are searched for at once',
  // The text of a configuration. Those of YAML: `gateway/config/yaml-faults.ts`.
  'text-large': 'the file is larger than 1 MB; this is no configuration',
  'zero-bytes': 'the file holds zero bytes; save it as UTF-8 text',
  'brackets-deep': 'brackets are nested more than {most} deep',
  'anchor-circle': 'an anchor (&name) must not hold its own alias (*name)',
  'anchor-missing': 'an alias (*name) refers to no anchor (&name) before it, or aliases repeat too much',
  'yaml-twice': '{name} is written twice in the same place; keep one',
  'yaml-twice-unnamed': 'this name is written twice in the same place; keep one',
  'yaml-tab': 'a tab cannot indent; use spaces',
  'yaml-documents': 'a second document begins here (---); one is allowed',
  'yaml-alias': 'this alias (*name) is not valid; put a text that begins with * in quotes',
  'yaml-tag': 'tags (!name) are not understood; put a text that begins with ! in quotes',
  'yaml-name': 'the name of a setting must be text',
  'yaml-name-lines': 'a name ends on its own line, with a colon behind it; is one missing?',
  'yaml-indent': 'the indentation does not fit the lines around it, or a bracket is not closed',
  'yaml-missing': 'a quote, bracket or comma is missing before this place',
  'yaml-colon': 'a value that contains ": " must stand in quotes',
  'yaml-start': 'this value must stand in quotes, because of its first character',
  'yaml-escape': 'in double quotes a backslash begins an escape; double it, or use single quotes',
  'yaml-deep': 'this is nested too deep',
  'yaml-other': 'this is not valid YAML; inside { } and [ ] a value such as "${NAME}" must stand in quotes',
  'reference-form':
    'write ${NAME} or ${NAME:-default}, with letters, digits and _ in NAME; a plain ${ is written $${',
  // Names of settings.
  'in-no-version': 'this setting is not in this version yet; remove it',
  'two-names': 'this setting is given under two names; keep one',
  'status-twice': 'status and enabled are the same setting; keep one',
  'status-words': 'online or offline is needed; better write enabled: true',
  'model-form': 'targets (an alias) or provider (a model of one provider) is needed',
  // Settings that do not fit each other.
  'entry-used': 'this {field} is used by entry {number} of the list already; give each its own',
  'not-built-in': '{id} is not a built-in provider ({names}).',
  'did-you-mean': 'Did you mean {near}?',
  'or-with-address': 'Or give this one a base_url and a dialect',
  'or-add-provider': 'Or add a provider of this id with a base_url and a dialect',
  'like-of-built-in': '{id} is built in itself: leave this out, or choose another id',
  'address-of-yours': '{id} needs a base_url: nobody but you knows where yours is',
  'dialect-needed': 'a provider of your own needs a dialect: {dialects}',
  'own-address': "this is the gateway's own address; give the provider's",
  'exact-gemini':
    'Gemini names the model in the address, so no address can be used as it is: leave the # out',
  'exact-list': 'it is used as it is: leave the # out',
  'address-unreadable': 'this is no address: look at the host name and the port, which is 65535 at most',
  'own-header': 'this header is set by the gateway for each request; remove it',
  'header-form': 'a header has a name of letters, digits and dashes and a value without line breaks',
  'header-name': 'a header has a name of letters, digits and dashes',
  'secret-header': 'this header holds a credential; tell clients apart with client',
  'ip-range': 'an address or CIDR range is needed, such as 192.168.1.20 or 10.0.0.0/8',
  'alias-links': 'aliases name other aliases more than {most} times; name models instead',
  'range-empty': 'the range is empty: to has to be above from',
  'under-over': 'under has to be above over',
  'medium-high': 'medium begins at or below high',
  'client-nobody': 'there is no client {id}',
  'provider-nobody': 'there is no provider {id}',
  'alias-nobody': 'there is no alias {id}',
  'budget-twice': 'there is a budget for {scope} per {per} already; keep one',
  'key-ascii': 'a key has no spaces, line breaks or letters outside ASCII',
  'sample-password':
    '"admin" is refused while server.host is {host}, where others can reach it; choose a password of your own, or bind localhost',
  'sample-session-key':
    'SESSION_SECRET_KEY has the sample value of the guide, which is refused while server.host is {host}; set a random text of your own, or unset it',
  // Patterns of guards.
  'pattern-empty': 'an empty pattern matches everything; remove it',
  'pattern-long': 'a pattern has at most {limit} characters',
  'pattern-flag': 'the flag {flag} is not known; i, m and s are',
  'pattern-closing': 'a closing bracket has no opening one',
  'pattern-assertion': 'an assertion cannot be repeated',
  'pattern-quantifiers': 'two quantifiers follow each other',
  'pattern-braces-order': 'a quantifier in braces has its numbers in the wrong order',
  'pattern-braces-most': 'a number in braces is {most} at most',
  'pattern-nothing': '{letter} stands where there is nothing to repeat; write \\{letter} for the character',
  'pattern-back': 'back references cannot be used here',
  'pattern-look': 'look-ahead, look-behind and flags in the middle cannot be used here',
  'pattern-open': 'a bracket is not closed',
  'pattern-backslash': 'a backslash stands at the end',
  'pattern-escape': '\\{letter} is not known here',
  'pattern-square': 'a square bracket is not closed',
  'pattern-range': 'a range in square brackets goes from one character to another',
  'pattern-range-order': 'a range in square brackets has its ends in the wrong order',
  'pattern-classes': 'this pattern names too many different characters',
  'pattern-large': 'this pattern is too large: use smaller numbers in braces, or several patterns',
  // A configuration in force.
  'clear-secrets':
    'A secret stands in the file in clear text: {paths}. Write ${NAME} and set that variable, or add the key in the user interface, which keeps it out of the file.',
  'clear-secrets-more':
    'A secret stands in the file in clear text: {paths} and {count} more. Write ${NAME} and set that variable, or add the key in the user interface, which keeps it out of the file.',
  'unset-variables': '{path}: {names} is not set, so it stands for an empty text.',
  'key-empty': '{place}: the key is skipped, because its value is empty.',
  'key-unset': '{place}: the key is skipped, because {names} is not set.',
  'key-of-clients': '{place}: ignored, because it holds a key that clients use to reach this gateway.',
  'ceiling-raised': '{ceiling} is below {base} and is raised to it.',
  'no-client-key':
    'The gateway is reachable from other machines and has no client key: set APP_API_KEY, or server.allow_unauthenticated: true.',
};

/**
 * A fault as data: a clause without the place it is at.
 * @param wording where its English is another than the table has
 */
export function fault(code: Fault, values: Told['values'] = {}, wording?: string): Told {
  const form = pluralForm(ENGLISH[code], values['count']);
  // In one go: a value is never read for places of its own. A place without a value is part of the sentence.
  const text = wording ?? form.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  return { code, values, text };
}
