/** The English sentences of connecting; `{name}` stands for a value. Other languages are the user interfaces'. */
import type { ConnectSaying, Told } from '../../contract/rpc/connect-sayings.ts';

const TEXTS: Readonly<Record<ConnectSaying, string>> = {
  link: '{path} is a link; {target} is written.',
  silenced: 'Terminals and programs that run already keep the variable until they are started anew.',
  'client-added':
    'A client {client} with a key of its own is added to the configuration. Others bring their keys as before.',
  'client-added-open':
    'A client {client} with a key of its own is added to the configuration. No other tool is asked for a key because of it.',
  'client-goes': 'The client {client} goes from the configuration, and with it its key.',
  'client-stays': 'The client {client} stays in the configuration, because a rule or a budget names it.',
  'client-other-key':
    'The client {client} stays in the configuration, because its key is no longer the one that was written.',
  'no-common-key':
    'The gateway asks for a client key and has no common one (server.api_key), so it will refuse this tool.',
  'nothing-written': 'The gateway wrote nothing into the files of {name}, so there is nothing to take out.',
  left: 'Changed by somebody else since, and so left as it is: {places}.',
  unserved: 'Nothing serves {model} ({slot}) at the moment.',
  'override-file':
    '{variable} is set in {file}, line {line}; where {name} sees it, it stands above this file.',
  'override-here':
    "{variable} is set in the gateway's environment; where {name} sees it, it stands above this file.",
  'folder-elsewhere':
    '{variable} is set in {file}, line {line}, and not so for the gateway: where {name} sees it, {name} reads its settings in that folder and not in the file written here.',
  restart: '{name} reads its settings when it starts: start it anew afterwards.',
  'cline-extension':
    'The extension in an editor asks the provider that was chosen in it last: choose “OpenAI Compatible” there once.',
  'gemini-trust':
    'Gemini CLI reads its .env only in folders that it was told to trust; without a terminal, set GEMINI_CLI_TRUST_WORKSPACE=true. A .env of the project stands above it.',
  'zed-key':
    'Zed keeps keys in the keychain of the system: open its agent settings, find Switchyard among the providers and paste a key of the gateway there once; any text does where the gateway asks for none.',
  syntax: '{path}, line {line}: {reason}',
  unusable: '{path}: {message}',
  'file-changed': '{path} was changed by somebody else meanwhile.',
  'no-file': '{path} is no file.',
  'file-large': '{path} has {size} bytes; no settings have so many.',
  'file-encoding': '{path} is not written in UTF-8.',
  'link-circle': '{path} is a link that leads round in circles.',
  'not-read': '{path} cannot be read: {message}',
  'not-written': '{path} cannot be written: {message}',
  'read-only': '{path} is read-only. Make it writable and try again; nothing was changed.',
  'folder-read-only': 'The folder {path} is read-only. Make it writable and try again; nothing was changed.',
  'newer-version': '{path} was written by a newer version of Switchyard; use that one to connect tools.',
  'cursor-away':
    'Cursor sends requests from its own servers, not from this machine, and refuses private addresses: it can only reach a gateway that has a public https address.',
  'no-tool': 'There is no tool {id}.',
  unchanged: '{reason} Nothing was changed.',
  moved: 'Something was changed since this was shown. Look again; nothing was written.',
  'by-hand': '{name} has no file that a program may write; set it up by hand.',
  'no-copy': 'There is no copy {copy}.',
  'no-variable': '{variable} is no variable that {name} is led by.',
  'no-start-file': '{file} is no file that sets variables.',
  entangled: 'Line {line} of {file} does more than set {variable}; change it by hand.',
  'other-switchyard':
    '{path} leads to {address} by now, which looks like another Switchyard. If it is one, take the tool out there; else connect it here again and then take it out.',
  'other-key':
    '{path} has a key by now that this gateway does not know, which looks like that of another Switchyard at {address}. If it is, take the tool out there; else connect it here again and then take it out.',
  'not-local':
    'The pages of this gateway can be opened on other machines, so it leaves the files of tools alone. Make it listen on localhost (server.host), or set the tool up by hand.',
  'no-address': 'The gateway has no address yet: server.port is 0 and it does not listen.',
  'no-slot': '{name} has no model for {slot}; it has: {slots}.',
  'model-needed': '{name} needs a model ({slot}).',
  parser: '{message}',
  'not-changeable':
    'the settings are written in a form that cannot be changed from here; change them by hand.',
  twice: '“{place}” is set twice; take one of the two out first.',
  'no-group': '{place} is not a group of settings here; it is left alone.',
  'variable-line': 'a line must read NAME=value here.',
  'quote-missing': 'a text has no closing quote.',
  'comma-missing': 'a comma is missing before this.',
  'colon-missing': 'a colon is missing before this.',
  'brace-missing': 'a closing brace “}” is missing.',
  'bracket-missing': 'a closing bracket “]” is missing.',
  'name-expected': 'the name of a setting in double quotes belongs here.',
  'value-expected': 'a value belongs here.',
  'end-expected': 'nothing may follow the end of the settings.',
  'comment-open': 'a comment has no end.',
  escape: 'a backslash is followed by a character that it cannot be followed by.',
  'not-json': 'this is not JSON.',
  'no-comments': 'the tool reads no comments, and drops the whole file because of this one; take it out.',
  'no-last-comma':
    'the tool reads no comma before a closing bracket, and drops the whole file because of it; take it out.',
  'continue-old':
    'Continue would no longer read its config.json once there is a config.yaml; move its settings to a config.yaml first.',
};

export function told(code: ConnectSaying, values: Told['values'] = {}, reason?: Told): Told {
  const all = reason === undefined ? values : { ...values, reason: reason.text };
  // In one go: a value is never read for places of its own.
  const text = TEXTS[code].replace(/\{(\w+)\}/g, (place, name: string) => String(all[name] ?? place));
  return { code, values, text, ...(reason === undefined ? {} : { reason }) };
}
