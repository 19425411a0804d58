import type { Config } from '../settings.ts';

/** The limits of legacy Nova's quotas in force, by the setting that holds each. */
export function limitsOf({ personality, metadata }: Config): ReadonlyMap<string, number> {
  const sections = { personality, metadata };
  return new Map(
    Object.entries(sections).flatMap(([section, values]) =>
      Object.entries(values).flatMap(([key, value]: [string, unknown]) =>
        typeof value === 'number' ? [[`${section}.${key}`, value] as const] : [],
      ),
    ),
  );
}
