/** The preload script: gives the page two functions and nothing of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE } from '../../contract/rpc/bridge.ts';
import { createBridge } from './bridge.ts';

contextBridge.exposeInMainWorld(
  BRIDGE,
  createBridge(ipcRenderer, () => crypto.randomUUID()),
);
