// The preload script of the small app.
const { contextBridge, ipcRenderer } = require('electron');

let refused = '';
try {
  require('node:fs');
} catch (error) {
  refused = error.message;
}
contextBridge.exposeInMainWorld('tried', {
  refused,
  invoke: (channel, value) => ipcRenderer.invoke(channel, value),
  onPush: (listener) => {
    const heard = (_event, message) => listener(message);
    ipcRenderer.on('pushed', heard);
    return () => ipcRenderer.removeListener('pushed', heard);
  },
});
