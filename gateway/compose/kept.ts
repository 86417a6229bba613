/** What the engine remembers in files of the data folder, apart from log, configuration and secrets. */
import { join } from 'node:path';
import type { Config } from '../../contract/config/schema.ts';
import type { PlaygroundPorts } from '../control/playground-ports.ts';
import type { EventHub } from '../control/event-hub.ts';
import type { SignatureVault } from '../core/signature-vault.ts';
import type { GatewayPorts } from '../index.ts';
import { createBudgets, type BudgetState } from '../state/budgets.ts';
import { createBudgetsFile } from '../state/budgets-file.ts';
import { createChatFiles } from '../state/chat-files.ts';
import { createConversations } from '../state/conversations.ts';
import { createHits, type HitsState } from '../state/hits.ts';
import { createHitsFile } from '../state/hits-file.ts';
import { createPresets } from '../state/presets.ts';
import { createSignatures } from '../state/signatures.ts';
import { createViews, type Views } from '../state/views.ts';
import { budgetRules } from './budget-rules.ts';

export interface Kept {
  readonly vault: SignatureVault;
  readonly playground: Pick<PlaygroundPorts, 'conversations' | 'chatFiles' | 'presets'>;
  readonly savedViews: Views;
  readonly budgets: BudgetState;
  readonly hits: HitsState;
  /** Writes what is not written yet. Never rejects. */
  close(): Promise<void>;
}

/** Resolves when what earlier runs left has been read. @param changed something about budgets that a user can see */
export async function openKept(
  { dataFolder, clock, logger }: Pick<GatewayPorts, 'dataFolder' | 'clock' | 'logger'>,
  config: () => Config,
  hub: Pick<EventHub, 'publish'>,
  changed: () => void,
): Promise<Kept> {
  const vault = createSignatures({ file: join(dataFolder, 'signatures.jsonl'), clock, logger });
  const conversationFolder = join(dataFolder, 'conversations');
  const chatFiles = createChatFiles({
    folder: join(conversationFolder, 'files'),
    logger,
    now: () => clock.wall(),
  });
  const conversations = createConversations({
    folder: conversationFolder,
    logger,
    files: chatFiles,
    changed: (data) => hub.publish({ topic: 'conversations.changed', data }),
  });
  const presets = createPresets({ file: join(dataFolder, 'presets.json'), logger });
  const savedViews = createViews({ file: join(dataFolder, 'views.json'), logger });
  const budgets = createBudgets({
    clock,
    logger,
    file: createBudgetsFile(join(dataFolder, 'budgets.json')),
    rules: budgetRules(config),
    changed,
  });
  const hits = createHits({ clock, logger, file: createHitsFile(join(dataFolder, 'hits.json')) });
  await Promise.all([budgets.load(), hits.load()]);
  return {
    vault,
    playground: { conversations, chatFiles, presets },
    savedViews,
    budgets,
    hits,
    async close() {
      await Promise.all([
        conversations.settled(),
        presets.settled(),
        savedViews.settled(),
        vault.close(),
        budgets.close(),
        hits.close(),
      ]);
    },
  };
}
