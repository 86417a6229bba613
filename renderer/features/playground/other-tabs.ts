/** Tabs of one browser show the same conversations: each tells the others what it saved. */

const MARK = 'switchyard.playground.saved';

export function tellOtherTabs(conversation: string): void {
  try {
    // The moment makes every mark a change, and only changes are heard.
    localStorage.setItem(MARK, `${conversation} ${Date.now()}`);
  } catch {
    // A browser that keeps nothing has tabs that do not hear of each other; what is saved stays right.
  }
}

/**
 * @param heard gets the id of a conversation that another tab saved or removed
 * @returns how to stop listening
 */
export function followOtherTabs(heard: (conversation: string) => void): () => void {
  const listen = ({ key, newValue }: StorageEvent): void => {
    const [conversation = ''] = key === MARK ? (newValue ?? '').split(' ') : [];
    if (conversation !== '') heard(conversation);
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
