/** What the main thread and the token worker say to each other: one request, one reply. */
export interface EstimateRequest {
  readonly call: number;
  readonly texts: readonly string[];
}

export interface EstimateReply {
  readonly call: number;
  readonly tokens: number;
}
