/**
 * What a row of a model list says beyond the model's name. Each provider has fields of its own; what is
 * absent or odd is left out, and nothing is guessed.
 */
import {
  MODEL_CAPABILITIES,
  MODEL_OUTPUTS,
  type ModelCapability,
  type ModelOutput,
} from '../../contract/rpc/model-fields.ts';
import type { ModelFacts } from './model-facts.ts';
import { isArray, isObject, type JsonObject } from './json.ts';
import { readListedPrice } from './read-listed-price.ts';

/** Fields for the context: OpenRouter and Together, Groq, Mistral, vLLM, Anthropic. */
const CONTEXT = [
  'context_length',
  'context_window',
  'max_context_length',
  'max_model_len',
  'max_input_tokens',
];
/** Fields for the longest answer: OpenRouter (in `top_provider`) and Groq, Anthropic. */
const MAX_OUTPUT = ['max_completion_tokens', 'max_output_tokens', 'max_tokens'];

/** @returns undefined when the row says nothing more than a name */
export function readModelFacts(row: JsonObject): Partial<ModelFacts> | undefined {
  const top = isObject(row['top_provider']) ? row['top_provider'] : {};
  const known: Partial<ModelFacts> = {
    ...given('name', text(row['name']) ?? text(row['display_name'])),
    ...given('contextTokens', firstCount(row, CONTEXT)),
    ...given('maxOutputTokens', firstCount(top, MAX_OUTPUT) ?? firstCount(row, MAX_OUTPUT)),
    ...given('price', readListedPrice(row['pricing'])),
    ...given('capabilities', readCapabilities(row)),
    ...given('outputs', readOutputs(row)),
  };
  return Object.keys(known).length === 0 ? undefined : known;
}

function given<Name extends keyof ModelFacts>(
  name: Name,
  value: ModelFacts[Name] | undefined,
): Partial<ModelFacts> {
  return value === undefined ? {} : { [name]: value };
}

/** OpenRouter tells parameters and modalities, Anthropic and Mistral a map of capabilities. */
function readCapabilities(row: JsonObject): readonly ModelCapability[] | undefined {
  const { architecture, supported_parameters: parameters, capabilities } = row;
  const inputs = isObject(architecture) ? architecture['input_modalities'] : undefined;
  if (!isArray(inputs) && !isArray(parameters) && !isObject(capabilities)) return undefined;
  const takes = (list: unknown, ...names: readonly string[]): boolean =>
    isArray(list) && names.some((name) => list.includes(name));
  const can = (...names: readonly string[]): boolean =>
    isObject(capabilities) && names.some((name) => isSupported(capabilities[name]));
  const found: Readonly<Record<ModelCapability, boolean>> = {
    // Anthropic's list tells of images and files, and not of tools, which every model of it can call.
    tools: takes(parameters, 'tools') || can('function_calling') || isAnthropicRow(row),
    reasoning: takes(parameters, 'reasoning', 'reasoning_effort') || can('thinking', 'reasoning'),
    vision: takes(inputs, 'image') || can('image_input', 'vision'),
    files: takes(inputs, 'file') || can('pdf_input'),
    audio: takes(inputs, 'audio') || can('audio'),
    'structured-output': takes(parameters, 'structured_outputs') || can('structured_outputs'),
  };
  return MODEL_CAPABILITIES.filter((name) => found[name]);
}

/** OpenRouter alone tells. */
function readOutputs({ architecture }: JsonObject): readonly ModelOutput[] | undefined {
  const outputs = isObject(architecture) ? architecture['output_modalities'] : undefined;
  const known = isArray(outputs) ? MODEL_OUTPUTS.filter((name) => outputs.includes(name)) : [];
  return known.length === 0 ? undefined : known;
}

function isAnthropicRow({ type, capabilities }: JsonObject): boolean {
  return type === 'model' && isObject(capabilities) && 'image_input' in capabilities;
}

/** `true`, or `{"supported": true}`. */
function isSupported(value: unknown): boolean {
  return value === true || (isObject(value) && value['supported'] === true);
}

function firstCount(row: JsonObject, names: readonly string[]): number | undefined {
  return names.map((name) => row[name]).find(isCount);
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? value.trim().slice(0, 200).toWellFormed()
    : undefined;
}
