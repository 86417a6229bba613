import { expect, it } from 'vitest';
import { movedPlace } from './moved-place.ts';

const OLD = 'http://127.0.0.1:8000';
const NEW = 'http://127.0.0.1:8001';

it.each([
  ['http://127.0.0.1:8000/#/settings/gateway', 'http://127.0.0.1:8001/#/settings/gateway'],
  ['http://localhost:8000/#/', 'http://localhost:8001/#/'],
])('%s goes to %s', (page, place) => expect(movedPlace(page, OLD, NEW)).toBe(place));

it.each([
  ['behind a proxy', 'https://gateway.example/#/', OLD, NEW],
  ['at a published port', 'http://localhost:9000/#/', OLD, NEW],
  ['on the desktop', 'app://switchyard/#/', OLD, NEW],
  ['while nothing listened before', 'http://localhost:8000/#/', '', NEW],
  ['when only the host changes', 'http://localhost:8000/#/', OLD, 'http://10.0.0.2:8000'],
])('a page %s stays', (_, page, before, now) => expect(movedPlace(page, before, now)).toBeNull());

it('knows the port that is left out', () => {
  expect(movedPlace('http://localhost/#/', 'http://127.0.0.1:80', NEW)).toBe('http://localhost:8001/#/');
});
