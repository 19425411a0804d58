import type { PastBrownout } from '../../../way-out/brownout.ts';
import { pastBrownouts } from '../../../way-out/brownouts/past-brownouts.ts';
import { loadRetirementFile } from '../../retire/retire-file.ts';

/** Read the brownouts of a retirement file that are over. @param path '' for none @throws {UsageError} */
export function readBrownouts(path: string, since: number, now: number): readonly PastBrownout[] {
  return path === '' ? [] : pastBrownouts(loadRetirementFile(path), since, now);
}
