/** What the data plane answers with: the pipeline, counted, and the models there are. */
import type { ClientConfig } from '../../contract/config/schema.ts';
import { modelNamed, offeredModels } from '../catalogue/models.ts';
import type { ListedModel } from '../core/dialect.ts';
import type { Exchange } from '../core/exchange.ts';
import type { DataPlane } from '../http/data-plane.ts';
import { handleChat } from '../pipeline/handle.ts';
import { handleOther } from '../pipeline/other-calls/handle-other.ts';
import type { PipelinePorts } from '../pipeline/ports.ts';
import { createSequence } from '../pipeline/record.ts';
import { namesMatch } from '../routing/pattern.ts';
import type { Traffic } from '../status.ts';
import { wait } from './timers.ts';

/** A first look at the model list waits this long for providers that have not answered yet, ms. */
const FIRST_LIST_WAIT = 3_000;

/**
 * @param refreshLists resolves when every provider has been asked
 * @param lists models by provider, as far as they are known
 */
export function createAnswers(
  pipeline: PipelinePorts,
  traffic: Traffic,
  refreshLists: () => Promise<void>,
  lists: () => ReadonlyMap<string, readonly ListedModel[]>,
): DataPlane {
  const nextSequence = createSequence(() => pipeline.clock.wall());

  async function counted({ response }: Exchange, answer: () => Promise<void>): Promise<void> {
    traffic.arrived();
    try {
      await answer();
    } finally {
      // It is under way while its client still takes it, or the end of the gateway would cut it.
      if (response.writableLength === 0 || response.closed) traffic.ended();
      else response.once('close', () => traffic.ended());
    }
  }

  async function known(client: ClientConfig | null) {
    await Promise.race([refreshLists(), wait(pipeline.clock, FIRST_LIST_WAIT)]);
    const { routing, clientModels } = pipeline.snapshot();
    const allowed = client === null ? undefined : clientModels.get(client.id);
    return { routing, mayAsk: (name: string) => allowed === undefined || namesMatch(allowed, name) };
  }

  return {
    chat: (exchange) => counted(exchange, () => handleChat(exchange, nextSequence(), pipeline)),
    other: (call) => counted(call.exchange, () => handleOther(call, nextSequence(), pipeline)),
    models: {
      async all(client) {
        const { routing, mayAsk } = await known(client);
        return offeredModels(routing, lists()).filter(({ id }) => mayAsk(id));
      },
      async named(name, client) {
        const { routing, mayAsk } = await known(client);
        return mayAsk(name) ? modelNamed(name, offeredModels(routing, lists()), routing, lists()) : undefined;
      },
    },
  };
}
