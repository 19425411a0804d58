import { spawnGateway } from './gateway-process.ts';

/** The end and the output of a check. */
export interface Reached {
  readonly code: number | null;
  /** The lines of the steps. */
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** Run `--check --reach` with these settings. */
export async function reach(settings: Readonly<Record<string, string>>): Promise<Reached> {
  const check = spawnGateway(settings, '--check', '--reach');
  try {
    const code = await check.ended();
    const lines = check.stdout().trimEnd().split('\n').slice(1);
    return { code, lines, stderr: check.stderr() };
  } finally {
    check.kill();
  }
}
