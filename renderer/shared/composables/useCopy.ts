/** Copying text: by the desktop app, by the browser, or where plain HTTP gives the page no clipboard, by hand. */
import { useI18n } from 'vue-i18n';
import { useDesktop, type Desktop } from '../rpc/desktop.ts';
import { useToasts } from './useToasts.ts';

/** @returns a function that copies and tells how it went; `what` names the thing in the user's language */
export function useCopy(): (text: string, what: string) => Promise<boolean> {
  const { t } = useI18n();
  const toasts = useToasts();
  const desktop = useDesktop();
  return async (text, what) => {
    const copied = await (desktop === null ? copyText(text) : copyByHost(desktop, text));
    if (copied) toasts.add({ kind: 'ok', title: t('common.copied', { what }) });
    else toasts.add({ kind: 'failed', title: t('common.notCopied', { what }) });
    return copied;
  };
}

async function copyByHost(desktop: Desktop, text: string): Promise<boolean> {
  try {
    await desktop.call('desktop.copyText', { text });
    return true;
  } catch {
    return false;
  }
}

async function copyText(text: string): Promise<boolean> {
  if (!window.isSecureContext) return copyBySelection(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The old way: it needs no secure context, only a selection. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.value = text;
  area.readOnly = true;
  area.className = 'fixed top-0 left-0 opacity-0';
  // Inside an open dialog, or its focus trap would take the selection away.
  (document.querySelector('[role=dialog]') ?? document.body).append(area);
  area.select();
  // oxlint-disable-next-line typescript/no-deprecated -- all there is over plain HTTP
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
