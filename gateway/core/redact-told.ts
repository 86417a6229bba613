/** Takes out of a saying what must not, or need not, be kept: of its sentence, its values, and what it has inside. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';

export function redactTold(told: Told, redact: (text: string) => string): Told {
  const { code, values, text, reason, parts } = told;
  return {
    code,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? redact(value) : value,
      ]),
    ),
    text: redact(text),
    ...(reason === undefined ? {} : { reason: redactTold(reason, redact) }),
    ...(parts === undefined ? {} : { parts: parts.map((part) => redactTold(part, redact)) }),
  };
}

/** For rows: what a saying has inside stands in its own text, and an upstream's words are long. */
export function withoutInnerText({ reason, parts, ...told }: Told): Told {
  const inner = (one: Told): Told => ({ ...withoutInnerText(one), text: '' });
  return {
    ...told,
    ...(reason === undefined ? {} : { reason: inner(reason) }),
    ...(parts === undefined ? {} : { parts: parts.map(inner) }),
  };
}

/** Every text in a saying that a secret could stand in. */
export const textsOfTold = ({ values, text, reason, parts = [] }: Told): readonly string[] => [
  text,
  ...Object.values(values).map(String),
  ...[...(reason === undefined ? [] : [reason]), ...parts].flatMap(textsOfTold),
];
