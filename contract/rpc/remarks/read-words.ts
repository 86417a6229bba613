/** What is left out when a request is read, in English. Values stand in braces. */

export const READ = {
  // Read from clients: of several formats.
  'no-counterpart': '{name} has no counterpart in other dialects and was left out.',
  'no-counterpart-elsewhere': '"{name}" has no counterpart at other providers and was left out.',
  'value-unknown': '{member} {value} is not known and was left out.',
  'role-as-user': 'The role {role} is not known and was read as user.',
  'answer-files': 'Files in what the model said have no counterpart in other dialects and were left out.',
  'tool-type-unknown': 'The tool type {type} is not known and was left out.',
  // Read from clients: Chat, and the old completions.
  'participant-names':
    'Names of participants (messages[].name) are not known to other dialects and were left out.',
  'sounds-in-results': 'Sounds in results of tools have no counterpart in other dialects and were left out.',
  'items-unknown': 'Items of the type {type} are not known here and were left out.',
  'effort-unknown': 'The reasoning effort {effort} is not known and was left out.',
  'image-there': 'The image in {path} was left out: only text can stand there.',
  'file-there': 'The file in {path} was left out: only text can stand there.',
  'audio-there': 'The audio in {path} was left out: only text can stand there.',
  'part-unknown': '{path} was left out: parts of the type {type} are not known.',
  'suffix-in-words':
    'suffix has no counterpart in a chat; the model was asked in words to write what stands between.',
  // Read from clients: Responses.
  'logprobs-asked':
    'include asks for logprobs, which have no counterpart in other dialects; they were left out.',
  'openai-tool': 'The tool "{tool}" is run by OpenAI itself and was left out.',
  'openai-tool-chosen': 'tool_choice names "{tool}", which OpenAI runs itself, and was left out.',
  'openai-tools-allowed': 'tool_choice allows tools that OpenAI runs itself; they were left out.',
  'format-unknown': 'text.format of the type "{type}" is not known and was left out.',
  'audio-in-results': 'Audio in results of tools has no counterpart in other dialects and was left out.',
  'input-part-unknown': 'Parts of the type "{type}" in "input" are not known here and were left out.',
  'image-nowhere': 'An image without an address and without a file was left out.',
  'file-nowhere': 'A file without data, address and id was left out.',
  'items-foreign': 'Items of the type "{type}" mean nothing to another provider and were left out.',
  'role-text-only': 'Only text can be given with the role "{role}"; the rest was left out.',
  'messages-unknown': 'Messages with the role "{role}" are not known here and were left out.',
  // Read from clients: Messages.
  'anthropic-tool': 'The tool "{tool}" exists only at Anthropic.',
  'cache-filling':
    '"max_tokens": 0 (filling the cache) is not known to other providers; one token was asked for.',
  'thinking-type-unknown': '"thinking.type" "{type}" is not known; the model thinks as it usually does.',
  'tool-choice-unknown': '"tool_choice.type" "{type}" is not known; the model decides.',
  'claude-code-attribution':
    'The attribution entry of Claude Code in "system" is for Anthropic only and was left out.',
  'system-block': 'A block in "{path}" that is not text was left out.',
  'citations-asked': 'Other providers do not cite documents, so "citations" was left out.',
  'source-unknown': 'A source of the type "{type}" is not known and was left out.',
  'blocks-foreign': 'Blocks of the type "{type}" mean nothing to other providers and were left out.',
  // Read from clients: Gemini.
  'gemini-only': '{name} is known to Gemini only and was left out.',
  'google-tool': 'The tool {tool} runs at Google only and was left out.',
  'result-schemas': 'Schemas of the results of functions are known to Gemini only and were left out.',
  'tool-mode-unknown': 'The mode {mode} of toolConfig.functionCallingConfig is not known and was left out.',
  'answers-in': 'Answers in {kinds} are known to Gemini only; text was asked for.',
  'answers-of-type': 'Answers of the type {type} are known to Gemini only; text was asked for.',
  'thinking-level-unknown': 'The thinking level {level} is not known and was left out.',
  'result-parts': 'Parts of results of tools that are neither images nor files were left out.',
  'text-parts-only': 'Parts of {name} that are not text were left out.',
  'model-files': 'Files in answers of the model are known to Gemini only and were left out.',
  'gemini-parts': 'Parts with {names} are known to Gemini only and were left out.',
  // Read from clients: Ollama.
  'ollama-only': '{names}: only Ollama itself knows this; left out.',
  'result-of-no-call': '{path} is the result of no tool call of this conversation and was left out.',
} as const;
