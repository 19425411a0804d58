/** The result of one step on the way to the cloud, which is one line for the operator. */
export interface Finding {
  readonly step: 'DNS' | 'TCP' | 'TLS' | 'versions' | 'profile' | 'identity';
  readonly isOk: boolean;
  /** The further region that it is about. */
  readonly region?: string;
  /** The facts, and the mend of a failure; settings have the names of the configuration file. */
  readonly text: string;
}

/** The place to connect to, which is the cloud's or the proxy's, and the wait for each step. */
export interface Target {
  /** The setting or variable that names it. */
  readonly setting: string;
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** Return the code of an error of node or OpenSSL, or its name. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Make a text that others wrote safe for a terminal. */
export function printable(text: string): string {
  return text.replace(/[^ -~]+/g, '?').slice(0, 200);
}
