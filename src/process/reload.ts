import type { Environment } from '../config/environment.ts';
import { refusedSettings } from '../config/contradictions.ts';
import { loadConfig } from '../config/load.ts';
import { ConfigError } from '../config/mistakes.ts';
import type { Effect } from '../config/effects.ts';
import { holdBack } from '../config/reload/hold-back.ts';
import { mistakesIn, readAllResources, type AllResources } from '../server/resources/resources.ts';
import type { Config } from '../config/settings.ts';
import type { FileGauges } from '../observe/file-gauges.ts';
import type { Log } from '../observe/log.ts';
import { logNotices } from './notices.ts';

/** The parts of a process that a configuration changes. */
export interface ReloadTarget {
  readonly environment: Environment;
  readonly log: Log;
  readonly setReload: FileGauges['setReload'];
  /** Returns the configuration in use; undefined while the process ends. */
  readonly current: () => Config | undefined;
  /** Use a configuration whose files can be used. */
  readonly use: (config: Config, resources: AllResources) => void;
}

/**
 * The function that loads the configuration again, checks it as a start does, and uses it; false if it has mistakes: then the
 * log has all of them, and the former one stays in use. The variables of a process never change, so that only the file and what
 * it names can have changed.
 * @param at the event: a reload, or the start of new workers, for which more settings may change
 */
export type Reload = (at: Exclude<Effect, 'restart'>) => boolean;

/** Create the function. */
export function createReload(target: ReloadTarget): Reload {
  const { environment, log } = target;
  return (at) => {
    const current = target.current();
    if (current === undefined) {
      log.warn('configuration not read again: the shutdown is in progress');
      return false;
    }
    return useConfiguration(
      () => {
        const { config, changed, heldBack } = holdBack(current, loadConfig(environment), at);
        // The ports in use may not be those of the file.
        const mistakes = refusedSettings(config, environment);
        if (mistakes.length > 0) throw new ConfigError(mistakes);
        return {
          config,
          onUse: () => {
            log.info('configuration read again', { changed });
            if (changed.length > 0) logNotices(config, environment, log);
            if (heldBack.length > 0) log.warn('changed settings need a restart', { settings: heldBack });
          },
        };
      },
      { ...target, read: readAllResources },
    );
  };
}

/** A configuration to use. */
interface Given {
  readonly config: Config;
  readonly onUse?: () => void;
}

/** The parts of a process that a configuration changes, with the function that reads what they need. */
interface ReadingTarget<R> extends Pick<ReloadTarget, 'environment' | 'log' | 'setReload'> {
  readonly read: (config: Config, environment: Environment) => R;
  readonly use: (config: Config, resources: R) => void;
}

/**
 * Use a configuration, unless it has mistakes, or names something that cannot be used.
 * @param load returns the configuration. @throws {ConfigError} for one with mistakes
 */
export function useConfiguration<R>(
  load: () => Given,
  { environment, log, setReload, read, use }: ReadingTarget<R>,
): boolean {
  let found: (Given & { readonly resources: R }) | undefined;
  try {
    const given = load();
    found = { ...given, resources: read(given.config, environment) };
  } catch (error) {
    const mistakes = mistakesIn(error, environment);
    setReload('configuration', false);
    log.error('configuration not read again', { mistakes });
    return false;
  }
  use(found.config, found.resources);
  setReload('configuration', true);
  found.onUse?.();
  return true;
}
