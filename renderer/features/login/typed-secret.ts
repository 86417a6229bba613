/**
 * The secret in what was typed or pasted: the printed address (`http://…/#token=…`) stands for the token that it
 * brings. A password is taken as it is.
 */
export function secretIn(typed: string): string {
  const text = typed.trim();
  return /^https?:\/\/\S+#token=([A-Za-z0-9_-]+)$/.exec(text)?.[1] ?? text;
}
