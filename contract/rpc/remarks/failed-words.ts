/** Why a request failed, and what can be done, in English. Values stand in braces. */

export const FAILED = {
  // Who said it, or was asked, and what.
  'key-said': '{provider} key {key}: {words}',
  'place-said': '{provider}: {words}',
  'somebody-said': 'The upstream: {words}',
  'upstream-words': '{message}',
  'upstream-status': 'HTTP {status}',
  'why-code': '{why}',
  'one-sentence': '{words}.',
  tried: 'Tried {attempts}: {words}.',
  'key-ended': '{provider} key {key} {status} {why}',
  'place-ended': '{provider} {status} {why}',
  'key-silent': '{provider} key {key} no answer {why}',
  'place-silent': '{provider} no answer {why}',
  // What can be done.
  'advice-connect': 'Check the address, the network and the proxy of this provider.',
  'advice-unreachable': 'Check that it runs and that its address, the network and the proxy are right.',
  'advice-redirected': 'Redirects are never followed with a key; set base_url to the final address.',
  'advice-invalid': 'Check that base_url is the address of its API.',
  'advice-first-content': 'Raise timeout.first_content of this provider if its models think longer.',
  'advice-again': 'Send the request again.',
  'advice-idle': 'Send the request again; raise timeout.idle of this provider if its models pause longer.',
  'advice-total': 'Raise timeout.total of this provider, or stream the answer.',
  'advice-replace': 'Replace them, or clear the cool-down.',
  'advice-credit': 'Add credit, or clear the cool-down.',
  'advice-wait': 'Wait, clear the cool-down, or add a key.',
  // All keys together.
  'keys-no-credit': 'Every key that was tried is out of credit. {words}. Add credit, or a key that has some.',
  'keys-limited':
    'Every key that was tried is limited. {words}. Wait, or add a key or another provider to fall back to.',
  'keys-unusable-now':
    'No key could be used. {words}. Wait, or add a key or another provider to fall back to.',
  'keys-refused':
    'Every key that was tried was refused. {words}. Replace the refused key, or add one that works.',
  'keys-unusable': 'No key could be used. {words}. Replace the refused key, or add one that works.',
  'keys-at-limits':
    'Every key has as many requests or tokens as its limits allow (rpm, tpm, max_concurrency): {words}. Wait, raise the limits, or add a key.',
  'keys-cool': 'Every key is cooling: {words}.',
  'keys-cool-or-full': 'Every key is cooling or at its limit: {words}.',
  'key-rests': '{provider} key {key} {why}',
  'key-rests-for': '{provider} key {key} {why} for {seconds} s more',
  'place-rests': '{provider} {why}',
  'place-rests-for': '{provider} {why} for {seconds} s more',
  'and-more': 'and {more} more',
  'no-key-left': 'No key is left that could serve this request.',
  // Room, time, and the gateway itself.
  'queue-full':
    '{provider} has as many requests as its limits allow (max_concurrency, rpm, tpm), and {waiting} more wait. Raise the limit, or send fewer at once.',
  'queue-waited':
    '{provider} has as many requests as its limits allow (max_concurrency, rpm, tpm), and no place came free within {seconds} s. Raise the limit, or try again.',
  'gateway-ends': 'The gateway is shutting down; send the request again.',
  'gateway-full':
    'As many requests are under way as server.max_in_flight allows. Wait for one to end, or raise it.',
  'gateway-busy':
    'The gateway cannot keep up with the requests under way (server.max_loop_delay). Wait a moment.',
  'gateway-failed': 'The gateway failed; its log has the details under {id}.',
  'gateway-paused':
    'The gateway is paused and sends nothing to any provider. Resume it in the tray menu or on the Overview page of its interface.',
  'deadline-over': 'All attempts together took longer than routing.deadline allows.',
  'client-stalled': 'The client took nothing for too long.',
  'count-broke-off': 'The count broke off.',
  'answer-over': 'The connection ended before the answer was complete.',
  'answer-too-long': 'The answer is longer than {mostCount} characters; the playground stopped it there.',
  // What broke: connections.
  'connection-refused': 'connection refused',
  'connection-reset': 'connection reset',
  'connection-gone': 'connection closed',
  'connection-closed': 'the connection was closed',
  'name-unresolved': 'the name cannot be resolved',
  'name-unresolved-now': 'the name cannot be resolved right now',
  'no-route-to-host': 'no route to the host',
  'no-route-to-network': 'no route to the network',
  'not-connected-in-time': 'no connection in time',
  'head-too-large': 'the head of the answer is too large',
  'length-wrong': 'the length of the answer is not what it said',
  'tls-refused': 'TLS: {message}',
  'through-proxy': 'through proxy {proxy}: {words}',
  'proxy-closed': 'the proxy closed the connection',
  'proxy-head-large': 'the head of the proxy’s answer is too large',
  'proxy-sent-more': 'the proxy sent more than its own answer',
  'proxy-no-http': 'the proxy did not answer in HTTP',
  'proxy-refused': 'the proxy refused to connect (status {status})',
  'proxy-wants-password':
    'the proxy refused to connect (status {status}); its user name or password is missing or wrong',
  'address-scheme': 'addresses begin with http:// or https://, this one with {scheme}',
  'proxy-unread': "the proxy's address cannot be read; an address such as {example} is needed",
  'proxy-scheme': 'only proxies with http:// or https:// can be used; an address such as {example} is needed',
  'proxy-percent': "a % in the proxy's user name or password must be written as %25",
  'name-without-address': '{host} has no address',
  'address-never':
    '{address} is a link-local, metadata or unusable address, which is never dialled; correct the base_url',
  'address-private':
    '{address} is a private address; set allow_private_network: true for this provider if it is meant',
  // What broke: answers.
  'no-content-in': 'no content within {seconds} s',
  'silent-for': 'nothing for {seconds} s in the middle of the answer',
  'not-whole-in': 'no complete answer within {seconds} s',
  'stream-empty': 'The stream held nothing but its end.',
  'stream-open': 'The stream ended without its terminator.',
  'event-too-long': 'The upstream sent {bytes} bytes of one event without ending it; {most} are allowed.',
  'in-one-piece':
    'It answered in one piece, and the stream that the client asked for had begun. Send the request without streaming.',
  'answer-beyond': 'The answer is larger than {megabytes} MiB, too large to be translated.',
  'answer-untranslated': 'The answer could not be translated: {words}',
  'arguments-unread': 'The model called the tool "{tool}" with arguments that are not a JSON object.',
  'answer-empty': 'The answer was empty.',
  'answer-no-object': 'The answer was JSON, but not an object.',
  'answer-without': 'The answer held no {member}.',
  'answer-no-json': 'The answer was not JSON (content type {type}).',
  'answer-no-json-untyped': 'The answer was not JSON (content type not given).',
  'answer-compressed':
    'The answer was compressed ({encoding}), although the gateway asks for none, and could not be read. Switch compression off at the server, or at the proxy in front of it.',
  'answer-not-whole': 'The answer was not whole JSON.',
  'answer-cut-off': 'The answer was cut off after {bytes} bytes.',
  'answer-a-stream':
    'The answer was an event stream (content type {type}). Where one was asked for, the server must say text/event-stream; else it must answer with JSON.',
  'answer-a-stream-untyped':
    'The answer was an event stream (content type not given). Where one was asked for, the server must say text/event-stream; else it must answer with JSON.',
  'html-page': 'An HTML page instead of an answer: {message}',
  'html-page-wordless': 'An HTML page without a word instead of an answer',
  'vectors-missing': 'The answer did not hold a vector for each text.',
  'count-missing': 'The answer held no count of tokens.',
} as const;
