import { isFields } from '../../schema/fields.ts';
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

/** Check that {@link writeFiles} made a text, so that a later rebuild replaces it instead of joining to it. */
export function isWriteFiles(text: string): boolean {
  if (!text.startsWith(`${heading}{`)) return false;
  try {
    const config: unknown = JSON.parse(text.slice(heading.length));
    return (
      isFields(config) &&
      Object.keys(config).every((key) => writtenKeys.has(key)) &&
      Array.isArray(config['write_files'])
    );
  } catch {
    return false;
  }
}

const writtenKeys: ReadonlySet<string> = new Set(['write_files', 'merge_how']);
