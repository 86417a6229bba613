/** One handler for each procedure; a missing or extra one does not compile. */
import type { Handlers } from '../../contract/rpc/procedures.ts';
import { aliasHandlers } from './aliases.ts';
import { backupHandlers } from './backup.ts';
import { budgetHandlers } from './budgets.ts';
import { cacheHandlers } from './cache.ts';
import { chatFileHandlers } from './chat-files.ts';
import { clientHandlers } from './clients.ts';
import { complexityHandlers } from './complexity.ts';
import { configTransferHandlers } from './config-transfer.ts';
import { connectHandlers } from './connect.ts';
import { conversationHandlers } from './conversations.ts';
import { diagnosticsHandlers } from './diagnostics.ts';
import { explainHandlers } from './explain.ts';
import { keyGroupHandlers } from './key-groups.ts';
import { keyHandlers } from './keys.ts';
import { modelHandlers } from './models.ts';
import { pauseHandlers } from './pause.ts';
import { playgroundHandlers } from './playground.ts';
import type { ControlPorts } from './ports.ts';
import { presetHandlers } from './presets.ts';
import { priceHandlers } from './prices.ts';
import { providerHandlers } from './providers.ts';
import { createRemovals } from './removals.ts';
import { requestHandlers } from './requests.ts';
import { ruleHandlers } from './rules.ts';
import { savedViewHandlers } from './saved-views.ts';
import { settingHandlers } from './settings.ts';
import { transferHandlers } from './transfer/handlers.ts';

export function createHandlers(ports: ControlPorts): Handlers {
  const removals = createRemovals(ports.clock);
  return {
    'gateway.status': () => Promise.resolve(ports.status()),
    'alerts.list': () => Promise.resolve(ports.status().alerts),
    ...aliasHandlers(ports, removals),
    ...pauseHandlers(ports),
    ...requestHandlers(ports),
    ...priceHandlers(ports),
    ...providerHandlers(ports, removals),
    ...keyHandlers(ports),
    ...keyGroupHandlers(ports, removals),
    ...modelHandlers(ports),
    ...playgroundHandlers(ports),
    ...presetHandlers(ports),
    ...backupHandlers(ports),
    ...budgetHandlers(ports),
    ...cacheHandlers(ports),
    ...chatFileHandlers(ports),
    ...clientHandlers(ports, removals),
    ...complexityHandlers(ports),
    ...configTransferHandlers(ports),
    ...connectHandlers(ports),
    ...conversationHandlers(ports),
    ...diagnosticsHandlers(ports),
    ...explainHandlers(ports),
    ...ruleHandlers(ports),
    ...savedViewHandlers(ports),
    ...settingHandlers(ports),
    ...transferHandlers(ports),
  };
}
