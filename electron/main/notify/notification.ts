/** Notifications of the system. */
import { Notification } from 'electron';

/** Shows one; `act` runs when it is clicked. Does nothing where the system has no notifications. */
export function notify(text: { readonly title: string; readonly body: string }, act: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification(text);
  notification.on('click', act);
  notification.show();
}
