/** The page of routing in a test, with aliases and rules that are kept as a gateway would. */
import { flushPromises, type DOMWrapper } from '@vue/test-utils';
import { ruleSchema } from '../../../../contract/config/routing.ts';
import { RpcError } from '../../../../contract/rpc/errors.ts';
import type { AliasView } from '../../../../contract/rpc/procedures/aliases.ts';
import type { Explanation, RuleView } from '../../../../contract/rpc/procedures/routing.ts';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { sampleAlias, sampleCatalogue, sampleModel, sampleTarget } from '../../../testing/samples.ts';
import { mountPage } from '../../../testing/with-app.ts';
import { seenOf } from '../drafts.ts';
import Page from '../Page.vue';

const route = { path: '/routing/:id?', name: 'routing', component: Page };
const settings = { path: '/settings/:section?', name: 'settings', component: { render: () => null } };

/** The default alias, whose second target cools. */
export const FAST = sampleAlias({
  id: 'fast',
  isDefault: true,
  hits: 0,
  lastHitAt: null,
  targets: [
    sampleTarget({ model: 'groq/llama', provider: 'groq' }),
    sampleTarget({
      model: 'openai/gpt-5',
      state: 'cooling',
      problem: 'keys_cooling',
      because: { reason: 'rate_limited', status: 429, message: 'slow down' },
      coolingFor: 213_000,
    }),
  ],
});

const withoutWas = (rule: object): object =>
  Object.fromEntries(Object.entries(rule).filter(([name]) => name !== 'was'));

/**
 * Opens the page, with the alias `fast` and no rules unless told otherwise. `refuse` is what every change is answered
 * with; `put` are the aliases that were sent.
 */
export async function openRouting(options: {
  aliases?: AliasView[];
  rules?: readonly RuleView[];
  explanation?: Explanation;
  at?: string;
  refuse?: RpcError;
  /** Rules and aliases are written, and the answer waits for this. */
  written?: () => Promise<void>;
}) {
  let rules = options.rules ?? [];
  const aliases = options.aliases ?? [FAST];
  const rpc = createFakeRpc({
    'aliases.list': () => [...aliases],
    'routing.rules': () => rules,
    'routing.setRules': async (input) => {
      if (options.refuse !== undefined) throw options.refuse;
      if (JSON.stringify(input.seen) !== JSON.stringify(rules.map(({ rule }) => rule)))
        throw new RpcError('conflict', 'The rules were changed elsewhere.');
      rules = input.rules.map((given, index) => ({
        number: index + 1,
        rule: ruleSchema.parse(withoutWas(given)),
        hits: 0,
        lastHitAt: null,
        problem: null,
      }));
      await options.written?.();
      return rules;
    },
    'routing.explain': () =>
      options.explanation ?? Promise.reject(new RpcError('invalid_input', 'No request.', 'body')),
    'aliases.put': async ({ was, seen, alias }) => {
      if (options.refuse !== undefined) throw options.refuse;
      const replaced = aliases.find(({ id }) => id === was);
      if (seen && replaced !== undefined && JSON.stringify(seen) !== JSON.stringify(seenOf(replaced)))
        throw new RpcError('conflict', 'The alias was changed elsewhere.');
      const made = sampleAlias({
        id: alias.id,
        targets: alias.targets.map((target) => sampleTarget(target)),
      });
      const place = aliases.findIndex(({ id }) => id === (was ?? alias.id));
      if (place === -1) aliases.push(made);
      else aliases[place] = made;
      // Where the old name was, the new one is.
      const named = (model: string): string => (model === was ? alias.id : model);
      aliases.forEach(({ targets, ...rest }, index) => {
        aliases[index] = {
          ...rest,
          targets: targets.map((target) => ({ ...target, model: named(target.model) })),
        };
      });
      rules = rules.map((view) => ({
        ...view,
        rule: { ...view.rule, then: { model: named(view.rule.then.model) } },
      }));
      await options.written?.();
      return made;
    },
    'aliases.remove': ({ id }) => {
      aliases.splice(
        aliases.findIndex((alias) => alias.id === id),
        1,
      );
      return { undo: 'u1' };
    },
    'models.list': () =>
      sampleCatalogue([sampleModel(), sampleModel({ id: 'groq/qwen' })], { aliases: ['fast'] }),
  });
  const { page, router } = await mountPage({ rpc, route, others: [settings], at: options.at ?? '/routing' });
  await flushPromises();
  const button = (name: string): DOMWrapper<Element> => {
    const found = page
      .findAll('button')
      .find((one) => one.text() === name || one.attributes('aria-label') === name);
    if (found === undefined) throw new Error(`There is no button ${name}.`);
    return found;
  };
  const put = () => rpc.calls.filter(({ name }) => name === 'aliases.put').map(({ input }) => input);
  /** Somebody else changes the rules. */
  const ruleElsewhere = (next: readonly RuleView[]): void => {
    rules = next;
  };
  return { rpc, page, router, button, put, ruleElsewhere };
}
