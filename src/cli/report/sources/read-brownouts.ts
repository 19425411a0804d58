import type { LedgerKey } from '../../../ledger/entry.ts';
import { networkRangeIn } from '../../../retirement/network-range.ts';
import { brownoutWindows } from '../../../retirement/past-windows.ts';
import { readRetirementFile, RetirementFileError } from '../../../retirement/read/read-file.ts';
import { Retirement } from '../../../retirement/retirement.ts';
import type { PastBrownout } from '../../../way-out/brownout.ts';
import { UsageError } from '../../command.ts';

/** The most windows of brownouts that are looked at. */
const mostWindows = 1000;

/** Read the brownouts of a retirement file that are over. @param path '' for none @throws {UsageError} */
export function readBrownouts(path: string, since: number, now: number): readonly PastBrownout[] {
  if (path === '') return [];
  const retirement = new Retirement(fileAt(path));
  const { file } = retirement;
  return brownoutWindows(file, { from: since, to: now }, mostWindows)
    .filter(({ to }) => to <= now)
    .map(({ from, to, name }) => ({
      from,
      until: to,
      isForAll: isForAll(file, name),
      covers: coverOf(retirement, name),
    }));
}

function fileAt(path: string): Retirement['file'] {
  try {
    return readRetirementFile(path);
  } catch (error) {
    if (error instanceof RetirementFileError) throw new UsageError(error.message);
    throw error;
  }
}

/** Check that a brownout refuses everybody. An exception hides a client that is left. */
function isForAll({ brownouts, except }: Retirement['file'], name: string): boolean {
  const brownout = brownouts.find((each) => each.name === name);
  return brownout?.only === undefined && brownout?.except.length === 0 && except.length === 0;
}

function coverOf(retirement: Retirement, name: string): PastBrownout['covers'] {
  return ({ project, agent, network, reason }: LedgerKey) => {
    const subject = { project, agent, network: networkRangeIn(network), reasons: [reason] };
    return retirement.hitsOf(subject).some((hit) => hit.name === name && hit.match === 'yes');
  };
}
