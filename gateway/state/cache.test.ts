import { answerCacheSuite } from '../testing/answer-cache-suite.ts';
import { createMemoryCache } from './cache.ts';

answerCacheSuite('in memory', ({ clock, limits }) => createMemoryCache(clock, () => limits));
