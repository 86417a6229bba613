/** Ids of requests: for a person to quote, so short and without look-alike characters. */
import type { Random } from '../core/ports.ts';

const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 20;

/** @returns `req_` and 20 characters (99 bits). Not a secret. */
export function makeRequestId(random: Random): string {
  let id = 'req_';
  for (let index = 0; index < LENGTH; index += 1) {
    id += LETTERS[Math.floor(random() * LETTERS.length)] ?? '';
  }
  return id;
}
