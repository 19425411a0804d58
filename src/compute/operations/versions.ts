import type { Operation } from '../operation.ts';
import { versionFeed } from '../resources/version-feed.ts';
import { legacyVersion, versionDocument, versionsDocument } from '../resources/version.ts';

/** List the versions of the API that the cloud has. */
export const listVersions = {
  name: 'listVersions',
  method: 'GET',
  scope: 'service',
  route: '',
  answer: versionsDocument,
  status: 200,
  isForAll: true,
  feed: versionFeed('Available API Versions'),
} as const satisfies Operation;

/** Show the version of the path. Legacy Nova answered `/v1.1/` too; clouds call the version v2. */
export const showVersion = {
  name: 'showVersion',
  method: 'GET',
  scope: 'version',
  route: '',
  answer: versionDocument,
  status: 200,
  isForAll: true,
  feed: versionFeed('About This Version'),
  fallback: legacyVersion,
} as const satisfies Operation;
