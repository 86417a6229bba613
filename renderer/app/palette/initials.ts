/**
 * First letters of a text, by which people who type Chinese look for things: `qqrz` for 请求日志, `ptg` for
 * "Pause the gateway". Pure; the readings are those of the system's own order of Chinese, which is that of pinyin.
 */

export interface Initials {
  /** All that one place may begin with: most have one letter, characters with two readings have two. */
  readonly letters: readonly string[];
  /** Where each stands in the text. */
  readonly places: readonly number[];
}

/** The first character of each letter in the order of pinyin; no syllable begins with i, u or v. */
const FIRSTS = [
  ...Object.entries({
    a: '吖',
    b: '八',
    c: '嚓',
    d: '咑',
    e: '妸',
    f: '发',
    g: '旮',
    h: '哈',
    j: '丌',
    k: '咔',
    l: '垃',
    m: '妈',
    n: '拏',
    o: '噢',
    p: '妑',
    q: '七',
    r: '呥',
    s: '仨',
    t: '它',
    w: '穵',
    x: '夕',
    y: '丫',
    z: '帀',
  }),
].reverse();

/** Characters with two readings, of which the order of the system knows one. */
const OTHER_READINGS: Readonly<Record<string, string>> = {
  重: 'cz',
  长: 'cz',
  传: 'cz',
  藏: 'cz',
  参: 'cs',
  行: 'hx',
  系: 'jx',
  降: 'jx',
  校: 'jx',
  会: 'hk',
  调: 'dt',
  弹: 'dt',
  单: 'ds',
  率: 'ls',
  折: 'sz',
  省: 'sx',
  他: 't',
  伺: 'cs',
  厦: 'sx',
};

const order = new Intl.Collator('zh-CN');
const known = new Map<string, string>(Object.entries(OTHER_READINGS));

function readingOf(character: string): string {
  const found = known.get(character);
  if (found !== undefined) return found;
  const reading = FIRSTS.find(([, first]) => order.compare(first, character) <= 0)?.[0] ?? '';
  known.set(character, reading);
  return reading;
}

/** Chinese characters, and the first character of each word of another script. */
const UNITS = /\p{Script=Han}|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu;

export function initialsOf(text: string): Initials {
  const units = [...text.matchAll(UNITS)];
  return {
    letters: units.map(([unit]) => {
      const [first = ''] = unit;
      return /\p{Script=Han}/u.test(first) ? readingOf(first) : first.toLowerCase();
    }),
    places: units.map(({ index }) => index),
  };
}

/** @returns the place of the first unit from which on every letter of `typed` is one; -1 where there is none */
export function findInitials({ letters }: Initials, typed: string): number {
  for (let from = 0; from + typed.length <= letters.length; from += 1) {
    if (Array.from(typed).every((letter, index) => letters[from + index]?.includes(letter) === true))
      return from;
  }
  return -1;
}
