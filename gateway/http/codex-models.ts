/**
 * Models as Codex asks for them (`GET /v1/models?client_version=...`).
 * Members: `ModelInfo` in codex-rs/protocol/src/openai_models.rs.
 */
import type { OfferedModel } from '../core/dialect.ts';
import type { JsonObject } from '../core/json.ts';

/** Bytes of a tool's output that Codex keeps; its own figure for models it does not know. */
const KEPT_OUTPUT = 10_000;

/**
 * There are no `base_instructions`: an empty text would take the place of Codex's own prompt. Versions that insist
 * on them do without this list and go on with what they know.
 */
export function codexModel({ id, facts }: OfferedModel, index: number): JsonObject {
  const can = facts?.capabilities ?? null;
  const context = facts?.contextTokens ?? null;
  const reasons = can === null || can.includes('reasoning');
  return {
    slug: id,
    display_name: facts?.name ?? id,
    description: null,
    ...(reasons ? { default_reasoning_level: 'medium' } : {}),
    supported_reasoning_levels: reasons
      ? ['low', 'medium', 'high'].map((effort) => ({ effort, description: '' }))
      : [],
    shell_type: 'shell_command',
    visibility: 'list',
    minimal_client_version: [0, 1, 0],
    supported_in_api: true,
    priority: index,
    upgrade: null,
    supports_reasoning_summaries: reasons,
    support_verbosity: false,
    default_verbosity: null,
    apply_patch_tool_type: null,
    truncation_policy: { mode: 'bytes', limit: KEPT_OUTPUT },
    supports_parallel_tool_calls: can === null || can.includes('tools'),
    ...(context === null ? {} : { context_window: context }),
    reasoning_summary_format: 'none',
    experimental_supported_tools: [],
    input_modalities: can === null || can.includes('vision') ? ['text', 'image'] : ['text'],
  };
}
