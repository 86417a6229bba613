import { secretStoreSuite } from '../testing/secret-store-suite.ts';
import { createMemorySecrets } from './memory-secrets.ts';

secretStoreSuite('memory', () => Promise.resolve(createMemorySecrets()));
