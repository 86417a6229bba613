/** Names of what the request log can be asked by. Apart from the schemas, so that a page can list them without those. */

/**
 * Columns of text. A value is matched whole, `*` stands for any characters, `\*` for the star itself. Case does not
 * count for the letters A to Z, save in a whole `id` or `conversation`.
 */
export const TEXT_FIELDS = [
  'outcome',
  /** Stable error code. */
  'error',
  /** Model asked for or served. */
  'model',
  'asked',
  'served',
  'provider',
  /** Configuration id of the key that served, or its fingerprint. */
  'key',
  /** Configured client. */
  'client',
  /** Name of the calling program. */
  'app',
  'dialect',
  'finish',
  /** Requests of one conversation share this name. */
  'conversation',
  /** Address with its query. */
  'path',
  'id',
] as const;

/** Columns of numbers: both ends count in. */
export const RANGE_FIELDS = [
  /** Unix ms of the arrival. */
  'time',
  'status',
  /** US dollars. */
  'cost',
  /** Input and output together. */
  'tokens',
  'input',
  'output',
  /** ms until the end. */
  'duration',
  /** ms until the first content. */
  'firstContent',
  'attempts',
] as const;

/** What holds of a request or does not. */
export const FLAG_FIELDS = [
  'streamed',
  /** The request offered tools. */
  'tools',
  /** More than one attempt was needed. */
  'retried',
  /** It did not end well. */
  'failed',
  /** Its tokens were estimated. */
  'estimated',
  /** Answered from the cache of answers. */
  'cached',
  /** Its price is not known. */
  'unpriced',
  /** It came in from a file. */
  'imported',
] as const;

/** Columns of text whose names can be suggested: all but those that are different for each request. */
export const NAMED_FIELDS = [
  'error',
  'model',
  'asked',
  'served',
  'provider',
  'key',
  'client',
  'app',
  'dialect',
  'finish',
  'path',
] as const satisfies readonly (typeof TEXT_FIELDS)[number][];

/** What figures can be split and narrowed by. */
export const DIMENSIONS = ['model', 'provider', 'key', 'client', 'app'] as const;
