import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExactly } from '../../src/schema/exact-json.ts';
import { isFields, type Fields } from '../../src/schema/fields.ts';

/** A message in JSON and in XML. */
export interface SamplePair {
  /** The path below the folder, without the extension. */
  readonly name: string;
  readonly json: Fields;
  readonly xml: string;
}

/** The samples of a folder. */
export interface Samples {
  readonly files: number;
  readonly pairs: readonly SamplePair[];
  /** Files without a counterpart, and files that are not valid JSON, marked as such. */
  readonly others: readonly string[];
}

const stemOf = (path: string): string => path.replace(/\.(?:json|xml)$/, '');

/**
 * Read all samples below a folder: two files `X.json` and `X.xml`, a `.json` file with `{json, xml}`, or one with a list of
 * `{sample, xml, body}`. @throws if the folder cannot be read
 */
export function readSamples(folder: string): Samples {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(?:json|xml)$/.test(path),
  );
  const all = new Set(files);
  const pairs: SamplePair[] = [];
  const others: string[] = [];
  for (const path of files.toSorted()) {
    const stem = stemOf(path);
    if (path.endsWith('.xml')) {
      if (!all.has(`${stem}.json`)) others.push(path);
      continue;
    }
    const value = readJson(join(folder, path));
    const found = all.has(`${stem}.xml`)
      ? pairOf(stem, value, readFileSync(join(folder, `${stem}.xml`), 'utf8'))
      : insideOf(stem, value);
    pairs.push(...found);
    if (found.length === 0) others.push(value === undefined ? `${path} (not JSON)` : path);
  }
  return { files: files.length, pairs, others };
}

function readJson(path: string): unknown {
  try {
    return parseExactly(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function pairOf(name: string, json: unknown, xml: unknown): SamplePair[] {
  return isFields(json) && typeof xml === 'string' ? [{ name, json, xml }] : [];
}

/** Extract the samples of one file. */
function insideOf(stem: string, value: unknown): SamplePair[] {
  if (Array.isArray(value)) {
    return value.filter(isFields).flatMap((item, index) => {
      const name = [item['sample'], item['name']].find((given) => typeof given === 'string') ?? String(index);
      return pairOf(`${stem}/${name}`, item['json'] ?? item['body'], item['xml']);
    });
  }
  return isFields(value) ? pairOf(stem, value['json'], value['xml']) : [];
}
