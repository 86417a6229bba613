/** Procedures on models: what there is, and asking the providers again. */
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ModelCatalogue, ModelListState } from '../../contract/rpc/procedures/models.ts';
import { correctionOf, readCorrections, type Corrections } from '../catalogue/corrections.ts';
import { modelViews, modelsOf, type CataloguedProvider, type OwnFacts } from '../catalogue/model-views.ts';
import { vendorAddresses } from '../catalogue/vendor-addresses.ts';
import { listedPrice } from '../core/price-sheet.ts';
import { correctionEdits, markFavourite } from './model-corrections.ts';
import { fromLog } from './from-log.ts';
import { measuredModels } from './measured-models.ts';
import { definitionOf, DEMO, upstreamName } from '../runtime.ts';
import type { ControlPorts } from './ports.ts';
import { providerViews } from './views.ts';
import { refused } from '../core/refusals.ts';
import type { Addresses } from '../upkeep/catalogue-data.ts';

type Names = 'models.list' | 'models.refresh' | 'models.measured' | 'models.favourite' | 'models.correct';

export function modelHandlers(ports: ControlPorts): Pick<Handlers, Names> {
  /** @param only id of the provider whose models and list are asked for; absent: all */
  async function list(only?: string): Promise<ModelCatalogue> {
    const providers = cataloguedProviders(ports);
    await ports.catalogue.prepare(
      providers.map(({ addresses, models }) => ({ addresses, models: models.map(({ id }) => id) })),
    );
    const aliases = new Map(
      ports
        .config()
        .models.flatMap((model) =>
          'targets' in model ? [[model.id, model.targets.map((target) => target.model)]] : [],
        ),
    );
    const isAsked = (provider: string): boolean => only === undefined || provider === only;
    return {
      // Who answers to a bare name is seen over all of them.
      models: modelViews(providers, aliases, new Set(ports.config().favourites)).filter(({ provider }) =>
        isAsked(provider),
      ),
      lists: providers.filter(({ id }) => isAsked(id)).map((provider) => listState(provider, ports)),
      aliases: [...aliases.keys()],
      pricesAsOf: (await ports.prices.status()).asOf,
    };
  }

  return {
    'models.list': ({ provider }) => list(provider),
    'models.measured': () => fromLog(measuredModels(ports)),
    'models.favourite': (input) => markFavourite(input, ports),

    async 'models.correct'(input) {
      const found = (await list()).models.find(({ id }) => id === input.model);
      if (found === undefined) throw refused('no-model', { model: input.model }, 'model');
      await ports.edit(({ config }) => correctionEdits(input, config));
      const changed = (await list()).models.find(({ id }) => id === input.model);
      return changed ?? found;
    },

    async 'models.refresh'({ provider }, call) {
      if (provider !== undefined && !providerViews(ports).some(({ id }) => id === provider)) {
        throw refused('no-provider', { id: provider });
      }
      await ports.discovery.refreshNow(provider, (done, of) => call.tell({ done, of }));
      return list();
    },
  };
}

interface Source extends CataloguedProvider {
  /** What the catalogues know it by; none for the demo. */
  readonly addresses: Addresses;
  /** Its models are written down, so it is not asked. */
  readonly configured: boolean;
  /** It is on, and has a key to ask with or needs none. */
  readonly asked: boolean;
}

/** Every provider in the user's order, enabled or not. */
function cataloguedProviders(ports: ControlPorts): readonly Source[] {
  const { providers, models, corrections: written } = ports.config();
  const corrections = readCorrections(written);
  const configs = new Map(providers.map((config) => [config.id, config]));
  const states = ports.discovery.states();
  return providerViews(ports).map(({ id, name, enabled, problem, baseUrl, local }) => {
    const config = configs.get(id);
    const addresses =
      id === DEMO || config === undefined ? [] : vendorAddresses(definitionOf(config), baseUrl);
    const configured = config?.models ?? [];
    const manual = models.flatMap((model) =>
      'provider' in model && model.provider === id ? [upstreamName(model.id, id)] : [],
    );
    return {
      id,
      name,
      demo: id === DEMO,
      asked: enabled && problem !== 'no_key',
      usable: enabled && problem === null,
      local,
      configured: configured.length > 0,
      models: modelsOf(states.get(id)?.models ?? [], configured, manual),
      addresses,
      own: (model) => ownFacts(id, model, corrections, ports),
      catalogues: (model) => ports.catalogue.facts(addresses, model),
    };
  });
}

function ownFacts(
  provider: string,
  model: string,
  corrections: Corrections,
  { prices, clock }: ControlPorts,
): OwnFacts | undefined {
  const sheet = prices.override(provider, model);
  const facts = correctionOf(corrections, provider, model);
  if (sheet === undefined && facts === undefined) return undefined;
  return {
    facts: { ...facts, ...(sheet === undefined ? {} : { price: listedPrice(sheet, clock.wall()) }) },
    ...(sheet?.name.includes('*') === true ? { pricePattern: sheet.name } : {}),
  };
}

function listState(provider: Source, ports: ControlPorts): ModelListState {
  const { id, name, models, configured, asked } = provider;
  const known = ports.discovery.states().get(id);
  const common = { provider: id, providerName: name, count: models.length };
  if (configured) return { ...common, state: 'configured', readAt: null, problem: null };
  if (known === undefined || !asked) {
    return { ...common, state: 'unknown', readAt: known?.readAt ?? null, problem: null };
  }
  const state = known.problem !== null ? 'failed' : known.bundled ? 'bundled' : 'listed';
  return { ...common, state, readAt: known.readAt, problem: known.problem };
}
