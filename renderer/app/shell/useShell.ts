/** What of the frame is open: its dialogs and panels, which commands, keys, buttons and the menu all open. */
import { ref } from 'vue';
import { defineStore } from 'pinia';

export const useShell = defineStore('shell', () => ({
  palette: ref(false),
  cheatSheet: ref(false),
  problems: ref(false),
  /** Counts how often somebody wanted to go to the notes. */
  notesWanted: ref(0),
}));
