/** What else happens to a request that is worth a word, in English. Values stand in braces. */

export const ON_THE_WAY = {
  // Quirks of providers.
  'thinks-streamed-only': '{model} thinks only in streamed answers; it was asked not to.',
  'no-force-while-thinking':
    '{model} cannot be made to call a tool while it thinks; it was asked to decide itself.',
  'no-force': '{model} cannot be made to call a tool; it was asked to decide itself.',
  'effort-refused': 'The effort asked for is not taken by {model} and was left out.',
  'speaker-names': 'Names of speakers are not taken by Groq and were left out.',
  // What is read of older rows and chats, and what nobody here has words for.
  'in-english': '{message}',
  // Of embeddings.
  'dimensions-differ': '"outputDimensionality" differs between the requests; the first one counts.',
  'embedding-only-gemini': '"{name}" is only known to Gemini and was left out.',
  // On the way of a request.
  'signatures-foreign': 'Signatures of earlier reasoning that {provider} cannot read were left out.',
  'tools-twice': 'Several tools are named "{tool}"; only the first was sent.',
  'demanded-tool-gone': 'The call that was asked for is of a tool that was left out; the model decides.',
  'image-called': 'An image was called {said} and is {real}, so it was sent as that.',
  'file-called': 'A file was called {said} and is {real}, so it was sent as that.',
  'no-room-to-repair':
    '{provider} would have been asked once more, repaired, but its limits left no room in time.',
  'provider-budget-spent': '{provider} was left out: its budget is spent.',
  'reasoning-refused': '{provider} refused the reasoning of earlier turns, so it was left out.',
  'proofs-not-sent':
    'Proofs of earlier reasoning that other providers gave were not sent to {provider}, nor thoughts that need one there.',
  'parameter-renamed': '{provider} takes {to} for {model}, so {name} was sent under that name.',
  'parameter-refused': '{provider} does not take {name} for {model}, so it was left out.',
  'retries-spent':
    'The retry budget of the gateway was spent, so not every key and target was tried (budget-exhausted).',
  'job-not-sent-again': 'What was asked for may have been done, so it was not sent once more.',
  'no-room': 'Not tried, for want of room: {words}.',
  'no-room-more': 'Not tried, for want of room: {words} and {more} more.',
  'full-key': '{provider} key {key} ({why})',
  'full-key-for': '{provider} key {key} ({why}, {seconds} s more)',
  'full-place': '{provider} ({why})',
  'full-place-for': '{provider} ({why}, {seconds} s more)',
  'full-keys': '{first}, {rest}',
  'pattern-masked':
    'What pattern {number} of guards.sensitive_patterns finds was masked before the request was sent and logged.',
  'named-pattern-masked':
    'What pattern {number} of guards.sensitive_patterns ({name}) finds was masked before the request was sent and logged.',
  'pattern-seen':
    'The request holds what pattern {number} of guards.sensitive_patterns looks for. It was sent all the same.',
  'named-pattern-seen':
    'The request holds what pattern {number} of guards.sensitive_patterns ({name}) looks for. It was sent all the same.',
  'provider-keys-unread': 'The keys of {provider} cannot be read. {words}',
  'store-silent': 'The secret store has not answered within {seconds} s.',
  'bodies-unread': 'The log could not read the bodies of this request and keeps neither: {reason}.',
  // Of a request that becomes a chat of the playground: what has no place there.
  'chat-reasoning': 'reasoning of earlier answers',
  'chat-answer-images': 'image of earlier answers',
  'chat-answer-audio': 'audio of earlier answers',
  'chat-result-files': 'images and files in results of tools',
  'chat-sound': 'sound',
  'chat-images-elsewhere': 'images that are not in the request itself',
  'chat-files-elsewhere': 'files that are not in the request itself',
  'chat-file': 'the file {name}',
  'chat-files-after': 'files of a message after the first {most}',
  'chat-tool': 'the tool {name}',
  'chat-tools-after': 'tools after the first {most}',
  'chat-tool-choice': 'the choice of tools',
  'chat-format-name': 'the name of the answer format',
  'chat-value': '{name} {value}',
  'chat-setting': '{name}',
  'chat-candidates': 'the number of answers',
  'chat-reasoning-budget': 'the budget for reasoning',
} as const;
