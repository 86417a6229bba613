/** What is wrong with a request that nobody was asked to answer, in English. Values stand in braces. */

export const REFUSED = {
  // Headers, and what the model is called.
  'cache-header': 'The header {header} takes bypass (neither read nor kept) or refresh (not read, kept).',
  'model-name-long': "The model's name is longer than {most} characters ({found}). Send the name of a model.",
  'nothing-to-send': 'The request holds nothing that can be sent to {provider}.',
  'no-token-count': 'This format has no call for counting tokens.',
  // Images, files and sounds.
  'media-too-many':
    'The request names {found} images and files by address, which the gateway must fetch for this model; at most {most} are fetched for one request.',
  'media-together':
    'The images and files of this request have more than {megabytes} MB together; the last one came from {host}.',
  'media-uploaded':
    'The request names an uploaded file ({id}). What was uploaded to one provider means nothing to another: send the file itself, or use a model of the provider it was uploaded to.',
  'media-no-comma': 'A data: address of this request has no comma before its data.',
  'media-not-encoded': 'A data: address of this request is neither base64 nor percent-encoded.',
  'image-empty': 'An image of this request is empty.',
  'file-empty-here': 'A file of this request is empty.',
  'sound-empty': 'A sound of this request is empty.',
  'image-type-refused':
    'An image of this request is {type}, which this model does not take; it takes {types}.',
  'image-unusable': 'An image could not be used: {host} sent {found}. Allowed are {types}.',
  'file-unusable': 'A file could not be used: {host} sent {found}. Allowed are {types}.',
  'sound-unusable': 'A sound could not be used: {host} sent {found}. Allowed are {types}.',
  'image-unusable-nothing': 'An image could not be used: {host} sent nothing. Allowed are {types}.',
  'file-unusable-nothing': 'A file could not be used: {host} sent nothing. Allowed are {types}.',
  'sound-unusable-nothing': 'A sound could not be used: {host} sent nothing. Allowed are {types}.',
  'image-unusable-other': 'An image could not be used: {host} sent something else. Allowed are {types}.',
  'file-unusable-other': 'A file could not be used: {host} sent something else. Allowed are {types}.',
  'sound-unusable-other': 'A sound could not be used: {host} sent something else. Allowed are {types}.',
  'media-address': 'An address of an image or file cannot be read.',
  'media-scheme':
    'Images and files are fetched from addresses with https:// and http:// only, not with {scheme}',
  'media-not-fetched': 'An image or file could not be fetched from {host}: {words}.',
  'fetch-not-public': 'it is no public address, and others are never fetched from',
  'fetch-redirects': 'it redirects more than {most} times',
  'fetch-redirect-nowhere': 'it redirects to what is no address',
  'fetch-password': 'its address holds a user name or password, which is never sent',
  'fetch-status': 'it answered with the status {status}',
  'fetch-compressed': 'it came compressed, which was not asked for',
  'fetch-large': 'it has more than {megabytes} MB',
  'fetch-slow': 'it did not come within {seconds} s',
  'fetch-failed': 'the call failed ({words})',
  // Other calls than chat.
  'form-unread': 'The form of this request cannot be read: {words}.',
  'form-twice': 'The field "{name}" stands twice in the form. Send it once.',
  'form-long': 'The field "{name}" is longer than {most} bytes.',
  'form-not-taken': 'This target takes JSON only, not a form.',
  'tokens-not-embedded':
    'Gemini embeds texts, not token numbers; send "input" as text, or name a model of an OpenAI-compatible provider.',
  'body-large': 'The body is larger than the {megabytes} MB a request may have ({bytes} bytes).',
  'gateway-refused': 'The gateway refused the request: {why}.',
  'form-no-boundary': 'its content type names no boundary, or one that may not be',
  'form-no-end': 'its last part has no end',
  'form-line': 'a line between its parts is not one',
  'form-parts': 'it has more than {most} parts',
  'form-head-open': 'a part has no end of its headers',
  'form-no-model': 'the name of the model cannot be written into it',
  'served-by-others':
    '{provider} has no call for {words}. Of the providers set up here {names} can; name a model of theirs.',
  'served-elsewhere':
    '{provider} has no call for {words}. None of the providers set up here can; {names} could.',
  'call-completions': 'old completions',
  'call-embeddings': 'embeddings',
  'call-images': 'images',
  'call-audio': 'audio',
} as const;
