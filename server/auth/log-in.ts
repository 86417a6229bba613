/** Who may have a session: the holder of the admin password or, while none is set, of the token. */
import type { AdminToken } from './admin-token.ts';
import type { Attempts } from './attempts.ts';
import type { PasswordCheck } from './password.ts';
import { createSessions } from './sessions.ts';
import type { KeptSession, Sessions } from './sessions.ts';
import type { Clock } from '../../gateway/index.ts';

/** The part of the configuration that decides about log-in, as it is now. */
export interface AdminSettings {
  /** Empty: the token is asked for instead. */
  readonly password: string;
  /** True: log-in over plain HTTP is allowed from everywhere. */
  readonly insecure: boolean;
}

/** What somebody brings to log in. */
export interface Credentials {
  readonly token?: string | undefined;
  readonly password?: string | undefined;
}

/** Where a log-in comes from. */
export interface LogInOrigin {
  /** Address of the peer. */
  readonly address: string;
  /** Name or address in the Host header, without its port. */
  readonly host: string;
  /** True where the browser speaks TLS, with this process or with a proxy before it. */
  readonly secure: boolean;
}

export type LogInResult =
  | { readonly ok: true; readonly cookie: string }
  | { readonly ok: false; readonly reason: 'insecure' | 'wrong'; readonly message: string }
  | { readonly ok: false; readonly reason: 'wait'; readonly message: string; readonly wait: number };

export interface LogIn {
  readonly sessions: Sessions;
  logIn(credentials: Credentials, origin: LogInOrigin): Promise<LogInResult>;
}

export function createLogIn(options: {
  readonly clock: Clock;
  readonly settings: () => AdminSettings;
  readonly token: AdminToken;
  readonly passwords: PasswordCheck;
  readonly attempts: Attempts;
  /** Gets the sessions that should outlive this process, whenever they changed. */
  readonly keep?: (sessions: readonly KeptSession[]) => void;
}): LogIn {
  const { settings, token, passwords, attempts, keep } = options;
  const credential = (): string => {
    const { password } = settings();
    return password === '' ? `token ${token.digest()}` : `password ${password}`;
  };
  const sessions = createSessions({
    clock: options.clock,
    credential,
    ...(keep === undefined ? {} : { keep }),
  });

  return {
    sessions,
    async logIn(credentials, origin) {
      const { password, insecure } = settings();
      if (!origin.secure && !insecure && !isLoopbackName(origin.host)) {
        return { ok: false, reason: 'insecure', message: insecureSentence(origin.host) };
      }
      const names = attemptNames(credentials, origin.address);
      const wait = attempts.begin(names);
      if (wait > 0) return { ok: false, reason: 'wait', wait, message: waitSentence(wait) };
      const right =
        password === ''
          ? await token.matches(credentials.token ?? '')
          : await passwords.matches(password, credentials.password ?? '');
      if (!right) return { ok: false, reason: 'wrong', message: wrongSentence(password) };
      attempts.succeed(names);
      return { ok: true, cookie: sessions.open() };
    },
  };
}

/**
 * A password is guessed at by many addresses, so the account counts too. A token of 256 bits cannot be
 * guessed: counting it per account would only let strangers keep the owner out.
 */
function attemptNames(credentials: Credentials, address: string): readonly string[] {
  const network = `address ${networkOf(address)}`;
  return credentials.password === undefined ? [network] : ['account admin', network];
}

/** One IPv6 customer holds a whole /64; an IPv4 address may come mapped into IPv6. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

/** Names that reach this machine only, so nobody on the way can listen. */
export function isLoopbackName(host: string): boolean {
  return /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i.test(host);
}

const insecureSentence = (host: string): string =>
  `Logging in at ${host} over plain HTTP would show your password to the network. Open the page at http://localhost (for example through an SSH tunnel), put a proxy that speaks TLS and passes the Host header on in front, or set admin.insecure: true to accept the risk.`;

const waitSentence = (wait: number): string =>
  `Too many failed tries to log in. Try again in ${Math.ceil(wait / 1_000)} seconds.`;

const wrongSentence = (password: string): string =>
  password === ''
    ? 'That token is not the one of this gateway. Open the address printed at its start, or take the token from the file admin-token in its data folder.'
    : 'That is not the admin password of this gateway (ADMIN_PASSWORD, or admin.password in its configuration).';
