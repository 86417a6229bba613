/** What a provider has to fetch, to open or to know, so that it is of no use to it in other words. Pure. */

/** Members that hold where something lies. */
const ADDRESSES: ReadonlySet<string> = new Set([
  ...['url', 'uri', 'image_url', 'video_url', 'audio_url', 'document_url', 'file_url', 'server_url'],
  ...['fileUri', 'file_uri', 'image', 'images', 'endpoint'],
]);
/** What holds its own data lies nowhere. */
const ADDRESS = /^(?!data:)[a-z][a-z\d+.-]*:\/\//i;

/** Members of what a provider talks to for the client, by the name of what they stand in. */
const CREDENTIALS: ReadonlyMap<string, string> = new Map([
  ['tools', 'authorization'],
  ['mcp_servers', 'authorization_token'],
  ['domain_secrets', 'value'],
]);
/** What has headers for a server that a provider talks to. */
const SERVERS: ReadonlySet<string> = new Set([
  ...['tools', 'mcp_servers', 'streamableHttpTransport', 'streamable_http_transport'],
]);

/** @param path names of the objects that the member lies in, which are none that tools are given */
export const isNeeded = (name: string, text: string, path: readonly string[]): boolean =>
  (ADDRESSES.has(name) && ADDRESS.test(text)) || isCredential(name, path);

function isCredential(name: string, path: readonly string[]): boolean {
  const parent = path.at(-1) ?? '';
  if (parent === 'headers') return SERVERS.has(path.at(-2) ?? '');
  if (path[0] === 'data_sources' && path.includes('authentication')) return true;
  return CREDENTIALS.get(parent) === name;
}
