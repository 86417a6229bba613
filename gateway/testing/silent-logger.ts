/** A logger for tests that do not look at what is logged. */
import type { Logger } from '../core/ports.ts';

export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
