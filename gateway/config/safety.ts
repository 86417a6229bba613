/** What must not run where others can reach it, and what should not stand in a file in clear. */
import type { Config } from '../../contract/config/schema.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import type { Environment } from './expand.ts';
import { isMapping } from './field-names.ts';
import { pathText, patternOf, type FieldFault, type FieldPath } from './problem.ts';

/** What the key-polling service's guide prints as a password (REQUIREMENTS 3.6), and our own pages and examples as secrets. */
const SAMPLES: ReadonlySet<string> = new Set([
  'admin',
  'choose-a-long-one',
  'choose-a-long-random-key',
  'sk-my-own-gateway-key',
]);
/** The session key of the same guide. */
const SAMPLE_SESSION_KEY = 'a-very-secret-and-random-key-replace-this-in-production';

/** Sample secrets are refused as soon as another machine can use them. */
export function exposedSamples(config: Config, environment: Environment): readonly FieldFault[] {
  const { host } = config.server;
  if (isLoopbackHost(host)) return [];
  const faults: FieldFault[] = [];
  const secrets: readonly (readonly [FieldPath, string])[] = [
    [['admin', 'password'], config.admin.password],
    [['server', 'api_key'], config.server.api_key],
    ...config.clients.map(({ key }, index) => [['clients', index, 'key'], key] as const),
  ];
  for (const [path, sample] of secrets) {
    if (SAMPLES.has(sample)) faults.push({ path, told: fault('sample-secret', { sample, host }) });
  }
  if (environment['SESSION_SECRET_KEY'] === SAMPLE_SESSION_KEY) {
    faults.push({
      path: [],
      told: fault('sample-session-key', { host }),
    });
  }
  return faults;
}

/** Settings whose value is a secret. */
export const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'server.api_key',
  'admin.password',
  'providers[].keys[].value',
  'models[].api_key',
  'clients[].key',
]);

/**
 * @param value under our names, not expanded: a secret that comes from a variable is a reference there
 * @param except settings that are not looked at
 * @returns paths of secrets written out in the file
 */
export function clearSecrets(value: unknown, except: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  function visit(node: unknown, path: FieldPath): void {
    if (Array.isArray(node)) node.forEach((item, index) => visit(item, [...path, index]));
    else if (isMapping(node))
      for (const [name, member] of Object.entries(node)) visit(member, [...path, name]);
    else if (
      typeof node === 'string' &&
      node !== '' &&
      SECRET_FIELDS.has(patternOf(path)) &&
      !except.has(patternOf(path)) &&
      !node.includes('${')
    ) {
      found.push(pathText(path));
    }
  }
  visit(value, []);
  return found;
}
