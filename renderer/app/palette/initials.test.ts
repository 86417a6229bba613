import { describe, expect, it } from 'vitest';
import zh from '../../../resources/locales/zh-CN.json';
import { findInitials, initialsOf } from './initials.ts';

const letters = (text: string): string =>
  initialsOf(text)
    .letters.map((one) => (one.length === 1 ? one : `(${one})`))
    .join('');

/** As people type them: the whole name, by its readings. */
const NAMES: readonly (readonly [text: string, typed: string])[] = [
  ['请求日志', 'qqrz'],
  ['请求', 'qq'],
  ['总览', 'zl'],
  ['试验台', 'syt'],
  ['模型', 'mx'],
  ['服务商', 'fws'],
  ['路由', 'ly'],
  ['设置', 'sz'],
  ['暂停网关', 'ztwg'],
  ['恢复网关', 'hfwg'],
  ['复制基础 URL', 'fzjcu'],
  ['键盘快捷键', 'jpkjj'],
  ['打开数据文件夹', 'dksjwjj'],
  ['退出 Switchyard', 'tcs'],
  ['重试', 'cs'],
  ['重置', 'cz'],
  ['重量', 'zl'],
  ['运行', 'yx'],
  ['会话', 'hh'],
  ['调用', 'dy'],
  ['参数', 'cs'],
  ['Pause the gateway', 'ptg'],
];

/** Where the characters of each letter begin in GB 2312, level 1. */
const GB_STARTS: Readonly<Record<string, number>> = {
  a: 0xb0_a1,
  b: 0xb0_c5,
  c: 0xb2_c1,
  d: 0xb4_ee,
  e: 0xb6_ea,
  f: 0xb7_a2,
  g: 0xb8_c1,
  h: 0xb9_fe,
  j: 0xbb_f7,
  k: 0xbf_a6,
  l: 0xc0_ac,
  m: 0xc2_e8,
  n: 0xc4_c3,
  o: 0xc5_b6,
  p: 0xc5_be,
  q: 0xc6_da,
  r: 0xc8_bb,
  s: 0xc8_f6,
  t: 0xcb_fa,
  w: 0xcd_da,
  x: 0xce_f4,
  y: 0xd1_b9,
  z: 0xd4_d1,
};

/** The 3,755 of level 1, with their letters. */
function commonCharacters(): readonly (readonly [character: string, letter: string])[] {
  const decoder = new TextDecoder('gb18030');
  const starts = Object.entries(GB_STARTS);
  const codes = Array.from({ length: 0xd7_fa - 0xb0_a1 }, (_, index) => 0xb0_a1 + index);
  return codes
    .filter((code) => code % 256 >= 0xa1 && code % 256 <= 0xfe)
    .map((code) => [
      decoder.decode(Uint8Array.of(code >> 8, code % 256)),
      starts.findLast(([, start]) => start <= code)?.[0] ?? '',
    ]);
}

describe('first letters', () => {
  it.each(NAMES)('%s: %s', (text, typed) => {
    const initials = initialsOf(text);
    expect(findInitials(initials, typed)).toBe(0);
    expect(initials.letters).toHaveLength(typed.length);
  });

  it('of every page in Chinese', () => {
    const read = Object.fromEntries(Object.entries(zh.pages).map(([name, text]) => [name, letters(text)]));
    expect(read).toMatchObject({
      overview: 'zl',
      requests: 'qq',
      playground: 'syt',
      models: 'mx',
      providers: 'fws',
      routing: 'ly',
      settings: 'sz',
    });
  });

  it('of every command in Chinese', () => {
    const read = Object.entries(zh.commands).flatMap(([, text]) =>
      typeof text === 'string' ? [`${text} ${letters(text)}`] : [],
    );
    expect(read.join('\n')).toMatchInlineSnapshot(`
      "诊断信息… zdxx
      检查更新… jcgx
      搜索全部 ssqb
      新对话 xdh
      查看问题 ckwt
      转到通知 zdtz
      清除全部冷却 qcqblq
      已清除 {count} 个冷却 yqccglq
      冷却未能清除 lqwnqc
      检查全部密钥 jcqbmy
      重新获取模型 (cz)xhqmx
      打开入门向导 dkrmxd
      应用未能退出 yywntc"
    `);
  });

  it('every character has one', () => {
    const han = [...new Set(JSON.stringify(zh).match(/\p{Script=Han}/gu))];
    expect(han.filter((one) => !/^[a-z]{1,2}$/.test(initialsOf(one).letters[0] ?? ''))).toEqual([]);
  });

  it('agree with GB 2312, whose common characters stand in the order of pinyin', () => {
    const differ = commonCharacters().filter(
      ([character, letter]) => !initialsOf(character).letters[0]?.includes(letter),
    );
    // Characters of two readings that neither stand in our words nor are worth a line of the table.
    expect(differ.map(([character]) => character).join('')).toBe('辟泊匙脯蛤槛咯咳埔茄畜吁曾轧');
  });

  it('know their places', () => {
    expect(initialsOf('复制 base URL').places).toEqual([0, 1, 3, 8]);
    expect(findInitials(initialsOf('请求日志'), 'rz')).toBe(2);
    expect(findInitials(initialsOf('请求日志'), 'rq')).toBe(-1);
  });
});
