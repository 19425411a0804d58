import type { Translation } from '../gateway/translation.ts';
import { diffOf, type DiffLine } from './diff.ts';
import type { Masking } from './mask.ts';
import { callersLines, cloudLines } from './message-lines.ts';

/**
 * Compare the caller's request with that to the cloud, line by line. Names of header fields are equal in any case. A request of
 * which nothing is sent is shown as it came.
 */
export function requestDiff({ given, sent }: Translation, masking: Masking): readonly DiffLine[] {
  const before = callersLines(given, masking);
  if (sent === undefined) return before.map((text) => ({ sign: ' ', text }));
  return diffOf(before, cloudLines(sent, given, masking), (line) => {
    const [, name, value] = /^([\w-]+): (.*)$/s.exec(line) ?? [];
    return name === undefined ? line : `${name.toLowerCase()}: ${value}`;
  });
}
