/**
 * Stands where packages import `electron` in unit tests: Node's own package of that name would download the
 * program. Nothing of it is there, as in a process that is not Electron's; our own modules get what they use
 * of Electron as parameters.
 */
const electron = { app: undefined, ipcMain: undefined, ipcRenderer: undefined, shell: undefined };

export { electron as default };
