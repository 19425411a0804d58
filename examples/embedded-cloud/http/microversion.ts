import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';
import { CloudFault } from './cloud-fault.ts';

/** A microversion as two numbers, and as the text of header fields. */
export interface RequestedVersion {
  readonly major: number;
  readonly minor: number;
  readonly text: string;
}

const LOWEST_MINOR = 1;
const STANDARD_HEADER = 'OpenStack-API-Version';
const LEGACY_HEADER = 'X-OpenStack-Nova-API-Version';

/** Read the microversion of a request: the new header, else the old one, else 2.1; throw a 400 if malformed. */
export function readMicroversion(headers: IncomingHttpHeaders, maximumMinor: number): RequestedVersion {
  const text = standardVersion(headers) ?? legacyVersion(headers) ?? `2.${LOWEST_MINOR}`;
  if (text === 'latest') return version(2, maximumMinor);
  const match = /^([1-9]\d*)\.([1-9]\d*|0)$/.exec(text);
  if (match === null) {
    throw new CloudFault(400, `API Version String ${text} is of invalid format. Must be of format MajorNum.MinorNum.`);
  }
  return version(Number(match[1]), Number(match[2]));
}

/** The microversion of `/v2`, which ignores the headers of a request. */
export const LEGACY_MICROVERSION: RequestedVersion = version(2, LOWEST_MINOR);

/** Refuse microversions below 2.1 or above the cloud's maximum with 406. */
export function refuseOutOfRange({ major, minor, text }: RequestedVersion, maximumMinor: number): void {
  if (major === 2 && minor >= LOWEST_MINOR && minor <= maximumMinor) return;
  throw new CloudFault(
    406,
    `Version ${text} is not supported by the API. Minimum is 2.${LOWEST_MINOR} and maximum is 2.${maximumMinor}.`,
  );
}

/** Create the headers that name the microversion of a response; each request header has its own Vary line. */
export function microversionHeaders({ text }: RequestedVersion): Answer['headers'] {
  return {
    [STANDARD_HEADER]: `compute ${text}`,
    [LEGACY_HEADER]: text,
    Vary: [STANDARD_HEADER, LEGACY_HEADER],
  };
}

function version(major: number, minor: number): RequestedVersion {
  return { major, minor, text: `${major}.${minor}` };
}

function standardVersion(headers: IncomingHttpHeaders): string | undefined {
  const wanted = values(headers, STANDARD_HEADER)
    .map((value) => /^compute\s+(\S.*)$/i.exec(value)?.[1])
    .filter((value) => value !== undefined);
  return wanted.at(-1);
}

function legacyVersion(headers: IncomingHttpHeaders): string | undefined {
  return values(headers, LEGACY_HEADER).at(-1);
}

function values(headers: IncomingHttpHeaders, name: string): readonly string[] {
  const header = headers[name.toLowerCase()];
  return header === undefined
    ? []
    : [header]
        .flat()
        .join(',')
        .split(',')
        .map((value) => value.trim());
}
