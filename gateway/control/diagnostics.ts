/** Everything that explains what does not work, in one text that can be shown to a stranger. */
import type { RequestSummary } from '../../contract/log/row.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { KeyView, ProviderView } from '../../contract/rpc/procedures/providers.ts';
import { addressForOthers, configForOthers } from './diagnostics-config.ts';
import type { ControlPorts, Surroundings } from './ports.ts';
import { providerViews } from './views.ts';

const FAILED_ROWS = 50;
/** Of providers and keys those in trouble come first. */
const MOST_PROVIDERS = 100;
const MOST_KEYS = 10;
const MOST_PROBLEMS = 50;
const LONGEST_SENTENCE = 1_000;

export function diagnosticsHandlers(ports: ControlPorts): Pick<Handlers, 'diagnostics.make'> {
  return {
    async 'diagnostics.make'() {
      const [surroundings, failed] = await Promise.all([ports.settings.surroundings(), failedRows(ports)]);
      const at = new Date(ports.clock.wall()).toISOString();
      const facts = {
        about: 'Diagnostics of Switchyard. No secret and no content of a request is in it.',
        at,
      };
      const text = JSON.stringify(
        { ...facts, ...factsOf(ports, surroundings), failedRequests: failed },
        null,
        2,
      );
      return {
        // Names of fields are our own: only the values of secrets are looked for, in every form.
        text: withoutHome(ports.playground.values(text), surroundings.homeFolder),
        name: `switchyard-diagnostics-${at.slice(0, 19).replaceAll(':', '-')}.json`,
      };
    },
  };
}

function factsOf(ports: ControlPorts, surroundings: Surroundings): Readonly<Record<string, unknown>> {
  const { version, state, startedAt, secretStore, log, problems, inFlight, requestsPerMinute, demo } =
    ports.status();
  const { system, runtime, memory, variables, files, logSchema, lines } = surroundings;
  const providers = providerViews(ports);
  return {
    version,
    system,
    runtime,
    memory,
    gateway: {
      state,
      address: ports.status().address,
      startedAt: new Date(startedAt).toISOString(),
      inFlight,
      requestsPerMinute,
      demo,
      secretStore,
      log,
    },
    problems: problems
      .slice(0, MOST_PROBLEMS)
      .map(({ code, message }) => ({ code, message: message.slice(0, LONGEST_SENTENCE) })),
    configurationFile: ports.settings.configFile,
    dataFolder: ports.settings.dataFolder,
    files,
    logSchema,
    variables,
    configuration: configForOthers(ports.config()),
    providers: troubledFirst(providers, ({ problem }) => problem !== null)
      .slice(0, MOST_PROVIDERS)
      .map(providerForOthers),
    ...(providers.length > MOST_PROVIDERS ? { providersInAll: providers.length } : {}),
    logLines: lines.map((line) => ports.playground.redact(line)),
  };
}

function providerForOthers(view: ProviderView): unknown {
  const { id, enabled, problem, modelCount, strategy, keys } = view;
  return {
    id,
    enabled,
    problem,
    modelCount,
    strategy,
    endpoints: view.endpoints.map(({ dialect, baseUrl }) => `${dialect} ${addressForOthers(baseUrl)}`),
    keysInAll: keys.length,
    keys: troubledFirst(keys, ({ state }) => state !== 'ready')
      .slice(0, MOST_KEYS)
      .map(keyForOthers),
  };
}

const troubledFirst = <T>(all: readonly T[], isTroubled: (one: T) => boolean): readonly T[] =>
  all.toSorted((left, right) => Number(isTroubled(right)) - Number(isTroubled(left)));

/** Not the upstream's own words: some repeat what they were sent. */
const keyForOthers = (key: KeyView): unknown => ({
  id: key.id,
  fingerprint: key.fingerprint,
  source: key.source,
  enabled: key.enabled,
  state: key.state,
  reason: key.reason,
  status: key.status,
  scope: key.scope,
  coolingFor: Math.round(key.coolingFor),
  consecutiveFailures: key.consecutiveFailures,
  probe: key.probe,
});

async function failedRows({ log }: ControlPorts): Promise<unknown> {
  try {
    const filter = { where: [{ kind: 'flag' as const, field: 'failed' as const }] };
    const { rows } = await log.list({ limit: FAILED_ROWS, filter });
    return rows.map(rowForOthers);
  } catch (error) {
    // A log that cannot be read is one of the things diagnostics are made for.
    return { notRead: error instanceof Error ? error.message : String(error) };
  }
}

const rowForOthers = (row: RequestSummary): unknown => ({
  id: row.id,
  at: new Date(row.startedAt).toISOString(),
  outcome: row.outcome,
  status: row.status,
  error: row.errorCode,
  app: row.app,
  dialect: row.dialect,
  asked: row.modelAsked,
  served: row.modelServed,
  provider: row.provider,
  key: row.keyId,
  streamed: row.streamed,
  attempts: row.attemptCount,
  firstContentAt: row.firstContentAt,
  doneAt: row.doneAt,
});

/** The name of the user stands in it. As it stands in JSON, where a backslash is two. */
function withoutHome(text: string, home: string): string {
  const written = JSON.stringify(home).slice(1, -1);
  return written.length < 3 ? text : text.replaceAll(written, '~');
}
