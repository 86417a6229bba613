/**
 * Signs of a hard question in its words, English and Chinese. Pure. Clients write the text: whatever part of an
 * expression repeats has a bound or begins in one place alone, so that no text takes longer than its length asks for.
 */

/** Asks for thought that goes in steps. */
const DEEP =
  /\b(?:pro(?:ve|of)|derive|derivation|theorem|lemma|step[- ]by[- ]step|trade-?offs?|architect(?:ure|ural)?|race conditions?|deadlocks?|concurren(?:t|cy)|distributed|asymptotic|time complexity|np-(?:hard|complete)|dynamic programming|invariants?|root cause|refactor(?:ing)?|optimi[sz](?:e|ation|ing)|algorithms?|design (?:a|an|the)|threat model|causal|counter-?examples?|rigorous(?:ly)?|formali[sz]e|migrat(?:e|ion)|strategy|memory leak|consensus|bayes(?:ian)?|integrals?|eigenvalues?)\b|证明|推导|推理|定理|逐步|一步步|权衡|架构|竞态|死锁|并发|分布式|复杂度|动态规划|根本原因|根因|重构|优化|算法|设计一|策略|严格|反例|迁移|内存泄漏|一致性|建模|微积分/giu;

/** May need some thought. */
const SOME =
  /\b(?:why|explain how|analy[sz]e|analysis|compare|comparison|evaluate|assess|debug|implement|diagnose|critique|argue|justify|plan|estimate|calculate|solve|reason|consider|pros and cons|difference between|implications?|hypothes[ie]s|edge cases?|review|bugs?|slow)\b|为什么|为何|分析|比较|对比|评估|调试|实现|诊断|论证|计划|估算|计算|求解|解释原因|优缺点|区别|影响|假设|边界情况|审查|利弊|性能/giu;

/** Limits an answer has to keep. */
const BOUNDS =
  /\b(?:must(?: not)?|exactly|at least|at most|no more than|without|only|do not|don't|never|ensure|constraints?|requirements?|between \d+ and \d+|in (?:json|yaml|csv|a table)|words? or (?:less|fewer)|unless|except|backwards?[- ]compatible)\b|必须|不得|不要|不能|至少|至多|最多|不超过|恰好|只能|确保|要求|约束|除非|除了|以\s?json|表格形式|向后兼容/giu;

/** Items of a list: `1.`, `- `, at the beginning of a line. */
const ITEMS = /^[ \t\u3000]{0,100}(?:\d{1,2}[.)、]|[-*•])\s+\S/gmu;

/** Lines or pieces that only program text has. */
const CODE =
  /```|\b(?:function|const|class|def|return|import|public|private|struct|async|await|lambda|interface|SELECT|INSERT|UPDATE|JOIN)\b[^\n]{0,80}[({;:=]|[{};]\s*$|=>|::|\b[a-z_]+\([^)\n]{0,60}\)|Traceback \(most recent call last\)|\bat [^\n()]{1,120}\([^\n()]{1,200}:\d{1,7}:\d{1,7}\)|(?<![\w/])[\w/]{1,100}\.(?:ts|tsx|js|py|go|rs|java|cpp|c|sql|vue)\b/gmu;

/** Distinct signs at which each kind counts for all it can. */
const ENOUGH_THOUGHT = 3;
const ENOUGH_BOUNDS = 6;
const ENOUGH_CODE = 6;

/** From 0 to 1. */
export function reasoningStrength(text: string): number {
  return upTo(distinct(text, DEEP) + 0.5 * distinct(text, SOME), ENOUGH_THOUGHT);
}

/** From 0 to 1. */
export function constraintStrength(text: string): number {
  return upTo(distinct(text, BOUNDS) + (text.match(ITEMS)?.length ?? 0) / 2, ENOUGH_BOUNDS);
}

/** From 0 to 1. */
export function codeStrength(text: string): number {
  return upTo(text.match(CODE)?.length ?? 0, ENOUGH_CODE);
}

const upTo = (count: number, enough: number): number => Math.min(count, enough) / enough;

/** The same word again says nothing new. */
function distinct(text: string, words: RegExp): number {
  return new Set(text.match(words)?.map((word) => word.toLowerCase())).size;
}
