/** The English of what the gateway says of itself; `{name}` is a value, `{words}` what the reason says. */
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';

export const ENGLISH: Readonly<Record<ProblemSaying, string>> = {
  sentences: '',
  listed: '',
  'as-said': '{message}',
  'disk-full': 'the disk is full',
  'no-permission': 'this account has no permission',
  'not-there': 'there is no such file or folder',
  'read-only-disk': 'the disk cannot be written to',
  'too-many-open': 'too many files are open',
  'port-in-use': 'the port is used by another program',
  'locked-elsewhere': 'another program holds it',
  'config-unusable': '{path} cannot be used: {words}.',
  'config-no-permission': 'the gateway has no permission; give its user read access',
  'config-is-folder': 'it is a folder; name a file',
  'config-path-file': 'a part of its path is a file',
  'config-not-utf8': 'it is not UTF-8 text; save it as UTF-8',
  'at-line': 'line {line}: {words}',
  'at-line-column': 'line {line}, column {column}: {words}',
  'at-path': '{path}: {words}',
  'at-path-line': '{path} (line {line}): {words}',
  'more-faults': 'and {count} more problems',
  'set-by': '{words} (set by {origin})',
  'variable-unset': '{words} ({names} is not set)',
  'file-gone': 'the file is gone; put it back, or restart the gateway to begin with the defaults',
  'file-empty': 'the file is empty; put it back, or restart the gateway to begin with the defaults',
  'config-stays': 'The previous configuration stays in force.',
  'config-last-good': 'The last good copy is used instead.',
  'config-defaults': 'The defaults are used instead.',
  'broken-kept': 'A copy of the broken file is kept as {path}.',
  'broken-not-kept': 'No copy of the broken file could be kept ({words}).',
  'port-taken': 'Port {port} is taken by another program.',
  'port-taken-by': 'Port {port} is taken by {name} (process {pid}).',
  'port-free': 'Port {port} is free.',
  'address-forbidden':
    'The address {address} may not be used by this account; choose another port with {setting}, 1024 or higher.',
  'address-foreign':
    "The address {address} does not belong to this machine. Set {setting} to localhost, to 0.0.0.0 for all addresses, or to one of this machine's own.",
  'address-unusable': 'Port {port} of {host} cannot be used ({words}).',
  'still-listening': 'Still listening on {address}.',
  'tools-cannot-reach': 'Tools cannot reach the gateway.',
  'measured-at-gateway': "Measurements are served at the gateway's own address alone.",
  'metrics-clash': "Port {port} is the gateway's own (server.port), so monitoring.port cannot be it.",
  'metrics-remedy': 'Take monitoring.port out or set another.',
  'keychain-opening': 'The {name} is being opened.',
  'keychain-silent':
    'The {name} did not answer within {seconds} s. If it stays so, log out and in again, or restart the program that holds your keyring.',
  'keychain-ended': 'The process that speaks to the {name} ended. It is started again with the next attempt.',
  'keychain-unmarked':
    'The {name} is not the one Switchyard has used before, or it hides what it holds while it is locked. Unlock it and try again.',
  'keychain-refused': 'The {name} did not let Switchyard in: {words}.',
  'keychain-unusable': 'The {name} cannot be used: {words}.',
  'keyring-locked': 'The keyring is locked. Unlock it, then try again.',
  'keyring-not-unlocked': 'The keyring was not unlocked within a minute. Try again.',
  'secret-service-missing':
    'No program of this session offers the Secret Service. Install or start one, such as gnome-keyring, KWallet or KeePassXC.',
  'secret-service-silent':
    'The Secret Service did not answer. If it stays so, log out and in again, or restart the program that holds your keyring.',
  'no-session-bus':
    'There is no D-Bus session, so the Secret Service cannot be reached. Start Switchyard from within your desktop session.',
  'no-default-keyring':
    'The Secret Service has no default keyring yet. Create one with the password program of your desktop (Passwords and Keys, or KWallet).',
  'passphrase-needed': 'Give the passphrase that opens {path}.',
  'sealed-older':
    '{path} was rolled back: it holds write {held}, the newest was {newest}, so a key removed since may be back. If an older copy was put there on purpose, delete {number}.',
  'sealed-newer': '{path} was written by a later version of Switchyard. Install that version again.',
  'sealed-torn': '{path} is torn: it ends in the middle or holds something else.',
  'sealed-damaged': '{path} is damaged: its checksum does not fit its content.',
  'sealed-other-key':
    'The master key does not open {path}. Set SWITCHYARD_MASTER_KEY (or SWITCHYARD_MASTER_KEY_FILE) to the key it was made with.',
  'sealed-missing': '{path} is missing.',
  'sealed-record': 'The record {name} in {path} was not written by Switchyard with this key.',
  'sealed-before':
    'If {previous} exists, it is the version before: to use it, stop Switchyard, rename it to {path} and delete {number}.',
  'sealed-anew': 'To start empty, move {previous} away.',
  'file-fails': '{path}: {words}.',
  'path-unread': '{path} cannot be read: {words}.',
  'no-secret': 'There is no secret named {name} in {path}.',
  'log-disk-full': 'The disk is full: requests are served but not recorded until there is space in {folder}.',
  'log-locked':
    'Another program holds {name} locked: requests are served and will be recorded when it lets go. Close the program that has {path} open.',
  'log-forbidden':
    'Switchyard may not write to {path}: requests are served but not recorded. Allow writing to the file and its folder.',
  'log-unusable':
    'The request log {path} cannot be used ({words}): requests are served but not recorded. Switchyard keeps trying.',
  'log-newer':
    '{path} has schema {found}, and this version of Switchyard knows schemas up to {known}. Requests are served but not recorded. Install the newer version again, or move the file away to start a new log.',
  'log-set-aside':
    'The request log was damaged and has been set aside as {path}; a new one has been started.',
  'log-writer-ended': 'The writer of the request log stopped ({words}) and is being started again.',
  'backup-not-made': 'The back-up that was due could not be made in {folder}: {words}.',
  'backup-under-way': 'Another back-up is being made. Wait for its end.',
  'backup-gone': '{name} is gone again.',
  'backup-stopped': 'The back-up was stopped.',
  'backup-config-broken':
    'The configuration file is no valid YAML at the moment, so its secrets cannot be left out. Correct it, or make the back-up under a passphrase.',
  'keys-not-read': 'The keys cannot be read: {words}.',
  'chats-unread': 'The conversations cannot be read: {words}. Check the rights of {folder}.',
  'chat-damaged':
    'This conversation could not be read. Its file lies in {folder} for whoever wants to look at it.',
  'chat-large': 'This conversation has {size} MB; at most {most} MB are kept. Begin a new one.',
  'chat-files': 'This conversation has {fileCount} files; at most {most} are kept. Begin a new one.',
  'chat-unsaved': 'The conversation could not be saved: {words}. Check space and rights of {folder}.',
  'chat-newer':
    'This conversation was written by a newer Switchyard and is left as it is in {folder}. Update to open it.',
  'chat-changed': 'This conversation was changed elsewhere meanwhile.',
  'files-full': 'The files of all chats have {most} MB already. Delete chats with files you no longer need.',
  'file-too-large': 'This file has {size} MB; at most {most} MB can be attached.',
  'file-unkept': 'The file could not be kept: {words}. Check space and rights of {folder}.',
  'file-unread': 'The file cannot be read: {words}. Check the rights of {folder}.',
  'file-forgotten': 'This file is not kept any more.',
  'view-large': 'A view has at most {most} bytes; this one has {size}.',
  'most-views':
    'At most {most} views are kept. Delete one first. | At most {most} views are kept. Delete {count} first.',
  'views-unusable': 'The saved views cannot be used: {words}. Check space and rights of {path}.',
  'preset-large': 'A preset has at most {most} bytes; this one has {size}.',
  'most-presets':
    'At most {most} presets are kept. Delete one first. | At most {most} presets are kept. Delete {count} first.',
  'presets-unusable': 'The saved presets cannot be used: {words}. Check space and rights of {path}.',
  'backup-unread': '{path} cannot be read: {words}.',
  'backup-newer-log':
    '{path} was made by Switchyard {version}, whose request log (schema {found}) this version does not know (up to {known}). Install that version to restore it. Nothing was changed.',
  'backup-keys-no-place':
    '{path} holds keys, and there is no place to keep them: set SWITCHYARD_MASTER_KEY or SWITCHYARD_MASTER_KEY_FILE, or leave the keys out with --without-secrets. Nothing was changed.',
  'backup-keys-unkept': 'The keys of the back-up cannot be kept: {words}',
  'backup-config-fixed':
    'The back-up holds a configuration, and {path} cannot be replaced: {words}. Let Switchyard write the file and its folder, or start it with another --config. Nothing was changed.',
  'backup-newer-part': '{path} holds a part that this version does not know. Nothing was changed.',
  'backup-part-large': 'A part of the back-up is too large: {name}.',
  'backup-no-room': 'The back-up cannot be laid out in {folder}: {words}. Nothing was changed.',
  'backup-not-as-said': '{path} does not hold what it says. Nothing was changed.',
  'backup-torn':
    '{path} is not a whole back-up: it was cut short or changed after it was written, or is some other file. Nothing was changed.',
  'backup-newer':
    '{path} was written by a later version of Switchyard (format {found}, this one knows {known}). Install that version to restore it. Nothing was changed.',
  'backup-under-passphrase': '{path} is under a passphrase; give it. Nothing was changed.',
  'backup-other-passphrase': 'The passphrase does not open {path}. Nothing was changed.',
  'restore-stopped': 'The restore was stopped.',
  'restore-waits':
    'The back-up is not restored yet, since its keys cannot be kept now: {words}. The next start that can keep them restores it; until then everything else is as it was.',
  'restore-undone':
    'The back-up could not be restored: {words}. Everything is as it was before; restore it again once that is mended.',
  'restore-undone-keys':
    'The back-up could not be restored: {words}. Everything is as it was before but the keys, some of which may be those of the back-up: check them.',
  'body-not-kept': 'The request cannot be repeated: its body was not kept.',
  'body-cut': 'The request cannot be repeated: the middle of its body was not kept.',
  'body-dropped': 'The request cannot be repeated: its body was deleted to keep the log small.',
  'no-model-asked': 'The request cannot be repeated: it asked no model.',
  'body-deep': 'The body is too deep to be written as code.',
  'words-empty':
    'These words hold nothing to search by, so every request would be deleted. Leave them out if that is meant.',
  'body-empty': 'The request body is empty. Write a JSON object that names a model.',
  'body-ends': 'The request body is not complete: it ends in the middle of the JSON.',
  'body-no-json':
    'The request body is not valid JSON: {found} may not stand at line {line}, column {column}.',
  'body-mark': 'The request body begins with a byte order mark, which JSON does not allow. Remove it.',
  'body-not-utf8': 'The request body is not valid UTF-8 at line {line}, column {column}.',
  'body-half-character':
    'The request body holds half a character at line {line}, column {column}. Remove it, or complete it.',
  'body-no-object': 'The request body must be a JSON object in braces.',
  'body-nested': 'The request body is nested more than {most} levels deep at line {line}, column {column}.',
  'body-twice':
    'The member {name} stands twice in the request body, the second time at line {line}, column {column}.',
  'body-no-messages': 'The request has no messages.',
  'body-object': '{field} must be an object.',
  'body-array': '{field} must be an array.',
  'body-text': '{field} must be a text in quotes.',
  'body-boolean': '{field} must be true or false.',
  'body-number': '{field} must be a number.',
  'body-model': '{field} must be the name of a model in quotes.',
  'body-texts': '{field} must be a text in quotes or an array of them.',
  'body-blocks': '{field} must be a text in quotes or an array of blocks.',
  'body-text-blocks': '{field} must be a text in quotes or an array of text blocks.',
  'body-messages': '{field} must be an array of at least one message.',
  'body-messages-with-content': '{field} must hold at least one message with content.',
  'body-image': '{field} must be the base64 of a PNG, JPEG, GIF or WebP image.',
  'body-json-or-schema': '{field} must be "json" or a JSON schema.',
  'body-count': '{field} must be a whole number from {least} up.',
  'body-one-of': '{field} must be one of {values}.',
  'body-switch-or': '{field} must be true, false or one of {values}.',
  'body-object-like': '{field} must be an object such as {example}.',
  'body-object-with': '{field} must be an object with these members: {members}.',
  'body-asks-nothing': '{field} asks nothing; there is nothing to answer.',
  'body-text-not-empty': '{field} must be a text in quotes that is not empty.',
  'body-tokens': '{field} must be a text: a list of tokens can only be read by the model it was made for.',
  'body-one-text': '{field} must be one text, but it holds {count}. Send a request for each of them.',
  'body-stored-answer':
    '{field} refers to an answer that this gateway does not keep for models of another provider. Send the whole conversation in "input" instead, with "store" set to false.',
  'body-stored-conversation':
    '{field} refers to a conversation that is kept by OpenAI and cannot be read for models of another provider. Send the whole conversation in "input" instead.',
  'body-stored-prompt':
    '{field} refers to a prompt template that is kept by OpenAI. Send its text in "instructions" and "input" instead.',
  'body-background':
    '{field} asks for an answer that is fetched later, which only OpenAI itself can keep. Leave it out and use "stream" instead.',
  'body-item-gone':
    '{field} refers to an item that this gateway does not hold, or holds no longer: it keeps those of recent answers until it is restarted. Send the item itself instead: SDKs do so when "store" is false.',
  'body-cached-text':
    '{field} names a text that is cached at Google, and this model is served by another provider. Send the text itself in contents or systemInstruction.',
  'body-refused':
    'The request cannot be read as one of this format. In the words that clients get: “{words}”',
  'no-model-named': 'Name a model in `model`, or set routing.default_model.',
  'alias-leads-nowhere':
    'The alias {alias} leads to no model: no provider offers {targets}. Correct its targets on the Routing page.',
  'none-set-up':
    'No provider is set up. Add one with its key on the Providers page, or set a variable such as OPENAI_API_KEY.',
  'providers-off': 'Every provider is disabled: {names}. Enable one on the Providers page.',
  'providers-off-and-more':
    'Every provider is disabled: {names} and {more} more. Enable one on the Providers page.',
  'keys-off': 'Every key of {provider} is disabled. Enable one on the Providers page.',
  'keys-without-secret':
    '{provider} has keys, but the secret of none is known. Add them again on the Providers page, or set the variables they are read from.',
  'provider-without-key': '{provider} has no key. Add one on the Providers page.',
  'keys-of-other-models':
    '{provider} has no key that may be used for this model. Add one, or extend the models of one that is there.',
  'model-of-one-off':
    'No provider offers the model {model}: {provider} is disabled. Enable it on the Providers page.',
  'model-unknown': 'No provider offers the model {model}. The Models page lists what there is.',
  'model-unknown-near': 'No provider offers the model {model}. Did you mean {names}?',
  'model-not-of-client':
    'The client {client} may not ask for the model {model}. Add it to the models of this client, or ask for one that stands there.',
  'client-at-once':
    'The client {client} may have {count} requests under way, and has. Wait for one to end, or raise max_concurrency of this client.',
  'client-a-minute':
    'The client {client} may send {rpm} requests a minute, and has. Try again in {seconds} s, or raise rpm of this client.',
  'budget-reserved':
    'The budget of {limitDollars} per {per} for {scope} has {leftDollars} left, which requests under way will probably spend. Try again when they have ended, or raise the budget.',
  'budget-spent':
    'The budget of {limitDollars} per {per} for {scope} is spent ({spentDollars}). It begins anew at {at}. Raise it, or reset it.',
  'pattern-blocks':
    'The request holds what pattern {number} of the sensitive patterns keeps in, so it would be sent to nobody. Remove it, or change the pattern.',
  'pattern-blocks-named':
    'The request holds what pattern {number} of the sensitive patterns ({name}) keeps in, so it would be sent to nobody. Remove it, or change the pattern.',
  'pattern-cannot-mask':
    'The request holds what pattern {number} of the sensitive patterns masks in a place where nothing can be masked (a name, a file), so it would be sent to nobody.',
  'pattern-cannot-mask-named':
    'The request holds what pattern {number} of the sensitive patterns ({name}) masks in a place where nothing can be masked (a name, a file), so it would be sent to nobody.',
  'query-long':
    'The last message is longer than the {limitCount} characters that guards.max_query_length allows. Send less, or raise the limit.',
  'patterns-slow':
    'The request could not be looked through for the sensitive patterns within {seconds} s, so it would be sent to nobody. Send less, or simplify the patterns.',
  'range-reversed': 'The end of the range must be later than its beginning.',
  'bucket-minutes': 'The steps of figures must be whole minutes (bucket, in milliseconds).',
  'bucket-short': 'These steps are too short: the range would have more than {most} of them.',
  'preset-no-json': 'Line {line}, column {column}: this is no JSON.',
  'preset-fault': 'Line {line}, column {column} ({path}): {words}.',
  'preset-fault-whole': 'Line {line}, column {column}: {words}.',
  'entry-fault': 'Entry {number} {words}.',
  'entry-lost': 'The log did not take {id}.',
  'file-no-requests': 'The file is neither a HAR nor a JSONL of requests.',
  'file-cut': 'The file ends in the middle of its entries.',
  'passphrase-not-opening': 'This passphrase does not open {path}.',
  'keychain-works': 'The {name} works, and your keys are kept there.',
  'clipboard-refused': 'The clipboard did not take the key: {words}.',
  'secret-gone': 'The secret of {name} is not in the store any more. Enter the key again.',
  'no-new-key': '{name} holds no key that Switchyard does not have.',
  'backup-none': 'There is no back-up {name} any more.',
  'backup-foreign': '{path} is no back-up of Switchyard, or of a later version.',
  'tool-file-foreign': '{path} is no file of this tool.',
  'tool-file-missing': 'There is no {path} yet.',
  'tool-file-link': '{path} is a link to {target}, which is no file of settings.',
  'not-opened': '{path} could not be opened: {words}',
  'link-decided': 'That link was decided already.',
  'demo-keeps-no-keys': 'A demo keeps no keys.',
  'no-update-source': 'This build has no update source.',
  'not-self-replacing': 'This app cannot replace itself.',
  'nothing-to-install': 'Nothing waits to be installed.',
  'update-status': '{host} answered {status} for {path}.',
  'update-silent': '{host} did not answer within {seconds} seconds.',
  'update-not-asked': '{host} could not be asked: {words}.',
  'update-unreadable': 'What {host} announces cannot be read.',
  'update-unsafe': '{host} announces a file at an address that is not safe.',
  'update-large': 'What is announced is too large to be true.',
  'update-file-status': '{host} answered {status} for the file.',
  'update-stalled': 'Nothing came from {host} for {seconds} seconds.',
  'update-too-much': '{host} sends more than was announced.',
  'update-checksum': 'The file is not the one that was announced: its checksum (SHA-512) differs.',
  'update-not-fetched': 'The file could not be fetched from {host}: {words}.',
  'update-not-installed': 'It could not be installed.',
  'host-unknown': 'the name of this host is not known',
  'not-connected': 'the connection was refused',
  'connection-broken': 'the connection broke off',
  'no-network': 'there is no network',
  'web-and-mail-only': 'Only https and mailto addresses are opened.',
  'piece-under-way': 'The piece before is still being read.',
  'budget-used': '{spentDollars} of {limitDollars} per {per} for {scope} are spent.',
  'budget-refuses':
    '{spentDollars} of {limitDollars} per {per} for {scope} are spent, so its requests are refused.',
  'alert-errors':
    '{failedShare} of the last {requestCount} requests failed in {windowTime}; the limit is {limitShare}.',
  'alert-errors-of':
    '{failedShare} of the last {requestCount} requests of {provider} failed in {windowTime}; the limit is {limitShare}.',
  'alert-latency':
    'Percentile {percentile} of the time to an answer is {answerTime} over {windowTime}; the limit is {limitTime}.',
  'alert-latency-of':
    'Percentile {percentile} of the time to an answer of {provider} is {answerTime} over {windowTime}; the limit is {limitTime}.',
  'alert-down': '{provider} has had no usable key for {patienceTime} or longer.',
};
