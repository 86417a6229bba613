/** Every tool there is, in the order of the page. */
import { TOOL_IDS } from '../../contract/rpc/procedures/connect.ts';
import type { ToolDefinition } from './tool.ts';
import { TOOLS } from './tools/index.ts';

export const DEFINITIONS: readonly ToolDefinition[] = TOOL_IDS.map((id) => TOOLS[id]);
