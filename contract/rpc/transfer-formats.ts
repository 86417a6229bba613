/** In what forms requests leave the log and come back. Apart from the schemas, so that a page can list them without those. */

export const EXPORT_FORMATS = ['har', 'jsonl', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const CODE_KINDS = ['curl', 'python', 'typescript'] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

/** Characters of one piece of a file that is imported; a million is a good size. */
export const LONGEST_PIECE = 2_000_000;
