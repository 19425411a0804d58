import { isDeepStrictEqual } from 'node:util';
import { assignAt, keepSources, namedSettings, sourcesOf, valueAt } from '../named-settings.ts';
import type { Config } from '../settings.ts';
import { isHeldBack, type Effect, type SettingPath } from '../effects.ts';

/** A configuration that can replace the one in use, with the paths of the settings whose values differ. */
export interface NextConfiguration {
  readonly config: Config;
  /** The settings that take effect. */
  readonly changed: readonly SettingPath[];
  /** The settings that have their former values in `config`, because they need more than this event. */
  readonly heldBack: readonly SettingPath[];
}

/**
 * Compare a configuration with the one in use, and give the settings that cannot change now their former values.
 * @param at the event: a reload, or a new port for callers
 */
export function holdBack(before: Config, after: Config, at: Exclude<Effect, 'restart'>): NextConfiguration {
  const config = {};
  const changed: SettingPath[] = [];
  const heldBack: SettingPath[] = [];
  for (const { path: segments } of namedSettings) {
    // The paths of the settings are those of the type that is made of them.
    const path = segments.join('.') as SettingPath;
    const [former, given] = [before, after].map((each) => valueAt(each, segments));
    const isChanged = !isDeepStrictEqual(former, given);
    const isHeld = isChanged && isHeldBack(path, at, before, after);
    if (isChanged) (isHeld ? heldBack : changed).push(path);
    assignAt(config, segments, isHeld ? former : given);
  }
  const former = heldBack.map((path) => [path, sourcesOf(before).get(path) ?? 'default'] as const);
  keepSources(config, new Map([...sourcesOf(after), ...former]));
  // Each setting has been assigned a value that its own parser made.
  return { config: config as Config, changed, heldBack };
}
