/** Text that looks like work: English, Chinese and code, with words that are common and words that are rare. */

export interface SampleText {
  /** A whole number from 0 up to, not including, `most`. */
  below(most: number): number;
  pick<T>(values: readonly T[]): T;
  weighted<T extends { readonly share: number }>(choices: readonly T[]): T;
  /** A message of some hundred characters. */
  paragraph(): string;
}

const COMMON =
  'the of and to in is that for it as with was on be at by this have from or one had not but what all were when we there can an your which their said if do will each about how up out them then she many some so these would other into has more her two like him see time could no make than first been its who now people my made over did down only way find use may water long little very after words called just where most know'.split(
    ' ',
  );
const TOPICS =
  'request gateway stream retry budget invoice migration database index timeout deploy container kubernetes latency throughput cache token prompt model provider failure cooldown certificate proxy firewall scheduler worker thread queue batch cursor snapshot checkpoint journal ledger customer contract refund shipping warehouse inventory forecast regression gradient attention embedding vector tokenizer parser compiler lexer grammar syntax'.split(
    ' ',
  );
const CHINESE = [
  '请修复登录页面的错误',
  '数据库连接超时',
  '生成一份季度报告',
  '这个函数为什么返回空值',
  '优化查询性能',
  '用户反馈页面加载太慢',
  '把结果翻译成英文',
  '检查日志里的异常',
  '部署到生产环境之前先测试',
  '模型的回答不够准确',
];
const CODE = [
  'const getUserName = (user) => user.profile.name;',
  'export async function loadConfig(path) { return readFile(path); }',
  'SELECT id, created_at FROM order_items WHERE total_price > 100;',
  'git rebase --interactive src/app/main.ts',
  'def parse_response(raw_body): return json.loads(raw_body)',
];

/** @param seed the same seed gives the same text */
export function createSampleText(seed: number): SampleText {
  // Mulberry32: small, quick, and even enough for samples.
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number): number => Math.floor(random() * most);
  const pick = <T>(values: readonly T[]): T => {
    const value = values[below(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };

  function word(): string {
    const kind = below(100);
    if (kind < 70) return pick(COMMON);
    // The square makes the first of them far more frequent than the last.
    if (kind < 95) return TOPICS[Math.floor(random() ** 2 * TOPICS.length)] ?? 'request';
    return `item${below(50_000)}`;
  }

  return {
    below,
    pick,
    weighted(choices) {
      let rest = random() * choices.reduce((sum, { share }) => sum + share, 0);
      return choices.find(({ share }) => (rest -= share) < 0) ?? pick(choices);
    },
    paragraph() {
      const kind = below(10);
      if (kind < 3) {
        const sentences = Array.from({ length: 2 + below(8) }, () => pick(CHINESE));
        return `${sentences.join('，')}${below(1_000)}`;
      }
      const prose = Array.from({ length: 20 + below(80) }, word).join(' ');
      return kind < 8 ? prose : `${prose}\n\n${pick(CODE)}\n`;
    },
  };
}
