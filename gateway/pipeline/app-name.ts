/** The calling program by its user agent, for the log. Pure. */

/** Tools people point at the gateway; the first pattern that fits names it. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/^Switchyard-Playground/, 'Switchyard playground'],
  [/^Switchyard-Test/, 'Switchyard model test'],
  [/^Switchyard-Replay/, 'Switchyard replay'],
  [/^claude-(?:cli|code)/i, 'Claude Code'],
  [/^codex/i, 'Codex'],
  [/gemini-?cli/i, 'Gemini CLI'],
  [/^cline/i, 'Cline'],
  [/roo-?code/i, 'Roo Code'],
  [/^opencode/i, 'OpenCode'],
  [/cursor/i, 'Cursor'],
  [/^zed/i, 'Zed'],
  [/continue/i, 'Continue'],
  [/aider/i, 'Aider'],
  [/open-?webui/i, 'Open WebUI'],
  [/langchain/i, 'LangChain'],
  [/litellm/i, 'LiteLLM'],
  [/^(?:Async)?OpenAI\/Python/i, 'OpenAI SDK (Python)'],
  [/^(?:Async)?OpenAI\/(?:JS|Node)/i, 'OpenAI SDK (JS)'],
  [/^ai-sdk|ai\/\d/i, 'AI SDK'],
  [/^Mozilla\//, 'Browser'],
];

/** @returns null when there is no user agent; at most 40 characters else */
export function appName(userAgent: string | undefined): string | null {
  if (userAgent === undefined || userAgent === '') return null;
  const known = KNOWN.find(([pattern]) => pattern.test(userAgent));
  if (known !== undefined) return known[1];
  const product = /^[^\s/(]{1,40}/.exec(userAgent)?.[0];
  return product ?? null;
}
