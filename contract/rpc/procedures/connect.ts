/** Local tools that can be pointed at the gateway: how each stands, what would be written, and the way back. */
import * as z from 'zod/mini';
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';

export const TOOL_IDS = [
  'claude-code',
  'codex',
  'gemini-cli',
  'opencode',
  'cline',
  'continue',
  'aider',
  'zed',
  'open-webui',
  'langchain',
  'cursor',
] as const;
export type ToolId = (typeof TOOL_IDS)[number];

/** How a tool stands towards this gateway. */
export type ToolState =
  /** Neither its files nor its program were found. */
  | 'not-found'
  /** Found; its settings name no other address. */
  | 'not-connected'
  /** Its settings lead to another gateway or proxy. */
  | 'elsewhere'
  /** As the gateway wrote it, or a person wrote it to the same effect. */
  | 'connected'
  /** What the gateway wrote was changed by somebody since. */
  | 'changed'
  /** Its file cannot be read or understood; `problems` say why. */
  | 'broken'
  /** It has no file that a program may write: it is set up by hand, with the snippets of the page. */
  | 'by-hand'
  /** It cannot reach an address of this machine at all; `problems` say why. */
  | 'unreachable';

/** A model that a tool is told to ask for. */
export interface ModelSlot {
  /** `main`, `small`, …; the key of its translation. */
  readonly id: string;
  /** What the file says now; null where it says nothing. */
  readonly current: string | null;
  /** A tool that cannot work without one. */
  readonly required: boolean;
}

/** A variable of the environment that wins over the file of a tool. */
export interface EnvironmentOverride {
  readonly variable: string;
  /** Its value where that is an address, else a fingerprint. */
  readonly shown: string;
  /** File that sets it, as a path a person can open; null where only the environment of the gateway shows it. */
  readonly file: string | null;
  /** Counted from 1; 0 without a file. */
  readonly line: number;
}

/** A copy of a file as it was before the gateway wrote it. */
export interface ToolBackup {
  /** Name of the copy: `settings.json.2026-11-20-142958`. */
  readonly name: string;
  /** Path of the file it is a copy of. */
  readonly of: string;
  /** Unix ms. */
  readonly at: number;
  /** False where there was no file before. */
  readonly existed: boolean;
}

export interface ToolView {
  readonly id: ToolId;
  readonly name: string;
  readonly kind: 'tool' | 'app';
  readonly dialect: 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';
  readonly state: ToolState;
  /** Files it is connected by, `~` for the home folder; the first is the main one. Empty for `by-hand`. */
  readonly files: readonly string[];
  /** Address its settings lead to now; null where they name none. */
  readonly address: string | null;
  readonly slots: readonly ModelSlot[];
  /** Why it is broken or unreachable; with the line where a file has one. */
  readonly problems: readonly Told[];
  /** Values that the gateway wrote and somebody changed since, by their place in the file: `env.ANTHROPIC_MODEL`. */
  readonly drift: readonly string[];
  readonly overrides: readonly EnvironmentOverride[];
  /** Newest first. */
  readonly backups: readonly ToolBackup[];
  /** Client whose key it brings; null without one of its own. */
  readonly client: string | null;
  /** Unix ms of the last writing; null before the first. */
  readonly writtenAt: number | null;
  /** Unix ms of its last request since then, by its client key or its program name; null when none came. */
  readonly lastRequestAt: number | null;
  /** Requests since the local midnight of the gateway. */
  readonly requestsToday: number;
}

export interface ConnectView {
  readonly tools: readonly ToolView[];
  /** False where the page is open on another machine than the gateway: files of that machine are out of reach. */
  readonly local: boolean;
  /** Base address that is written, without `/v1`. */
  readonly address: string;
}

/** One file before and after, keys masked. */
export interface FileChange {
  /** `~` for the home folder. */
  readonly path: string;
  /** Where the path is a link: the file that is really written. */
  readonly target: string | null;
  /** Null where there is no file. */
  readonly before: string | null;
  /** Null where the file goes. */
  readonly after: string | null;
}

export interface ConnectPlan {
  readonly tool: ToolId;
  /** Empty when nothing is to be done. */
  readonly changes: readonly FileChange[];
  /** Names exactly the texts this plan was made of; applying it after any of them changed is a `conflict`. */
  readonly version: string;
  /** Things worth knowing before writing. */
  readonly notes: readonly Told[];
}

/** How a small request went that was sent as a tool sends its own. */
export interface ToolTest {
  readonly ok: boolean;
  /** 0 where the gateway could not be reached. */
  readonly status: number;
  /** What the model said, or why it did not, at most 500 characters. */
  readonly text: string;
  /** Why it did not, as data; absent where the text is a quotation. */
  readonly told?: Told | undefined;
  /** Ms from sending to the whole answer. */
  readonly time: number;
  /** Its row in the log; null where the gateway could not be reached. */
  readonly request: string | null;
}

const tool = z.enum(TOOL_IDS);
/** Slot to model or alias; a slot that is absent is left as it is, an empty text takes the model out. */
const models = z.record(z.string().check(z.regex(/^[a-z-]{1,40}$/)), z.string().check(z.maxLength(200)));
const version = z.string().check(z.minLength(1), z.maxLength(128));

/** What is to be done with a tool's files. */
const order = z.discriminatedUnion('does', [
  z.strictObject({
    does: z.literal('connect'),
    models: z._default(models, {}),
    /** A client key of its own, made when it has none yet; else the gateway's common key, or none. */
    ownKey: z._default(z.boolean(), true),
  }),
  /** Takes out exactly what the gateway wrote; whatever else was changed since stays. */
  z.strictObject({ does: z.literal('remove') }),
  /** Takes what somebody changed since for theirs: it is no difference any more, and removing leaves it. Writes no file. */
  z.strictObject({ does: z.literal('keep') }),
  /** Back to a copy, whole. */
  z.strictObject({
    does: z.literal('restore'),
    backup: z.string().check(z.minLength(1), z.maxLength(300)),
  }),
  /** Puts `#` before the line that sets a variable. */
  z.strictObject({
    does: z.literal('silence'),
    variable: z.string().check(z.regex(/^[A-Z][A-Z0-9_]{1,99}$/)),
    file: z.string().check(z.minLength(1), z.maxLength(500)),
  }),
]);
export type ConnectOrder = z.output<typeof order>;

export const connectProcedures = {
  /** Looks at the files anew each time. */
  'connect.list': define(nothing).returns<ConnectView>(),
  'connect.plan': define(z.strictObject({ tool, order })).returns<ConnectPlan>(),
  /** Does what the plan of this version said, after a dated copy of each file. */
  'connect.apply': define(z.strictObject({ tool, order, version })).returns<ToolView>(),
  /** Sends one small request to the gateway's own address: the tool's format, the key of its files, this model. */
  'connect.test': define(
    z.strictObject({ tool, model: z.string().check(z.minLength(1), z.maxLength(200)) }),
  ).returns<ToolTest>(),
};
