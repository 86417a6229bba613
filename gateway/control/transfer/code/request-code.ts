/** A logged request as a program that sends it to the gateway. Pure. */
import type { CodeKind } from '../../../../contract/rpc/transfer-formats.ts';
import type { WholeRequest } from '../whole-request.ts';
import { curlCommand } from './curl.ts';
import { pythonProgram } from './python.ts';
import { sdkCall } from './sdk-call.ts';
import { typescriptProgram } from './typescript.ts';

/** @param address of the gateway, without a path @throws RangeError for a body that is too deep */
export function requestCode(kind: CodeKind, { row, body }: WholeRequest, address: string): string {
  if (kind === 'curl') return curlCommand(row, body, address);
  const [path = ''] = row.path.split('?');
  const call = sdkCall(path, body);
  return kind === 'python'
    ? pythonProgram(call, row, body, address)
    : typescriptProgram(call, row, body, address);
}
