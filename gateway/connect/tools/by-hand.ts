/** Tools without a file of settings that a program may write. */
import { atHome, byHand } from './parts.ts';

/** Its connections lie in a database of its own, often in a container. */
export const openWebUi = byHand({
  id: 'open-webui',
  name: 'Open WebUI',
  kind: 'app',
  dialect: 'openai-chat',
  programs: ['open-webui'],
  apps: ['Open WebUI'],
});

/** A library: the program that uses it says where it asks. */
export const langchain = byHand({
  id: 'langchain',
  name: 'LangChain',
  kind: 'app',
  dialect: 'openai-chat',
  apps: ['LangChain'],
});

export const cursor = byHand({
  id: 'cursor',
  name: 'Cursor',
  kind: 'tool',
  dialect: 'openai-chat',
  programs: ['cursor'],
  folders: [atHome('.cursor')],
  apps: ['Cursor'],
  unreachable: 'cursor-away',
});
