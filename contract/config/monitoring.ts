/** Configuration of measurements and alerts: `monitoring:` of the configuration file. */
import * as z from 'zod/mini';
import { duration, port } from './values.ts';
import { SAID } from '../rpc/schema-sayings.ts';

const share = z.number().check(z.gt(0), z.maximum(1));
const window = z._default(duration, 300_000);
/** Fewer requests than this in a window say nothing. */
const atLeast = z._default(z.int().check(z.minimum(1), z.maximum(1_000_000)), 20);

export const alertSchema = z.discriminatedUnion('when', [
  /** More than a share of the requests of a window failed through no fault of their client. */
  z.strictObject({
    when: z.literal('error_rate'),
    above: share,
    window,
    at_least: atLeast,
    /** Only requests of this provider. */
    provider: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  }),
  /** More than a share of them took longer: with percentile 95 one in twenty. */
  z.strictObject({
    when: z.literal('latency'),
    /** Whole answer, or first content where it is streamed. */
    above: duration,
    percentile: z._default(z.number().check(z.minimum(1), z.maximum(99.9)), 95),
    window,
    at_least: atLeast,
    provider: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  }),
  /** A budget has passed the first of its `warn_at`, or is spent. */
  z.strictObject({ when: z.literal('budget') }),
  /** A provider that is in use has had no usable key for so long. */
  z.strictObject({ when: z.literal('provider_down'), for: z._default(duration, 60_000) }),
]);
export type AlertConfig = z.output<typeof alertSchema>;

export const monitoringSchema = z.strictObject({
  /** Off: no `/metrics` and no alerts. */
  enabled: z._default(z.boolean(), true),
  /** A port of its own for `/metrics` and the probes, which stay where they are as well; absent: none, 0: a free one. */
  port: z.optional(port),
  /** Address that port is bound at; absent: that of `server.host`. */
  host: z.optional(z.string().check(z.minLength(1))),
  /** How often alerts are looked at. */
  interval: z._default(duration, 1_000),
  alerts: z._default(z.array(alertSchema).check(z.maxLength(50)), []),
  webhook: z.prefault(
    z.strictObject({
      /** Alerts are sent there as JSON; empty: nowhere. */
      url: z._default(
        z.string().check(
          z.refine((text) => text === '' || /^https?:\/\/[^\s/]+/.test(text), {
            error: SAID.webhook.text,
          }),
        ),
        '',
      ),
      /** Sent along as `authorization: Bearer …`; empty: none. */
      token: z._default(z.string(), ''),
    }),
    {},
  ),
});
export type MonitoringConfig = z.output<typeof monitoringSchema>;
