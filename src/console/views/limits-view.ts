import { namedSettings } from '../../config/named-settings.ts';
import { describedCapacities } from '../../observe/capacities.ts';
import { measuredIn, regionOf, valuesOf, type ConsoleSources } from './sources.ts';
import type { LimitView } from './view-types.ts';

/** List the limits with their use, summed over all workers: one for each region where each has its own. */
export async function viewLimits({ snapshot: read }: ConsoleSources): Promise<readonly LimitView[]> {
  const snapshot = await read();
  return describedCapacities().flatMap(([metric, { help, limitedBy = '' }]) => {
    const limiting = namedSettings.filter(({ path }) => limitedBy.split(' ').includes(path.join('.')));
    return valuesOf(snapshot, metric).map((value) => ({
      metric,
      region: regionOf(value),
      help,
      used: value.value,
      limit: measuredIn(snapshot, `${metric}_limit`, regionOf(value)) ?? null,
      unit: limiting[0]?.setting.unit ?? null,
      settings: limiting.map(({ path }) => path.join('.')),
    }));
  });
}
