/** Procedures that show, make, change and remove aliases. */
import type { AliasStrategy } from '../../contract/config/routing.ts';
import type { AliasConfig, Config } from '../../contract/config/schema.ts';
import type { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ArrangedEntry, EditPath } from '../config/edit.ts';
import type { ResolvedConfig } from '../config/parse.ts';
import type { ConfigEdit } from '../config/store.ts';
import { aliasView, aliasViews, type AliasPorts } from './alias-views.ts';
import { entryChanges } from './entry-changes.ts';
import type { ControlPorts } from './ports.ts';
import type { Removals } from './removals.ts';
import { restoreEntries } from './restore-entries.ts';
import { refused } from '../core/refusals.ts';

type Names = Extract<keyof Handlers, `aliases.${string}`>;
type Targets = AliasConfig['targets'];

export function aliasHandlers(
  ports: AliasPorts & Pick<ControlPorts, 'edit'>,
  removals: Removals,
): Pick<Handlers, Names> {
  return {
    'aliases.list': () => Promise.resolve(aliasViews(ports)),

    async 'aliases.put'({ was, seen, alias: { id, strategy, targets: given } }) {
      checkName(id);
      checkTargets(given);
      await ports.edit(({ config }) => {
        const replaced = findAlias(was ?? id, config);
        if (replaced === undefined && was !== undefined) throw noAlias(was);
        if (id !== replaced?.id || seen === null) checkFree(id, config);
        if (seen && replaced !== undefined) checkSeen(seen, replaced);
        // Who names no strategy knows nothing of weights and ranges either.
        const targets = strategy === undefined ? keptDetails(given, replaced) : given;
        if (replaced === undefined) {
          const chosen = strategy === undefined ? {} : { strategy };
          return [{ op: 'add', path: ['models'], value: { id, ...chosen, targets } }];
        }
        return [
          ...restrategized(replaced, strategy),
          arranged(replaced, targets),
          ...(replaced.id === id ? [] : renamed(replaced.id, id, config)),
        ];
      });
      const made = findAlias(id, ports.config());
      if (made === undefined) throw noAlias(id);
      return aliasView(made, ports);
    },

    async 'aliases.remove'({ id }) {
      const entries = await ports.edit(({ config }) => {
        if (findAlias(id, config) === undefined) throw noAlias(id);
        return [{ op: 'delete', path: ['models', { id }] }];
      });
      const restore = restoreEntries(ports, ['models'], entries);
      return { undo: restore === null ? null : removals.keep(restore) };
    },

    async 'aliases.restore'({ undo }) {
      await removals.restore(undo);
      return aliasViews(ports);
    },
  };
}

/** @throws RpcError `conflict` for a model in the user manual's form */
function findAlias(id: string, { models }: Pick<Config, 'models'>): AliasConfig | undefined {
  const found = models.find((model) => model.id === id);
  if (found === undefined || 'targets' in found) return found;
  throw refused('model-no-alias', { id }, 'alias.id');
}

const noAlias = (id: string): RpcError => refused('no-alias', { id });

/** A name that cannot be typed again exactly is no name. */
function checkName(id: string): void {
  if (id === id.trim() && !/\p{Cc}/u.test(id)) return;
  throw refused('alias-characters', {}, 'alias.id');
}

function checkTargets(targets: Targets): void {
  const models = targets.map(({ model }) => model);
  const again = models.findIndex((model, index) => models.indexOf(model) < index);
  if (again === -1) return;
  throw refused('target-twice', { model: models[again] ?? '' }, `alias.targets.${again}.model`);
}

/** A target that is given by its name alone keeps what was written of it. */
function keptDetails(targets: Targets, replaced: AliasConfig | undefined): Targets {
  return targets.map((target) =>
    Object.keys(target).length > 1
      ? target
      : (replaced?.targets.find(({ model }) => model === target.model) ?? target),
  );
}

function restrategized(
  { id, strategy }: AliasConfig,
  next: AliasStrategy | undefined,
): readonly ConfigEdit[] {
  if (next === undefined || next === strategy) return [];
  return [{ op: 'set', path: ['models', { id }, 'strategy'], value: next }];
}

const targetsOf = ({ id }: AliasConfig): EditPath => ['models', { id }, 'targets'];

/** Targets that stay keep how they are written: a comment, a variable that gives the name. */
function arranged(replaced: AliasConfig, targets: Targets): ConfigEdit {
  const entries = targets.map((target): ArrangedEntry => {
    const was = replaced.targets.findIndex(({ model }) => model === target.model);
    const old = replaced.targets[was];
    return old === undefined
      ? { was: null, changes: { ...target } }
      : { was, changes: entryChanges(old, target) };
  });
  return { op: 'arrange', path: targetsOf(replaced), entries };
}

function checkSeen(seen: Pick<AliasConfig, 'strategy' | 'targets'>, now: AliasConfig): void {
  const [before, after] = [seen, now].map(({ strategy, targets }) => JSON.stringify({ strategy, targets }));
  if (before !== after) throw refused('alias-changed', { id: now.id }, 'seen');
}

function checkFree(id: string, { models }: Pick<Config, 'models'>): void {
  if (!models.some((model) => model.id === id)) return;
  throw refused('name-taken', { id }, 'alias.id');
}

/** The edits of a new name: of the alias itself, and wherever the old one is named. */
function renamed(was: string, id: string, config: ResolvedConfig): readonly ConfigEdit[] {
  const { models, routing, rules, budgets, locked } = config;
  const others = models.flatMap((model): readonly ConfigEdit[] => {
    if ('provider' in model || model.id === was) return [];
    if (!model.targets.some((target) => target.model === was)) return [];
    const entries = model.targets.map((target, index) => ({
      was: index,
      changes: target.model === was ? { model: id } : {},
    }));
    return [{ op: 'arrange', path: targetsOf(model), entries }];
  });
  const isDefault = routing.default_model === was && locked['routing.default_model'] === undefined;
  return [
    { op: 'set', path: ['models', { id: was }, 'id'], value: id },
    ...others,
    ...followed(
      'rules',
      rules.map(({ then }) => (then.model === was ? { then: { model: id } } : {})),
    ),
    ...followed(
      'budgets',
      budgets.map(({ scope }) => (scope === `alias:${was}` ? { scope: `alias:${id}` } : {})),
    ),
    ...(isDefault ? [{ op: 'set', path: ['routing', 'default_model'], value: id } as const] : []),
  ];
}

/** Entries without ids that have named it. @param changes of each entry of the list; empty where it has not */
function followed(list: 'rules' | 'budgets', changes: readonly object[]): readonly ConfigEdit[] {
  if (changes.every((change) => Object.keys(change).length === 0)) return [];
  const entries = changes.map((change, was) => ({ was, changes: { ...change } }));
  return [{ op: 'arrange', path: [list], entries }];
}
