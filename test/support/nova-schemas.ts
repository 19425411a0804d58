import { existsSync } from 'node:fs';
import type { JsonSchema } from './json-schema.ts';
import { recordedFile, recordedFolder } from './vectors.ts';

const file = 'schemas/nova-2.104.json';

/** A schema of a request, with the microversions that it is for; null for no limit. */
export interface VersionedSchema {
  readonly schema: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A route of Nova's own, with the schemas of its requests. */
export interface NovaRoute {
  readonly method: string;
  /** The path below a version. */
  readonly path: string;
  /** The name of the action, of a route that several share. */
  readonly action?: string | null;
  readonly request?: readonly VersionedSchema[];
}

interface NovaSchemas {
  readonly operations: readonly NovaRoute[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

let read: NovaSchemas | undefined;

/** Say why a test of Nova's own schemas is skipped; false where they are. */
export function whyNoNovaSchemas(): string | false {
  return existsSync(recordedFolder(file)) ? false : "Nova's schemas are not beside the project";
}

/** Read the routes of Nova's own; empty if the file is missing. */
export function novaRoutes(): readonly NovaRoute[] {
  return schemas().operations;
}

/** Find a schema by its name. */
export function novaSchema(name: string): JsonSchema | undefined {
  return schemas().schemas[name];
}

function schemas(): NovaSchemas {
  if (whyNoNovaSchemas() !== false) return { operations: [], schemas: {} };
  read ??= JSON.parse(recordedFile(file).toString('utf8')) as NovaSchemas;
  return read;
}
