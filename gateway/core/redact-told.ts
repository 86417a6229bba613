/** Takes secrets out of a saying: its sentence, its values, and what it has inside it. */
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

/** Every text in a saying that a secret could stand in. */
export const textsOfTold = ({ values, text, reason, parts = [] }: Told): readonly string[] => [
  text,
  ...Object.values(values).map(String),
  ...[...(reason === undefined ? [] : [reason]), ...parts].flatMap(textsOfTold),
];
