/** The events of one item, in the order OpenAI sends them. */
import type { JsonObject } from '../../../core/json.ts';
import { objectsIn, textIn } from '../read-members.ts';
import type { WrittenItem } from './write.ts';

export function eventsOfItem({ item, deltas }: WrittenItem, output_index: number): readonly JsonObject[] {
  const item_id = textIn(item, 'id');
  const where = { item_id, output_index };
  const around = (empty: JsonObject, inner: readonly JsonObject[]): readonly JsonObject[] => [
    { type: 'response.output_item.added', output_index, item: { ...item, ...empty } },
    ...inner,
    { type: 'response.output_item.done', output_index, item },
  ];
  const many = (type: string, more: JsonObject): readonly JsonObject[] =>
    deltas.map((delta) => ({ type, ...where, ...more, delta }));

  switch (item['type']) {
    case 'message': {
      const part = objectsIn(item, 'content')[0] ?? {};
      const inPart = { ...where, content_index: 0 };
      const isRefusal = part['type'] === 'refusal';
      const name = isRefusal ? 'refusal' : 'output_text';
      const empty = isRefusal ? { type: 'refusal', refusal: '' } : { ...part, text: '' };
      const whole = isRefusal ? { refusal: part['refusal'] } : { text: part['text'], logprobs: [] };
      return around({ status: 'in_progress', content: [] }, [
        { type: 'response.content_part.added', ...inPart, part: empty },
        ...many(`response.${name}.delta`, { content_index: 0, logprobs: [] }),
        { type: `response.${name}.done`, ...inPart, ...whole },
        { type: 'response.content_part.done', ...inPart, part },
      ]);
    }
    case 'reasoning': {
      const part = objectsIn(item, 'summary')[0] ?? {};
      const inPart = { ...where, summary_index: 0 };
      return around({ summary: [] }, [
        { type: 'response.reasoning_summary_part.added', ...inPart, part: { ...part, text: '' } },
        ...many('response.reasoning_summary_text.delta', { summary_index: 0 }),
        { type: 'response.reasoning_summary_text.done', ...inPart, text: part['text'] },
        { type: 'response.reasoning_summary_part.done', ...inPart, part },
      ]);
    }
    case 'function_call':
      return around({ status: 'in_progress', arguments: '' }, [
        ...many('response.function_call_arguments.delta', {}),
        {
          type: 'response.function_call_arguments.done',
          ...where,
          name: item['name'],
          arguments: item['arguments'],
        },
      ]);
    default:
      return around({ status: 'in_progress', input: '' }, [
        ...many('response.custom_tool_call_input.delta', {}),
        { type: 'response.custom_tool_call_input.done', ...where, input: item['input'] },
      ]);
  }
}
