/** Procedures that take requests out of the log and into it, and send them once more. */
import { refusal } from '../../../contract/rpc/errors.ts';
import type { Handlers } from '../../../contract/rpc/procedures.ts';
import { say } from '../../core/sayings.ts';
import type { ControlPorts } from '../ports.ts';
import { fromLog } from '../from-log.ts';
import { requestCode } from './code/request-code.ts';
import { exportPiece } from './export.ts';
import { createImporter } from './import.ts';
import { replay } from './replay.ts';
import { readWholeRequest } from './whole-request.ts';

type Names = 'requests.export' | 'requests.import' | 'requests.code' | 'requests.replay';

export function transferHandlers(ports: ControlPorts): Pick<Handlers, Names> {
  const { log, clock, playground } = ports;
  const redactor = { text: playground.redact, values: playground.values };
  const importer = createImporter({
    log,
    clock,
    random: ports.dryRun.random,
    days: () => ports.config().requests.keep.days,
  });
  return {
    'requests.export': (query) => fromLog(exportPiece(query, { log, redactor, gateway: ports.status() })),
    'requests.import': (piece) => fromLog(importer.take(piece)),
    async 'requests.code'({ id, kind }) {
      const request = await fromLog(readWholeRequest(log, id));
      try {
        return { text: requestCode(kind, request, ports.status().address) };
      } catch (error) {
        if (error instanceof RangeError)
          throw refusal('conflict', say('body-deep', {}, undefined, error.message));
        throw error;
      }
    },
    'requests.replay': (asked, call) => fromLog(replay(asked, call, { ...playground, log })),
  };
}
