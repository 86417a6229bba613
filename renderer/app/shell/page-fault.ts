/** Which faults of a page leave it half drawn. Pure. */

/**
 * @param where as Vue tells it: in words while developing, as an address of its documentation in a build
 * @returns false for faults of event handlers, watchers and the like, after which the page still stands
 */
export function isDrawing(where: string): boolean {
  const code = /#runtime-(\w+)$/.exec(where)?.[1];
  return code === undefined ? DRAWING.some((word) => where.includes(word)) : DRAWING_CODES.has(code);
}

const DRAWING = ['setup function', 'render function', 'mounted hook', 'update', 'created hook'];
/** `setup`, `render`, the hooks around mounting, and what the scheduler runs. */
const DRAWING_CODES: ReadonlySet<string> = new Set(['0', '1', 'bm', 'm', 'bu', 'u', '14', '15', 'sp']);

/** @returns whether a page's files did not come: each engine says it in words of its own, and the build for styles */
export const isMissingFile = (message: string): boolean => MISSING.some((words) => message.includes(words));

const MISSING = [
  'Failed to fetch dynamically imported module',
  'error loading dynamically imported module',
  'Importing a module script failed',
  'Unable to preload CSS',
];
