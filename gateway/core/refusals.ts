/** The English sentences of refused calls; `{name}` stands for a value. Other languages are the user interfaces'. */
import { refusal, type RpcError, type RpcErrorCode } from '../../contract/rpc/errors.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Refusal } from '../../contract/rpc/refusals.ts';
import { filled } from './sayings.ts';

const REFUSED: Readonly<Record<Refusal, readonly [code: RpcErrorCode, text: string]>> = {
  'no-provider': ['not_found', 'There is no provider {id}.'],
  'no-provider-in-use': ['not_found', 'There is no provider {id} in use.'],
  'no-key': ['not_found', '{provider} has no key {id}.'],
  'no-model': ['not_found', 'There is no model {model}.'],
  'no-alias': ['not_found', 'There is no alias {id}.'],
  'no-client': ['not_found', 'There is no client {id}.'],
  'no-budget': ['not_found', 'There is no budget {id}.'],
  'no-conversation': ['not_found', 'There is no conversation {id}.'],
  'no-request': ['not_found', 'The log has no request {id}.'],
  'no-procedure': ['not_found', 'There is no procedure {name}.'],
  'file-not-kept': ['not_found', 'The file {name} is not kept any more. Attach it again.'],
  'undo-late': ['not_found', 'What was removed can be put back once, within a minute.'],
  'import-over': ['not_found', 'This import is not under way any more; begin again.'],
  'provider-exists': ['conflict', 'There is a provider {id} already.'],
  'client-exists': ['conflict', 'There is a client {id} already.'],
  'reserved-name': ['conflict', '{id} is a reserved name; choose another.'],
  'name-taken': ['conflict', '{id} is taken: models: has an entry of this name already.'],
  'key-twice': ['conflict', '{id} has this key already ({key}).'],
  'key-under-way': ['conflict', '{id} is being given this very key already.'],
  'changed-since': [
    'conflict',
    '{path} was changed elsewhere since, or the gateway was restarted; there is nothing to undo.',
  ],
  'rules-changed': [
    'conflict',
    'The rules were changed elsewhere meanwhile. Nothing was written; read them again.',
  ],
  'alias-changed': [
    'conflict',
    'The alias {id} was changed elsewhere meanwhile. Nothing of it was written; read it again.',
  ],
  'config-changed': ['conflict', 'The configuration was changed meanwhile; look at the changes again.'],
  'file-changed-meanwhile': ['conflict', '{path} was changed meanwhile; look at the changes again.'],
  'config-broken-first': [
    'conflict',
    'The configuration file cannot be used: {words}. Nothing was changed; repair the file first.',
  ],
  'config-changed-since-import': [
    'conflict',
    'The configuration was changed since the import. The one of before lies beside it, with the date in its name.',
  ],
  'not-yaml': ['conflict', '{path} is no YAML, so nobody can say what in it is secret; repair it first.'],
  'entry-there': ['conflict', '{path} is in the configuration already.'],
  'entry-again': ['conflict', 'There is {path} again already.'],
  'no-own-entry': [
    'conflict',
    '{path} has no entry of its own in the configuration file: a variable or another setting brings it in.',
  ],
  'form-by-hand': [
    'conflict',
    '{path} is written in the file in a form that cannot be changed from here (an alias, or a single value where several belong); change it by hand.',
  ],
  'anchor-by-hand': [
    'conflict',
    'Other parts of the file refer to what is written at {path} (a YAML anchor), and would change or break with it; change it by hand.',
  ],
  'whole-by-hand': [
    'conflict',
    'The configuration is written in the file in a form that cannot be changed from here (an alias, or a single value where several belong); change it by hand.',
  ],
  'model-no-alias': [
    'conflict',
    '{id} is a model with a provider of its own under models:, not an alias; change it in the configuration file.',
  ],
  'budget-there': ['conflict', 'There is a budget for {scope} per {per} already.'],
  'address-refused': ['conflict', '{words}'],
  'set-elsewhere': ['locked', '{path} is set by {origin}; change it there.'],
  'rules-elsewhere': ['locked', 'Rules are set by a flag or variable; change them there.'],
  'key-from-variable': ['locked', '{key} comes from an environment variable; change or unset it there.'],
  'this-key-from-variable': ['locked', 'This key comes from an environment variable; change it there.'],
  'provider-from-variable': [
    'locked',
    '{id} has a key from an environment variable, which would bring it back. Disable the provider, or unset the variable.',
  ],
  'key-characters': ['invalid_input', 'A key has no spaces, line breaks or letters outside ASCII.'],
  'alias-characters': [
    'invalid_input',
    'An alias has no spaces at its ends and no line breaks or other control characters.',
  ],
  'target-twice': ['invalid_input', '{model} is a target twice; the second is never reached. Keep one.'],
  'most-favourites': ['invalid_input', 'At most {most} favourites are kept.'],
  'no-setting': ['invalid_input', 'There is no setting in this file.'],
  'setting-refused': ['invalid_input', '{path}: {words}'],
  'change-refused': ['invalid_input', 'The change was not made: {words}'],
  'proxy-password': [
    'invalid_input',
    'network.proxy: *** stands for the password of the old address, which is not sent to a new one; type the password again.',
  ],
  'log-file-outside': [
    'invalid_input',
    'logging.file: from here the log goes to a file inside the data folder, reached over no link, whose name ends in .log, such as logs/switchyard.log. Any other is written into the configuration file by hand.',
  ],
  'open-references': [
    'invalid_input',
    'An import reads variables of this machine for keys, passwords, tokens, headers and whole addresses alone: other settings are shown in the pages. Write the value itself at {places}, or change the configuration file by hand.',
  ],
  'address-not-known': [
    'invalid_input',
    '{id} is not built in: give the base URL of its API, as its SDK takes it.',
  ],
  'address-not-told': [
    'invalid_input',
    'Nobody but you knows where your {name} is: give the base URL of its API, as its SDK takes it.',
  ],
  'rules-mixed': ['invalid_input', 'Each rule has at most one that it was before.'],
  'input-refused': ['invalid_input', '{field}: {words}'],
  'file-not-written': ['unavailable', '{path} cannot be written: {words}'],
  'file-not-read': ['unavailable', '{path} cannot be read: {words}'],
  'key-store': ['unavailable', '{words}'],
  'key-store-empty': ['unavailable', 'The store has no such key. Add it again.'],
  failed: ['internal', 'The gateway failed; its log has the details.'],
};

/**
 * A call that is not carried out, with its sentence as data.
 * @param values names, paths, and words of others
 * @param reason these words as data, where they have a code
 */
export function refused(
  why: Refusal,
  values: Readonly<Record<string, string | number>> = {},
  field?: string,
  reason?: Told,
): RpcError {
  const [code, sentence] = REFUSED[why];
  const text = filled(sentence, values);
  return refusal(code, { code: why, values, text, ...(reason === undefined ? {} : { reason }) }, field);
}
