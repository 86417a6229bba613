/** Procedures on the configuration as a whole: given out without secrets, taken in over a plan that was seen. */
import type { Handlers } from '../../contract/rpc/procedures.ts';
import { hideSecrets } from '../backup/hide-secrets.ts';
import { sourceOf, type ParsedConfig } from '../config/parse.ts';
import { REDACTED } from '../core/redact.ts';
import { firstOf, importRisks } from './import-risks.ts';
import { newReferences, toldReference } from './imported-references.ts';
import { LEFT_OUT, withSecrets, type Filled } from './imported-secrets.ts';
import { refuseLogOutside } from './log-file-from-outside.ts';
import type { ControlPorts } from './ports.ts';
import { refused } from '../core/refusals.ts';

type Names = 'config.export' | 'config.plan' | 'config.import' | 'config.undoImport';

const ABOUT = `# The configuration of Switchyard. Secrets are left out: ${LEFT_OUT} stands for each.\n`;

/** An imported configuration with what was left out of it. */
type Whole = Filled & { readonly parsed: ParsedConfig };

/** A text of a megabyte takes seconds in all: between its steps requests are served. */
const othersFirst = async (): Promise<void> => new Promise(setImmediate);

export function configTransferHandlers(ports: ControlPorts): Pick<Handlers, Names> {
  const { file } = ports.settings;
  /** The last import, to take it back; its texts hold secrets and stay in memory. */
  let last: { readonly before: string; readonly after: string } | null = null;

  function hidden(text: string): string {
    const without = hideSecrets(text, [], { mark: LEFT_OUT, webhooks: true });
    if (without === null) {
      throw refused('not-yaml', { path: ports.settings.configFile });
    }
    return ports.playground.values(without).replaceAll(REDACTED, LEFT_OUT);
  }

  /** Before anything is judged: sentences about what is wrong quote values. @throws RpcError `invalid_input` */
  function refuseOpenReferences(text: string): void {
    if (!text.includes('${')) return;
    const open = newReferences(ports.settings.written(), sourceOf(text)).filter(({ hidden }) => !hidden);
    if (open.length === 0) return;
    throw refused('open-references', { places: firstOf(open.map(toldReference)).join(', ') });
  }

  /** @throws RpcError `invalid_input` for what is no configuration, its lines those of the text that was given */
  async function filled(text: string, current: string): Promise<Whole> {
    if (text.includes(LEFT_OUT) && hideSecrets(text, []) === null) file.check(text);
    const { text: whole, missing } = withSecrets(text, current, ports.connect.newKey);
    await othersFirst();
    refuseOpenReferences(whole);
    await othersFirst();
    let parsed: ParsedConfig;
    try {
      parsed = file.check(whole);
    } catch (error) {
      // Lines are told of the text as it was given, where that has the fault too.
      file.check(text);
      throw error;
    }
    if (parsed.written.size === 0) throw refused('no-setting');
    await refuseLogOutside(parsed.config.logging.file, ports);
    return { text: whole.startsWith(ABOUT) ? whole.slice(ABOUT.length) : whole, missing, parsed };
  }

  /** Keys of providers that are not in use now are looked for once. */
  async function lookFor({ parsed }: Whole): Promise<void> {
    await Promise.all(parsed.config.providers.map(({ id, keys }) => ports.ring.look(id, keys)));
  }

  /** Secrets in neither, and keys of the secret store that it has none for. */
  function missingOf({ missing, parsed }: Whole): readonly string[] {
    const named = missing.map((place) => place.replace(/\.value$/, ''));
    const keys = parsed.config.providers.flatMap((provider) =>
      provider.keys
        .filter((key) => ports.ring.secretOf(provider.id, key) === undefined)
        .map((key) => `providers[${provider.id}].keys[${key.id}]`),
    );
    return [...new Set([...named, ...keys])];
  }

  /** Binds first and writes then, as for a single setting. */
  async function putInForce(text: string, before: string, keep: boolean): Promise<string | null> {
    const here = { host: ports.config().server.host, port: ports.config().server.port };
    const { host, port } = file.check(text).config.server;
    const moves = host !== here.host || port !== here.port;
    const refusal = moves ? await ports.settings.moveTo({ host, port }) : null;
    if (refusal !== null) throw refused('address-refused', { words: refusal.text }, 'server.port', refusal);
    try {
      return await file.replace(text, before, keep);
    } catch (error) {
      if (moves) await ports.settings.moveTo(here);
      throw error;
    }
  }

  return {
    async 'config.export'() {
      const day = new Date(ports.clock.wall()).toISOString().slice(0, 10);
      return { name: `switchyard-config-${day}.yaml`, text: ABOUT + hidden(await file.text()) };
    },

    async 'config.plan'({ text }) {
      const before = await file.text();
      await othersFirst();
      const next = await filled(text, before);
      await lookFor(next);
      await othersFirst();
      const risks = importRisks(
        { source: ports.settings.written(), config: ports.config() },
        next.parsed,
        (provider, key) => ports.ring.secretOf(provider, key) !== undefined,
      );
      await othersFirst();
      const shown = hidden(before);
      await othersFirst();
      return { before: shown, after: hidden(next.text), missing: missingOf(next), risks };
    },

    async 'config.import'({ text, before: seen }) {
      const before = await file.text();
      if (hidden(before) !== seen) {
        throw refused('config-changed');
      }
      await othersFirst();
      const next = await filled(text, before);
      await lookFor(next);
      await othersFirst();
      const missing = missingOf(next);
      const copy = await putInForce(next.text, before, true);
      last = { before, after: next.text };
      return { copy, missing };
    },

    async 'config.undoImport'() {
      if (last === null || (await file.text()) !== last.after) {
        throw refused('config-changed-since-import');
      }
      await putInForce(last.before, last.after, false);
      last = null;
      return { undone: true };
    },
  };
}
