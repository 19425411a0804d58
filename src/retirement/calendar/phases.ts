import { windowsOf, type TimeWindow, type WindowTimes } from './windows.ts';

/** A stretch of time in which the same rules and the same windows are in force. */
export interface Phase<W, R> {
  /** The instant that was asked for; earlier ones were not computed. */
  readonly from: number;
  /** The next instant at which a window begins or ends, or a rule begins; Infinity if nothing changes any more. */
  readonly until: number;
  readonly windows: readonly (TimeWindow & { readonly source: W })[];
  readonly rules: readonly R[];
}

/** Compute what is in force at an instant. */
export function phaseAt<W extends { readonly times: WindowTimes }, R extends { readonly from: number }>(
  instant: number,
  sources: readonly W[],
  rules: readonly R[],
): Phase<W, R> {
  const coming = sources.flatMap((source) => {
    const { value: next } = windowsOf(source.times, instant).next();
    return next === undefined ? [] : [{ ...next, source }];
  });
  const windows = coming.filter(({ from }) => from <= instant);
  const changes = [
    ...coming.map(({ from, to }) => (from <= instant ? to : from)),
    ...rules.map(({ from }) => from).filter((from) => from > instant),
  ];
  return {
    from: instant,
    until: changes.reduce((least, change) => Math.min(least, change), Infinity),
    windows,
    rules: rules.filter(({ from }) => from <= instant),
  };
}
