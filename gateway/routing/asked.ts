/** What routing knows of a request. What costs something to find out is found out only when a rule asks. */

export interface Asked {
  /** As the client wrote it; the default model where it wrote none. */
  readonly model: string;
  /** Id of the configured client; null where no key is needed. */
  readonly client: string | null;
  /** Name of the calling program; null where it tells none. */
  readonly app: string | null;
  /** Bytes of the body. */
  readonly bytes: number;
  /** Value of a header by its name in lower case; never a credential's. */
  header(name: string): string | undefined;
  /** Local time: the day of the week, 0 for Sunday, and minutes since midnight. */
  time(): { readonly day: number; readonly minute: number };
  tools(): boolean;
  images(): boolean;
}
