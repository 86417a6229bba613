/**
 * One act on the system's keychain, as the helper process does it. Every call here blocks, some for ever.
 *
 * On Linux the store is pinned to the Secret Service: left to choose, the binding falls back to the kernel's
 * keyring, which forgets everything at the next start of the machine. A locked keyring is recognised before
 * an item is touched, by looking for the mark: that look is refused at once where the keyring is locked,
 * whereas touching an item makes the desktop show its unlock dialog.
 */
import type { Entry, EntryOptions } from 'keytar';
import type { HelperAnswer, HelperRequest } from './helper-messages.ts';

const PINNED: EntryOptions = { linux: { store: 'secret-service' } };
/** Name and text of the item by which an open keyring is recognised. Holds no secret. */
const MARK = 'mark';
const MARK_TEXT = 'Switchyard recognises an unlocked keyring by this item.';

/** The part of the binding that is used. */
export interface Binding {
  readonly Entry: new (
    service: string,
    name: string,
    options: EntryOptions,
  ) => Pick<Entry, 'getPassword' | 'setPassword' | 'deletePassword'>;
  readonly findCredentials: (service: string) => readonly unknown[];
}

/** Does what is asked. Never throws; may never return. */
export function perform(request: HelperRequest, binding: Binding, platform: string): HelperAnswer {
  const { id } = request;
  try {
    const mark = new binding.Entry(markService(request.service), MARK, PINNED);
    if (request.act === 'mark') mark.setPassword(MARK_TEXT);
    else if (!isMarked(request.service, mark, binding, platform)) return { id, kind: 'unmarked' };
    return { id, kind: 'done', value: actOn(request, binding) };
  } catch (error) {
    return { id, kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

const markService = (service: string): string => `${service} check`;

/** `mark` was made before, which fails in time where the daemon hangs; a search would then block for ever. */
function isMarked(
  service: string,
  mark: Pick<Entry, 'getPassword'>,
  { findCredentials }: Binding,
  platform: string,
): boolean {
  if (platform !== 'linux') return mark.getPassword() !== null;
  return findCredentials(markService(service)).length > 0;
}

function actOn({ act, service, name, value }: HelperRequest, { Entry: Item }: Binding): string | null {
  if (act === 'check' || act === 'mark') return null;
  const item = new Item(service, name, PINNED);
  if (act === 'get') return item.getPassword();
  if (act === 'set') item.setPassword(value);
  else item.deletePassword();
  return null;
}
