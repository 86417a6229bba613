/** A request to the gateway's own address over the network, as any tool sends it: guard, log and all. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { asSaid } from '../core/sayings.ts';
import type { TestRequest } from '../control/connect-trial.ts';
import type { TestAnswer } from '../control/ports.ts';

/** Longest wait for the whole answer, ms. */
const PATIENCE = 60_000;

/** @param address without `/v1`; empty while the gateway does not listen */
export const sendTo =
  (address: () => string) =>
  async ({ path, headers, body }: TestRequest): Promise<TestAnswer> => {
    if (address() === '') return failed(remark('gateway-not-listening'));
    try {
      const answer = await fetch(`${address()}${path}`, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(PATIENCE),
      });
      const request = answer.headers.get('x-request-id');
      return { status: answer.status, body: parsed(await answer.text()), request };
    } catch (error) {
      return failed(asSaid(error instanceof Error ? error.message : String(error)));
    }
  };

const failed = (told: Told): TestAnswer => ({
  status: 0,
  body: { error: { message: told.text } },
  request: null,
  told,
});

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return { error: { message: text.slice(0, 500) } };
  }
}
