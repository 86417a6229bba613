import { expect, it } from 'vitest';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { PROBLEM_SAYINGS } from '../../contract/rpc/problem-sayings.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };
import { ConfigError } from '../config/problem.ts';
import { listenErrorOf } from '../http/listen-error.ts';
import { budgetSaying } from '../state/budget-views.ts';
import { NewerDatabaseError } from '../storage/migrate.ts';
import { logProblem } from '../storage/problem.ts';
import { toldGaps } from '../testing/told-gaps.ts';
import { asSaid, causeOf, inOneList, inSentences, say } from './sayings.ts';

const ONE_AFTER_OTHER: readonly string[] = ['sentences', 'listed'];
const single = PROBLEM_SAYINGS.filter((code) => !ONE_AFTER_OTHER.includes(code));

it.each(single)('%s says in English what pages in English say', (code) => {
  // Of two forms the last is that of many.
  expect(say(code).text).toBe(en.problems.told[code].split(' | ').at(-1));
});

it('no code stands in two lists of words: the first would be taken', () => {
  const { told, faults } = en.refusals;
  const codes = [told, faults, en.problems.told, en.connect.told].flatMap((words) => Object.keys(words));
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

it('what follows one another is put together as pages in English do', () => {
  const parts = [asSaid('{first}'), asSaid('{rest}')];
  expect(inSentences(parts).text).toBe(en.problems.told.sentences);
  expect(inOneList(parts).text).toBe(en.problems.told.listed);
});

it('puts values in, in one go; at its end a sentence has one mark, within it what the reason has', () => {
  expect(say('backup-gone', { name: '{name}' }).text).toBe('{name} is gone again.');
  const cause = asSaid('It broke.');
  expect(say('keychain-unusable', { name: 'Keychain' }, cause).text).toBe(
    'The Keychain cannot be used: It broke.',
  );
  expect(say('address-unusable', { port: 1, host: 'a' }, cause).text).toBe(
    'Port 1 of a cannot be used (It broke.).',
  );
});

it('a cause is what its error says as data, what its code means, or its own words', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(causeOf(full)).toEqual({ code: 'disk-full', values: {}, text: full.message });
  expect(causeOf(new NewerDatabaseError('/l', 9, 3)).code).toBe('log-newer');
  expect(causeOf(new Error('odd'))).toEqual(asSaid('odd'));
  expect(causeOf('odd')).toEqual(asSaid('odd'));
});

const failed = (code: string, message = code): Error => Object.assign(new Error(message), { code });
function listening(code: string): Told {
  const error = listenErrorOf(failed(code), 'localhost', 80);
  if (error === undefined) throw new Error(`${code} is no error of listening.`);
  return error.told;
}
const problem = (path: string, line: number | null, told: Told) => ({ path, line, told });
const odd = Array.from({ length: 14 }, (_, at) => problem(`a${at}`, null, asSaid('odd')));
const rule = {
  id: 'all/day',
  scope: 'all',
  per: 'day',
  pico: 10_000_000_000_000n,
  warnAt: [0.5],
  blocks: true,
} as const;

/** What a source tells, and its English as terminals, logs and scripts know it. */
const SOURCES: readonly (readonly [told: Told, english: string])[] = [
  [
    new ConfigError([
      problem('server.port', 1, fault('number')),
      problem('', 3, asSaid('odd')),
      { ...problem('', 4, fault('yaml-tab')), column: 2 },
      problem('b', null, asSaid('c')),
    ]).told,
    'server.port (line 1): a number is needed; line 3: odd; line 4: a tab cannot indent; use spaces; b: c',
  ],
  [
    new ConfigError(odd).told,
    `${Array.from({ length: 12 }, (_, at) => `a${at}: odd`).join('; ')}; and 2 more problems`,
  ],
  [
    listening('EADDRINUSE'),
    'The address localhost:80 is already taken by another program. `lsof -i :80` (on Windows `netstat -ano | findstr :80`) shows which program; end it, or choose another port with --port, PORT or server.port.',
  ],
  [
    listening('EACCES'),
    'The address localhost:80 may not be used by this account; choose another port with --port, PORT or server.port, 1024 or higher.',
  ],
  [
    listening('EADDRNOTAVAIL'),
    "The address localhost:80 does not belong to this machine. Set --host or server.host to localhost, to 0.0.0.0 for all addresses, or to one of this machine's own.",
  ],
  [budgetSaying(rule, 6_000_000_000_000n), '$6 of $10 per day for all are spent.'],
  [
    budgetSaying(rule, 12_500_000_000_000n),
    '$12.50 of $10 per day for all are spent, so its requests are refused.',
  ],
  [
    logProblem(failed('SQLITE_FULL'), '/d/log.db'),
    'The disk is full: requests are served but not recorded until there is space in /d.',
  ],
  [
    logProblem(failed('SQLITE_BUSY'), '/d/log.db'),
    'Another program holds log.db locked: requests are served and will be recorded when it lets go. Close the program that has /d/log.db open.',
  ],
  [
    logProblem(failed('SQLITE_READONLY'), '/d/log.db'),
    'Switchyard may not write to /d/log.db: requests are served but not recorded. Allow writing to the file and its folder.',
  ],
  [
    logProblem(failed('SQLITE_IOERR', 'disk I/O error.'), '/d/log.db'),
    'The request log /d/log.db cannot be used (disk I/O error.): requests are served but not recorded. Switchyard keeps trying.',
  ],
  [
    new NewerDatabaseError('/d/log.db', 9, 3).told,
    '/d/log.db has schema 9, and this version of Switchyard knows schemas up to 3. Requests are served but not recorded. Install the newer version again, or move the file away to start a new log.',
  ],
];

it.each(SOURCES)('$text', (told, english) => {
  expect(told.text).toBe(english);
  expect(toldGaps([en, zh], told)).toEqual([]);
});
