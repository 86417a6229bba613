/** What came of asking a provider or a server outside of any request, in English. Values stand in braces. */

export const ASKED = {
  // Lists of models, and checks of keys.
  'no-answer-in': 'no answer within {seconds} s',
  'reply-large': 'the answer is larger than {megabytes} MiB',
  'no-usable-key': 'No key can be used.',
  'no-model-list': 'The answer is not a model list.',
  'no-key-account': 'The answer is not what this provider says of a key.',
  'status-said': 'HTTP {status}: {words}',
  // Newer prices.
  'prices-not-fetched': 'New prices could not be fetched from {host}: {words}.',
  'prices-slow': 'they did not come within {seconds} s',
  'prices-status': 'the server answered with the status {status}',
  'prices-large': 'the data is larger than {megabytes} MiB',
  'prices-no-json': 'the answer is not JSON',
  'prices-unread': 'The fetched prices could not be read: {words}.',
  'prices-not-kept': 'New prices could not be kept: {words}.',
  'prices-not-removed': 'The fetched prices could not be removed: {words}.',
  'prices-kept-unusable': 'The fetched prices cannot be used, so those of the app are. {words}',
  'prices-unusable': 'The data there cannot be used. {words}',
  'prices-older': 'The data there is of {day}, older than what is used ({used}).',
  'prices-deep': 'It is nested too deep.',
  'prices-no-catalogue': 'It is not a price catalogue: it has no list.',
  'prices-wrong': 'It is not a price catalogue: {where} is wrong.',
  'prices-missing': 'It has no prices of {names}.',
  'prices-twice': 'It names a provider twice.',
  'prices-few': 'It has only {found} models, where {known} are known.',
  // A request on behalf of a tool.
  'gateway-not-listening': 'The gateway does not listen.',
} as const;
