/** Procedures on prices: where they come from, newer ones, and what counts for a model. */
import type { Handlers } from '../../contract/rpc/procedures.ts';
import { listedPrice } from '../core/price-sheet.ts';
import type { ControlPorts } from './ports.ts';
import { refused } from '../core/refusals.ts';

type Names = 'prices.status' | 'prices.refresh' | 'prices.reset' | 'prices.of';

export function priceHandlers({ prices, dryRun, clock }: ControlPorts): Pick<Handlers, Names> {
  return {
    'prices.status': () => prices.status(),
    'prices.refresh': () => prices.refresh(),
    'prices.reset': () => prices.reset(),

    async 'prices.of'({ model: name }) {
      const slash = name.indexOf('/');
      const id = name.slice(0, slash);
      const model = name.slice(slash + 1);
      const provider = dryRun.snapshot().providers.get(id);
      if (provider === undefined) throw refused('no-provider-in-use', { id });
      const sheets = await prices.explain(provider, model);
      const rows = sheets.map((sheet, index) => ({
        ...listedPrice(sheet, clock.wall()),
        asOf: sheet.asOf,
        name: sheet.name,
        inForce: index === 0,
        changesWithTime: sheet.periods.length > 1,
      }));
      return { provider: id, model, rows };
    },
  };
}
