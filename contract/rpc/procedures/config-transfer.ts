/** The configuration as one text to keep or carry elsewhere, without secrets, and such a text put into use. */
import * as z from 'zod/mini';
import { define, nothing } from '../define.ts';
import { SAID } from '../schema-sayings.ts';

export interface ConfigExport {
  /** `switchyard-config-2026-11-26.yaml` */
  readonly name: string;
  readonly text: string;
}

/** What of an import asks for a second look. */
export interface ImportRisk {
  readonly kind:
    /** It listens beyond its machine without any client key, so it answers nobody, these pages included. */
    | 'locks-out'
    /** Other machines reach it there. */
    | 'listens'
    /** The control plane has another password, or none. */
    | 'admin-password'
    | 'admin-insecure'
    /** Clients whose key is no longer taken. */
    | 'client-keys'
    /** Nobody is asked for a key any more. */
    | 'no-client-key'
    | 'open-to-all'
    /** Only these addresses and hosts get in. */
    | 'only-some'
    /** Pages of these origins may use the gateway. */
    | 'pages'
    /** Keys that are here already go to another address. */
    | 'keys-elsewhere'
    /** Variables of this machine that are read where they were not read before. */
    | 'variables'
    /** Files and folders that the gateway writes. */
    | 'files'
    | 'private-network'
    /** Alerts go there. */
    | 'alerts'
    | 'fewer-guards';
  readonly what: readonly string[];
}

export interface ConfigImportPlan {
  /** What is in the file now, without secrets. */
  readonly before: string;
  /** What would be in it, without secrets; those that are here already are taken over. */
  readonly after: string;
  /** Secrets that are neither in the text nor here: `providers[openai].keys[k1]`. */
  readonly missing: readonly string[];
  readonly risks: readonly ImportRisk[];
}

export interface ConfigImported {
  /** Where the configuration of before lies, with its secrets; null where there was none. */
  readonly copy: string | null;
  readonly missing: readonly string[];
}

/** A configuration is a few kilobytes; see gateway/config/document.ts. */
const text = z.string().check(z.maxLength(1_000_000, SAID.largeConfig.text));

export const configTransferProcedures = {
  'config.export': define(nothing).returns<ConfigExport>(),
  /** What an import would change; nothing does. @throws RpcError `invalid_input` with line and sentence for a broken one */
  'config.plan': define(z.strictObject({ text })).returns<ConfigImportPlan>(),
  /**
   * Keeps a dated copy of the file beside it, then replaces it, and puts the new one in force.
   * @throws RpcError `conflict` where the file is no longer what the plan showed, or an address cannot be bound
   */
  'config.import': define(z.strictObject({ text, before: z.string() })).returns<ConfigImported>(),
  /** Takes the last import back. @throws RpcError `conflict` where the file was changed since */
  'config.undoImport': define(nothing).returns<{ readonly undone: true }>(),
};
