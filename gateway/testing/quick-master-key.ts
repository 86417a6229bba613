/** Stands in for `state/master-key.ts`, which is slow on purpose; server/backup.integration.test.ts has the real one. */
import { createHash } from 'node:crypto';

export const deriveKey = ({ passphrase }: { readonly passphrase: string }): Promise<Buffer> =>
  Promise.resolve(createHash('sha256').update(passphrase).digest());
