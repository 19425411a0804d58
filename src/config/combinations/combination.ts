import type { callerSettings } from '../settings/callers.ts';
import type { cloudSettings } from '../settings/cloud.ts';
import type { Setting } from '../settings/forms.ts';
import type { identitySettings } from '../settings/identity.ts';
import type { limitSettings } from '../settings/limits.ts';
import type { processSettings } from '../settings/process.ts';
import type { quotaSettings } from '../settings/quotas.ts';
import type { regionSettings } from '../settings/regions/regions.ts';
import type { wayOutSettings } from '../settings/way-out/way-out.ts';

/** Settings of which each has a good value, but which contradict each other. */
export interface Combination {
  /** The paths of the settings that it is about. It is not looked for while one of them has a mistake of its own. */
  readonly paths: readonly string[];
  /**
   * The consequence: `refused` for what nobody can mean, `contradiction` for a warning, `useless` for a warning that the first
   * setting has no effect, which is given only if its value is not the default.
   */
  readonly kind: 'refused' | 'contradiction' | 'useless';
  /** Check the values of the settings, in the order of the paths. */
  readonly isFound: (...values: readonly unknown[]) => boolean;
  /** The sentence for operators, with the mend. `{port}` stands for the name of a setting, `{port=}` for name and value. */
  readonly sentence: string;
}

/** Define settings that nobody can mean together: a start and a check refuse them. */
export function refuse<const P extends readonly SettingPath[]>(...rule: Rule<P>): Combination {
  return combination('refused', rule);
}

/** Define settings that hardly fit together, but may be meant: a start and a check warn of them. */
export function warn<const P extends readonly SettingPath[]>(...rule: Rule<P>): Combination {
  return combination('contradiction', rule);
}

/** Define a setting, the first of the paths, that has no effect beside the others: a start and a check warn of it. */
export function useless<const P extends readonly SettingPath[]>(...rule: Rule<P>): Combination {
  return combination('useless', rule);
}

type Rule<P extends readonly SettingPath[]> = readonly [
  paths: P,
  isFound: (...values: { readonly [I in keyof P]: ValueAt<P[I]> }) => boolean,
  sentence: string,
];

function combination<P extends readonly SettingPath[]>(
  kind: Combination['kind'],
  [paths, isFound, sentence]: Rule<P>,
): Combination {
  // The values of a combination are those of its paths, each parsed by its own setting.
  return { kind, paths, isFound: isFound as Combination['isFound'], sentence };
}

/** The settings of which combinations are defined, by their path and the type of their value. */
type Values = ValuesOf<
  typeof callerSettings.settings &
    typeof cloudSettings.settings &
    typeof identitySettings.settings &
    typeof limitSettings.settings &
    typeof processSettings.settings &
    typeof quotaSettings.settings &
    typeof regionSettings.settings &
    typeof wayOutSettings.settings
>;

/** The path of a setting, such as `upstream.url`. */
type SettingPath = keyof Values;
type ValueAt<P> = P extends SettingPath ? Values[P] : never;

type ValuesOf<T> = UnionToIntersection<ValueOf<T, ''>>;
type ValueOf<T, Group extends string> = {
  [K in keyof T & string]: T[K] extends Setting<infer V>
    ? { readonly [P in `${Group}${K}`]: V }
    : ValueOf<T[K], `${Group}${K}.`>;
}[keyof T & string];
type UnionToIntersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;
