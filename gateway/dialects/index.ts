/** Every wire format the gateway speaks, by its id in the configuration. */
import type { DialectId } from '../../contract/config/provider.ts';
import type { Dialect } from '../core/dialect.ts';
import { openaiChat } from './openai-chat/index.ts';

export const dialects: Readonly<Record<DialectId, Dialect>> = { 'openai-chat': openaiChat };
