/** Procedures that read the request log and empty it. */
import type { Handlers } from '../../contract/rpc/procedures.ts';
import { deleteRequests } from './delete-requests.ts';
import { fromLog } from './from-log.ts';
import type { ControlPorts } from './ports.ts';
import { refused } from '../core/refusals.ts';

type Names =
  | 'requests.list'
  | 'requests.get'
  | 'requests.body'
  | 'requests.answer'
  | 'requests.events'
  | 'requests.statistics'
  | 'statistics.read'
  | 'requests.histogram'
  | 'requests.values'
  | 'requests.delete'
  | 'requests.clear';

export function requestHandlers({
  log,
  clock,
  cleared,
}: Pick<ControlPorts, 'log' | 'clock' | 'cleared'>): Pick<Handlers, Names> {
  return {
    'requests.list': (query) => fromLog(log.list(query)),
    'requests.histogram': (query) => fromLog(log.histogram(query)),
    'requests.values': (query) => fromLog(log.values(query)),
    async 'requests.delete'(which, call) {
      const deleted = await fromLog(deleteRequests(log, which, call));
      cleared();
      return { deleted };
    },
    async 'requests.get'({ id }) {
      const row = await fromLog(log.get(id));
      if (row === undefined) throw refused('no-request', { id });
      return row;
    },
    async 'requests.body'({ id, part }) {
      const body = await fromLog(log.body(id, part));
      if (body === undefined) throw refused('no-request', { id });
      return body;
    },
    async 'requests.answer'({ id }) {
      const answer = await fromLog(log.answer(id));
      if (answer === undefined) throw refused('no-request', { id });
      return answer;
    },
    async 'requests.events'(query) {
      const events = await fromLog(log.events(query));
      if (events === undefined) throw refused('no-request', { id: query.id });
      return events;
    },
    'requests.statistics': () => fromLog(log.statistics(clock.wall())),
    'statistics.read': (query) => fromLog(log.figures(query, clock.wall())),
    async 'requests.clear'(_, call) {
      const stop = new AbortController();
      call.onCancel(() => stop.abort());
      const deleted = await fromLog(log.clear((count) => call.tell({ deleted: count }), stop.signal));
      cleared();
      return { deleted };
    },
  };
}
