import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { schemaErrors, type JsonSchema } from '../support/json-schema.ts';
import { openEmbeddedSession } from './embedded-session.ts';
import { SESSION_STEPS, runSession, type SessionStep } from './session-steps.ts';

/** A file with Nova's own schemas of responses: its operations by method, path and action, and the schemas by name. */
interface NovaSchemas {
  readonly operations: readonly NovaOperation[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

interface NovaOperation {
  readonly method: string;
  readonly path: string;
  readonly action?: string | null;
  readonly response?: readonly NamedSchema[];
}

/** A schema's name and the microversions that it is for; null is without an end. */
interface NamedSchema {
  readonly schema: string;
  readonly from: string | null;
  readonly to: string | null;
}

const file = process.env['GATEWAY_TEST_NOVA_SCHEMAS'] ?? '';
/** The servers of the seed, each with its surprise. */
const seedSteps = [1, 57, 93].map((minor) => ({ method: 'GET', path: 'servers/detail', minor }));
const skip = existsSync(file) ? false : 'GATEWAY_TEST_NOVA_SCHEMAS names no file with the schemas of a Nova';

for (const kind of ['nova', 'ecs'] as const) {
  test(`what the embedded ${kind} answers holds Nova's own response schemas`, { skip }, async (t) => {
    // The file is Nova's own, converted to JSON.
    const nova = JSON.parse(readFileSync(file, 'utf8')) as NovaSchemas;
    const highest = kind === 'nova' ? 93 : 60;
    const steps = [...seedSteps, ...SESSION_STEPS].filter(({ minor = 1 }) => minor <= highest);
    const exchanges = await runSession(await openEmbeddedSession(t, kind), steps);
    const held = exchanges.filter(({ reply }) => reply.status < 300 && reply.document !== undefined);
    const schemas = held.map((exchange) => ({ ...exchange, schema: schemaOf(nova, exchange.step) }));
    assert.ok(schemas.filter(({ schema }) => schema !== undefined).length > 60, 'most answers have a schema');
    const errors = schemas.flatMap(({ schema, step, reply }) => {
      const found = schema === undefined ? [] : schemaErrors(schema, reply.document);
      return found.length === 0 ? [] : [{ step: `${step.method} ${step.path} 2.${step.minor ?? 1}`, found }];
    });
    assert.deepEqual(errors, []);
  });
}

function operationOf(nova: NovaSchemas, { method, path, body }: SessionStep): NovaOperation | undefined {
  const plain = pathInApi(path);
  const action = plain.endsWith('/action') ? Object.keys(body ?? {})[0] : undefined;
  const fitting = nova.operations.filter(
    (operation) =>
      operation.method === method &&
      (operation.action ?? undefined) === action &&
      new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(plain),
  );
  // A literal path such as /servers/detail comes before one with a parameter.
  return fitting.toSorted((one, other) => one.path.split('{').length - other.path.split('{').length)[0];
}

/** Return a path as the schemas have it, from the root of v2.1; empty for one of another version. */
function pathInApi(path: string): string {
  const [plain = ''] = path.split('?');
  if (!plain.startsWith('/')) return `/${plain}`;
  return plain.startsWith('/v2.1/') ? plain.slice('/v2.1'.length) : '';
}

function schemaOf(nova: NovaSchemas, step: SessionStep): JsonSchema | undefined {
  const { minor = 1 } = step;
  const named = operationOf(nova, step)?.response?.find(
    ({ from, to }) => minor >= minorOf(from, 1) && minor <= minorOf(to, Number.POSITIVE_INFINITY),
  );
  return named === undefined ? undefined : nova.schemas[named.schema];
}

function minorOf(version: string | null, fallback: number): number {
  return version === null ? fallback : Number(version.split('.')[1]);
}
