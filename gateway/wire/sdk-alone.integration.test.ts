/**
 * The test kit judged by itself: every official SDK against the stand-in of its own API, without a gateway. What
 * fails here is a fault of the kit, or a limit of the SDK that the matrix must know.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DialectId } from '../../contract/config/provider.ts';
import { MODELS, startAllUpstreams, type DialectUpstream } from '../testing/dialect-upstreams/start.ts';
import { CELLS } from '../testing/sdk-cells/matrix.ts';
import { ALL_CLIENTS } from '../testing/sdk-clients/all.ts';

const KEY = 'sk-upstream-00000000000000001234';
let upstreams: Readonly<Record<DialectId, DialectUpstream>>;

beforeAll(async () => {
  upstreams = await startAllUpstreams(KEY);
});
afterAll(async () => {
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
});

describe.each(ALL_CLIENTS.map((client, index) => ({ client, index, id: client.id })))(
  '$id',
  ({ client, index }) => {
    it.concurrent.each(CELLS.map((cell, number) => ({ cell, number, name: cell.name })))(
      '$name',
      async ({ cell, number }) => {
        const upstream = upstreams[client.dialect];
        const note = await cell.run({
          client,
          place: { root: `http://127.0.0.1:${upstream.port}`, key: KEY },
          upstream,
          to: client.dialect,
          model: MODELS[client.dialect],
          gateway: false,
          streamed: cell.streamed,
          argument: `alone-${index}-${number}`,
          row: () => Promise.reject(new Error('no gateway, no row')),
        });
        expect(note === null || note.length > 0).toBe(true);
      },
    );
  },
);
