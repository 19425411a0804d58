import { CloudFault, unexpected } from '../http/cloud-fault.ts';
import { pythonLength } from '../python/length.ts';
import type { PersonalityFile } from './server-rules.ts';

/** Nova's default quotas; path and contents are limited in characters as sent. */
export const QUOTAS = { metadataItems: 128, files: 5, path: 255, contents: 10_240, keyPairs: 100 } as const;

/** The members of a request that have a quota. */
export interface Counted {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly files?: readonly PersonalityFile[];
}

/** Throw Nova's 500 if a file of the personality lacks a member. */
export function refuseHalfFiles({ files = [] }: Counted): void {
  if (files.some(({ path, contents }) => path === undefined || contents === undefined)) throw unexpected('KeyError');
}

/** Refuse metadata and personalities above the quotas with 403. */
export function refuseOverQuota({ metadata = {}, files = [] }: Counted): void {
  const broken = LIMITS.find(({ isOver }) => isOver(Object.keys(metadata), files));
  if (broken !== undefined) throw new CloudFault(403, broken.message);
}

interface Limit {
  readonly message: string;
  readonly isOver: (metadataKeys: readonly string[], files: readonly PersonalityFile[]) => boolean;
}

const LIMITS: readonly Limit[] = [
  {
    message: `Maximum number of metadata items exceeds ${QUOTAS.metadataItems}`,
    isOver: (keys) => keys.length > QUOTAS.metadataItems,
  },
  { message: 'Personality file limit exceeded', isOver: (_keys, files) => files.length > QUOTAS.files },
  {
    message: `Personality file path exceeds maximum ${QUOTAS.path}`,
    isOver: (_keys, files) => files.some(({ path = '' }) => pythonLength(path) > QUOTAS.path),
  },
  {
    message: `Personality file content exceeds maximum ${QUOTAS.contents}`,
    isOver: (_keys, files) => files.some(({ contents = '' }) => contents.length > QUOTAS.contents),
  },
];
