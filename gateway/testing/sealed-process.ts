/** A process that writes secrets without end until it is killed. Prints the number of each once it is kept. */
import { createSealedSecrets } from '../state/sealed-secrets.ts';
import { parseMasterKey } from '../state/master-key.ts';

const [file = '', key = ''] = process.argv.slice(2);
const store = createSealedSecrets({ file, master: parseMasterKey(key, 'the test') });
for (let number = 1; ; number += 1) {
  await store.set('one/counter', String(number));
  process.stdout.write(`${number}\n`);
}
