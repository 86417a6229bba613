/** Every procedure of the control plane, by name. A handler map that misses one, or has one more, does not compile. */
import type { HandlersOf, ProgressOf } from './define.ts';
import { alertProcedures } from './procedures/alerts.ts';
import { aliasProcedures } from './procedures/aliases.ts';
import { backupProcedures } from './procedures/backup.ts';
import { budgetProcedures } from './procedures/budgets.ts';
import { cacheProcedures } from './procedures/cache.ts';
import { chatFileProcedures } from './procedures/chat-files.ts';
import { clientProcedures } from './procedures/clients.ts';
import { complexityProcedures } from './procedures/complexity.ts';
import { configTransferProcedures } from './procedures/config-transfer.ts';
import { connectProcedures } from './procedures/connect.ts';
import { conversationProcedures } from './procedures/conversations.ts';
import { diagnosticsProcedures } from './procedures/diagnostics.ts';
import { gatewayProcedures } from './procedures/gateway.ts';
import { modelProcedures } from './procedures/models.ts';
import { playgroundProcedures } from './procedures/playground.ts';
import { presetProcedures } from './procedures/presets.ts';
import { priceProcedures } from './procedures/prices.ts';
import { providerProcedures } from './procedures/providers.ts';
import { requestProcedures } from './procedures/requests.ts';
import { requestTransferProcedures } from './procedures/request-transfer.ts';
import { routingProcedures } from './procedures/routing.ts';
import { settingProcedures } from './procedures/settings.ts';
import { viewProcedures } from './procedures/views.ts';

export const procedures = {
  ...alertProcedures,
  ...aliasProcedures,
  ...backupProcedures,
  ...budgetProcedures,
  ...cacheProcedures,
  ...chatFileProcedures,
  ...clientProcedures,
  ...complexityProcedures,
  ...configTransferProcedures,
  ...connectProcedures,
  ...conversationProcedures,
  ...diagnosticsProcedures,
  ...gatewayProcedures,
  ...modelProcedures,
  ...playgroundProcedures,
  ...presetProcedures,
  ...priceProcedures,
  ...providerProcedures,
  ...requestProcedures,
  ...requestTransferProcedures,
  ...routingProcedures,
  ...settingProcedures,
  ...viewProcedures,
};

export type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;

/** Procedures that tell their caller how far they are. */
export type TellingProcedureName = {
  [Name in ProcedureName]: [ProgressOf<Procedures[Name]>] extends [never] ? never : Name;
}[ProcedureName];

/** One handler for each procedure. */
export type Handlers = HandlersOf<Procedures>;
