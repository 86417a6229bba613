/** What stands inside the items of a Responses request. */
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import { describeMedia, splitDataUrl, textIn } from '../read-members.ts';
import type { SeenCall, SeenResult } from '../scene.ts';

export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!isArray(content)) return '';
  return content.map((part) => (isObject(part) ? (textIn(part, 'text') ?? '') : '')).join('');
}

export function mediaOf(content: unknown): readonly string[] {
  if (!isArray(content)) return [];
  return content.flatMap((part): readonly string[] => {
    if (!isObject(part)) return [];
    const url = textIn(part, 'image_url') ?? textIn(part, 'file_data') ?? textIn(part, 'file_url');
    if (url === null) return [];
    const data = splitDataUrl(url);
    return [data === null ? url : describeMedia(data.mediaType, data.base64)];
  });
}

export function callOf(item: JsonObject): readonly SeenCall[] {
  const id = textIn(item, 'call_id');
  const name = textIn(item, 'name') ?? '';
  if (item['type'] === 'function_call') {
    const input: unknown = JSON.parse(textIn(item, 'arguments') ?? '');
    return [{ id, name, input, custom: false }];
  }
  return item['type'] === 'custom_tool_call'
    ? [{ id, name, input: textIn(item, 'input'), custom: true }]
    : [];
}

export function resultOf(item: JsonObject): readonly SeenResult[] {
  if (item['type'] !== 'function_call_output' && item['type'] !== 'custom_tool_call_output') return [];
  const { output } = item;
  return [
    { id: textIn(item, 'call_id'), name: null, text: textOf(output), images: mediaOf(output), failed: false },
  ];
}
