import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { configSchema } from '../../contract/config/schema.ts';
import { judgeHost } from './middleware/host.ts';
import { followSettings } from './settings.ts';

/** Which of these get in, in the Host header. */
function admitted(host: string, allowed: readonly string[], names: readonly string[], port = 8000): string[] {
  const config = z.parse(configSchema, { server: { host: 'localhost', allowed_hosts: [...allowed] } });
  const settings = followSettings(
    () => config,
    () => ({ host, port }),
  )();
  return names.filter((name) => judgeHost([name], '/v1/models', settings).ok);
}

it.each(['0.0.0.0', '::', '192.168.1.5', 'localhost'])(
  'lets this machine in at its own names where others are listed and %s is bound',
  (host) => {
    const own = ['127.0.0.1:8000', 'localhost:8000', '[::1]:8000'];
    expect(admitted(host, ['gateway.example'], [...own, 'gateway.example'])).toHaveLength(4);
    expect(
      admitted(
        host,
        ['gateway.example'],
        ['127.0.0.1:8001', 'localhost', '127.0.0.2:8000', 'evil.example:8000'],
      ),
    ).toEqual([]);
  },
);

it('lets in at the address that is bound, which commands of this machine use', () => {
  const others = ['192.168.1.6:8000', '192.168.1.5:8001', '192.168.1.5'];
  expect(admitted('192.168.1.5', ['gateway.example'], ['192.168.1.5:8000', ...others])).toEqual([
    '192.168.1.5:8000',
  ]);
  expect(admitted('192.168.1.5', ['gateway.example'], ['192.168.1.5'], 80)).toEqual(['192.168.1.5']);
  expect(admitted('::ffff:127.0.0.1', ['gateway.example'], ['[::ffff:7f00:1]:8000'])).toHaveLength(1);
  expect(admitted('0.0.0.0', ['gateway.example'], ['0.0.0.0:8000'])).toEqual([]);
  expect(admitted('::', ['gateway.example'], ['[::]:8000'])).toEqual([]);
  expect(admitted('fe80::1%eth0', ['gateway.example'], ['gateway.example'])).toHaveLength(1);
});

it('asks nobody for a name where none is listed', () => {
  expect(admitted('0.0.0.0', [], ['any.example'])).toEqual(['any.example']);
});
