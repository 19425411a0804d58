/** A file of a personality, its contents in base64 without white space. */
export interface InjectedFile {
  readonly path: string;
  readonly contents: string;
}

/** The first line of cloud-config that this gateway wrote, by which a later rebuild knows and replaces it. */
const heading = '#cloud-config\n# personality of an OpenStack rebuild\n';

/** So that a part before this one keeps its own lists: the rule of the later part decides (cloud-init, merging). */
const mergeHow = [
  { name: 'list', settings: ['append'] },
  { name: 'dict', settings: ['no_replace', 'recurse_list'] },
];

/** What JSON may hold as it is and YAML 1.1 may not, or reads as a line break. */
const notInYaml = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * cloud-config that writes files at first boot: JSON that is YAML too, and leaves no room for what a path may do in YAML.
 * @param permissions an octal mode, which must be a string or cloud-init reads it as decimal
 */
export function writeFiles(files: readonly InjectedFile[], permissions: string): string {
  const entries = files.map(({ path, contents }) => ({
    path: path.startsWith('/') ? path : `/${path}`,
    encoding: 'b64',
    content: contents,
    owner: 'root:root',
    permissions,
  }));
  const json = JSON.stringify({ write_files: entries, merge_how: mergeHow });
  return `${heading}${json.replace(notInYaml, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** Whether the text is what {@link writeFiles} made. */
export function isWriteFiles(text: string): boolean {
  return text.startsWith(heading);
}
