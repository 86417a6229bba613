import { expect, test } from 'vitest';
import { describeNoJson } from './no-json.ts';

test.each([
  ['data: {"x":1}', 'application/json', /event stream \(content type application\/json.*text\/event-stream/],
  [': ping', '', /event stream \(content type not given\)/],
  ['{"id":"c', 'application/json', /^The answer was cut off after 8 bytes\.$/],
  ['<html><title>Sign in</title></html>', 'text/html', /Sign in/],
  ['<html></html>', 'text/html', /^An HTML page without a word instead of an answer\.$/],
  ['OK', 'text/plain', /^The answer was not JSON \(content type text\/plain\)\.$/],
])('%s', (text, contentType, words) => {
  expect(describeNoJson(text, contentType).text).toMatch(words);
});
