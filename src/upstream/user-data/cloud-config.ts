import { isFields, type Fields } from '../../schema/fields.ts';
import { jsonEscape } from '../../schema/json-escape.ts';

/** A file of a personality; its contents are base64 without white space. */
export interface InjectedFile {
  readonly path: string;
  readonly contents: string;
}

const heading = '#cloud-config\n';

/** The rule for merging with an earlier part, whose lists must not be replaced. In cloud-init the rule of the later part counts. */
const mergeHow = [
  { name: 'list', settings: ['append'] },
  { name: 'dict', settings: ['no_replace', 'recurse_list'] },
];

/** Characters that JSON allows raw, but that YAML 1.1 forbids or reads as a line break. */
const notInYaml = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Make the cloud-config that writes files at first boot. It is JSON, which is also YAML, so that no character of a path has a
 * special meaning in YAML.
 * @param permissions the octal mode as a string, because cloud-init reads a number as decimal
 * @param isSecond true after another part, whose lists must not be replaced
 */
export function writeFiles(files: readonly InjectedFile[], permissions: string, isSecond: boolean): string {
  const entries = files.map(({ path, contents }) => ({
    path: path.startsWith('/') ? path : `/${path}`,
    encoding: 'b64',
    content: contents,
    owner: 'root:root',
    permissions,
  }));
  const json = JSON.stringify({ write_files: entries, ...(isSecond && { merge_how: mergeHow }) });
  return `${heading}${json.replace(notInYaml, jsonEscape)}\n`;
}

/**
 * Check that {@link writeFiles} made a text, byte for byte: then a later rebuild replaces it instead of joining to it. A
 * cloud-config of anybody else, even one with write_files alone, differs in a space, a key or their order, and is kept.
 */
export function isWriteFiles(bytes: Buffer, isSecond: boolean): boolean {
  const text = bytes.toString('utf8');
  if (!text.startsWith(`${heading}{"write_files":[`)) return false;
  const files = filesIn(text.slice(heading.length));
  const [first] = files ?? [];
  if (files === undefined || first === undefined) return false;
  return bytes.equals(Buffer.from(writeFiles(files, first.permissions, isSecond)));
}

/** Read the files of a cloud-config; undefined for entries that {@link writeFiles} does not make. */
function filesIn(json: string): readonly (InjectedFile & { readonly permissions: string })[] | undefined {
  const entries = parse(json)?.['write_files'];
  if (!Array.isArray(entries)) return undefined;
  const files = entries
    .filter(isFields)
    .flatMap(({ path, content: contents, permissions }) =>
      typeof path === 'string' && typeof contents === 'string' && typeof permissions === 'string'
        ? [{ path, contents, permissions }]
        : [],
    );
  return files.length === entries.length ? files : undefined;
}

function parse(json: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
