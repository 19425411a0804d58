import { isFields } from '../../schema/fields.ts';
import { jsonEscape } from '../../schema/json-escape.ts';

/** A file of a personality, its contents in base64 without white space. */
export interface InjectedFile {
  readonly path: string;
  readonly contents: string;
}

const heading = '#cloud-config\n';

/** So that a part before this one keeps its own lists: the rule of the later part decides (cloud-init, merging). */
const mergeHow = [
  { name: 'list', settings: ['append'] },
  { name: 'dict', settings: ['no_replace', 'recurse_list'] },
];

/** What JSON may hold as it is and YAML 1.1 may not, or reads as a line break. */
const notInYaml = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * cloud-config that writes files at first boot: JSON that is YAML too, and leaves no room for what a path may do in YAML.
 * @param isSecond whether it comes after another part, whose lists it must not replace
 * @param permissions an octal mode, which must be a string or cloud-init reads it as decimal
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

/** Whether the text is what {@link writeFiles} made, so that a later rebuild can replace it: JSON of exactly this form. */
export function isWriteFiles(text: string): boolean {
  if (!text.startsWith(`${heading}{`)) return false;
  try {
    const config: unknown = JSON.parse(text.slice(heading.length));
    return (
      isFields(config) && Object.keys(config).every((key) => written.has(key)) && Array.isArray(config['write_files'])
    );
  } catch {
    return false;
  }
}

const written: ReadonlySet<string> = new Set(['write_files', 'merge_how']);
