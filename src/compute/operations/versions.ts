import type { Operation } from '../operation.ts';
import { choicesDocument, legacyVersion, versionDocument, versionsDocument } from '../resources/version.ts';

/** The versions that the cloud has: GET /. */
export const listVersions = {
  name: 'listVersions',
  method: 'GET',
  scope: 'service',
  route: '',
  answer: versionsDocument,
  status: 200,
  feedTitle: 'Available API Versions',
} as const satisfies Operation;

/** The version of the path: GET /v2/, and GET /v1.1/, which clouds call v2. */
export const showVersion = {
  name: 'showVersion',
  method: 'GET',
  scope: 'version',
  route: '',
  answer: versionDocument,
  status: 200,
  feedTitle: 'About This Version',
  fallback: legacyVersion,
} as const satisfies Operation;

/** Where else a path without a version is, such as a bookmark's: GET of any. */
export const listChoices = {
  name: 'listChoices',
  method: 'GET',
  scope: 'unversioned',
  route: '',
  answer: choicesDocument,
  status: 300,
} as const satisfies Operation;
