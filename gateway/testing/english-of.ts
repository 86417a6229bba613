/** What rows, answers and previews are told of, in English, for tests. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';

export const englishOf = (told: readonly Told[] = []): readonly string[] => told.map(({ text }) => text);
