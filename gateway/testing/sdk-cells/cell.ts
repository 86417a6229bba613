/** One square of the matrix: what a program with one SDK sees of one upstream in one respect. */
import type { DialectId } from '../../../contract/config/provider.ts';
import type { RequestRow } from '../../../contract/log/row.ts';
import type { DialectUpstream } from '../dialect-upstreams/start.ts';
import type { Place, SdkClient, ToolSpec, Wishes } from '../sdk-clients/client.ts';

export interface Scene {
  readonly client: SdkClient;
  readonly place: Place;
  readonly upstream: DialectUpstream;
  /** The upstream's dialect. */
  readonly to: DialectId;
  readonly model: string;
  /** A gateway stands between them; else the SDK talks to its own API's stand-in. */
  readonly gateway: boolean;
  readonly streamed: boolean;
  /** Nobody else uses it; written behind the scenario's name. */
  readonly argument: string;
  /** The log's row of the one request of a cell with a provider of its own. */
  readonly row: () => Promise<RequestRow>;
}

export interface Cell {
  readonly name: string;
  /** Needs a provider nobody else uses: it will be judged by what happens, or its row is looked at. */
  readonly own: boolean;
  readonly streamed: boolean;
  /** @returns null when everything held, else why something else than usual holds, which was checked too */
  readonly run: (scene: Scene) => Promise<string | null>;
}

export const WEATHER: ToolSpec = {
  name: 'get_weather',
  description: 'The weather of a city',
  schema: {
    type: 'object',
    properties: { city: { type: 'string', description: 'Its name' } },
    required: ['city'],
    additionalProperties: false,
  },
};
export const TIME: ToolSpec = {
  name: 'get_time',
  description: 'What time it is',
  schema: {
    type: 'object',
    properties: { zone: { type: 'string', enum: ['UTC', 'Europe/Paris'] } },
    required: [],
    additionalProperties: false,
  },
};
export const WRITE: ToolSpec = {
  name: 'write_file',
  description: 'Writes a file',
  schema: {
    type: 'object',
    properties: {
      path: { type: 'string' },
      text: { type: 'string' },
      nested: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { type: 'number' } },
          nothing: { type: ['string', 'null'] },
          yes: { type: 'boolean' },
        },
      },
    },
    required: ['path', 'text'],
  },
};

export const ask = (scenario: string, scene: Scene): { readonly text: string } => ({
  text: `Please do as told. SCENARIO ${scenario}:${scene.argument}`,
});

export const wishesOf = (scene: Scene, more: Partial<Wishes> = {}): Wishes => ({
  model: scene.model,
  streamed: scene.streamed,
  ...more,
});

type Run = Cell['run'];

/** The same in one answer and as a stream. */
export const both = (name: string, run: Run, own = false): readonly Cell[] => [
  { name, own, streamed: false, run },
  { name: `${name}, streamed`, own, streamed: true, run },
];
export const streamedOnly = (name: string, run: Run, own = false): Cell => ({
  name,
  own,
  streamed: true,
  run,
});
