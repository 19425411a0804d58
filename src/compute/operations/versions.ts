import type { Operation } from '../operation.ts';
import { versionFeed } from '../resources/version-feed.ts';
import { legacyVersion, versionDocument, versionsDocument } from '../resources/version.ts';

/** The versions that the cloud has: GET /. */
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

/** The version of the path: GET /v2/, and GET /v1.1/, which clouds call v2. */
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
