/** Notifications of the system. */
import { Notification } from 'electron';

/** Shows one; `act` runs when it is clicked. @returns false where the system has no notifications */
export function notify(text: { readonly title: string; readonly body: string }, act: () => void): boolean {
  if (!Notification.isSupported()) return false;
  const notification = new Notification(text);
  notification.on('click', act);
  notification.show();
  return true;
}
