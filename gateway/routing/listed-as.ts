/** Which model of a list a name means that the list itself does not hold. Pure. */

const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
/** How vendors date their models: 20250929, 2025-09-29, 250414 (Zhipu), 2506 (Mistral), 0709 (xAI, OpenAI). */
const DATES = [`20\\d\\d-?${MONTH}-?${DAY}`, `2\\d${MONTH}${DAY}`, `2\\d${MONTH}`, `${MONTH}${DAY}`];
/** 1024 is a size, and no day in October. */
const DATED = new RegExp(`^(.+)-(?!1024$)(?:${DATES.join('|')})$`);
const LATEST = '-latest';
/** Ollama's tag of a name without one. */
const TAG = ':latest';

/** Newest dated id by its name without the date. */
type Dated = ReadonlyMap<string, string>;
/** Lists have thousands of names, and a list never changes: each is walked once, when first asked of. */
const known = new WeakMap<ReadonlySet<string>, Dated>();

/**
 * The listed id that `id` means: itself, else `id:latest`, else the newest that is `id` with a date; `x-latest` is the
 * newest dated `x`. Undefined where the list has none of them.
 */
export function listedAs(models: ReadonlySet<string>, id: string): string | undefined {
  if (models.has(id)) return id;
  if (models.has(id + TAG)) return id + TAG;
  let dated = known.get(models);
  if (dated === undefined) known.set(models, (dated = datedOf(models)));
  return dated.get(id) ?? (id.endsWith(LATEST) ? dated.get(id.slice(0, -LATEST.length)) : undefined);
}

function datedOf(models: ReadonlySet<string>): Dated {
  const newest = new Map<string, string>();
  for (const id of models) {
    const plain = DATED.exec(id)?.[1];
    if (plain !== undefined && id > (newest.get(plain) ?? '')) newest.set(plain, id);
  }
  return newest;
}
