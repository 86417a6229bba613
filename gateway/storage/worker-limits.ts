/** What each worker of the request log may take. */
import type { ResourceLimits } from 'node:worker_threads';

/**
 * Young objects, MB: rows and statements that are forgotten at once would otherwise fill up to 48 MB before they are
 * collected, for nothing.
 */
export const WORKER_LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 12 };
