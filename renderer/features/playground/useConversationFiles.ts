/** Conversations as files of the user: written out, and read back in. */
import { useI18n } from 'vue-i18n';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { saveFile } from '../../shared/utils/save-file.ts';
import { fileNameOf, filesOf, readJson, requestOf, writeJson, writeMarkdown } from './conversation-file.ts';
import { makeId } from './conversation.ts';
import { conversationOf } from './from-request.ts';
import { useConversations } from './conversations.ts';
import { useLeftOut } from './useLeftOut.ts';

export type FileForm = 'json' | 'markdown';

/** A conversation has 16 MB at most, its files are base64 beside it. Bytes. */
const MOST = 300_000_000;

export interface ConversationFiles {
  readonly save: (conversation: Conversation, form: FileForm) => Promise<void>;
  /** @returns ids of the conversations that were made; what could not be read is told */
  readonly read: (files: readonly File[]) => Promise<readonly string[]>;
}

export function useConversationFiles(): ConversationFiles {
  const { t } = useI18n();
  const rpc = useRpc();
  const saved = useConversations();
  const toasts = useToasts();
  const failureText = useFailureText();
  const leftOutWords = useLeftOut();

  async function contentsOf(conversation: Conversation): Promise<Readonly<Record<string, string>>> {
    const contents: [string, string][] = [];
    // One at a time: together they may be far larger than the conversation.
    for (const { hash } of filesOf(conversation)) {
      contents.push([hash, (await rpc.call('chatFiles.get', { hash })).base64]);
    }
    return Object.fromEntries(contents);
  }

  /** A request in OpenAI's format, or its messages alone. */
  async function takeRequest(text: string, name: string): Promise<string> {
    const body = requestOf(text);
    if (body === null) throw new Error(t('playground.list.notAChat'));
    const chat = await rpc.call('playground.read', { format: 'openai-chat', body });
    const title = name.replace(/\.json$/i, '');
    const { conversation } = conversationOf(chat, { title, draft: false }, Date.now());
    await saved.put(conversation);
    const missing = leftOutWords(chat.leftOut);
    if (missing !== null) toasts.add({ kind: 'warning', title: missing });
    return conversation.id;
  }

  async function take(file: File): Promise<string> {
    const text = file.size > MOST ? '' : await file.text();
    const read = readJson(text);
    if (read === null) return takeRequest(text, file.name);
    for (const base64 of Object.values(read.files)) await rpc.call('chatFiles.put', { base64 });
    // Never in place of one that is there.
    const conversation = { ...read.conversation, id: makeId(), updatedAt: Date.now() };
    await saved.put(conversation);
    return conversation.id;
  }

  return {
    async save(conversation, form) {
      if (form === 'json') {
        const text = writeJson({ conversation, files: await contentsOf(conversation) });
        saveFile([text], fileNameOf(conversation.title, 'json'), 'application/json');
        return;
      }
      const text = writeMarkdown(conversation, {
        untitled: t('playground.untitled'),
        system: t('playground.system'),
        you: t('playground.you'),
        answer: t('playground.answer'),
        reasoning: t('playground.reasoningHeading'),
        call: t('playground.tool.callWord'),
        result: t('playground.tool.resultWord'),
      });
      saveFile([text], fileNameOf(conversation.title, 'md'), 'text/markdown');
    },
    async read(files) {
      const made: string[] = [];
      for (const file of files) {
        try {
          made.push(await take(file));
        } catch (error) {
          const title = t('playground.list.notImported', { name: file.name });
          toasts.add({ kind: 'failed', title, text: failureText(error) });
        }
      }
      return made;
    },
  };
}
