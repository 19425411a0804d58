import { fileURLToPath } from 'node:url';

/** A file of a library. */
export interface LibraryFile {
  readonly place: string;
  /** The text that follows it: the export of a script that is no module. */
  readonly end: string;
}

/**
 * The files of libraries that browsers receive as they lie in node_modules, by their paths below `/console/files/`. The import map
 * of index.html leads the libraries' names there. uPlot has its small form only as a script, which is half of its module.
 */
export const browserLibraries: ReadonlyMap<string, LibraryFile> = new Map(
  Object.entries({
    'lib/preact.js': fileOf('preact'),
    'lib/preact-hooks.js': fileOf('preact/hooks'),
    'lib/htm.js': fileOf('htm'),
    'lib/uplot.js': fileOf('uplot', 'uPlot.iife.min.js', 'export default uPlot;\n'),
    'lib/uplot.css': fileOf('uplot', 'uPlot.min.css'),
  }),
);

/** Find a file of a library. @param beside a file beside the one that its name leads to */
function fileOf(library: string, beside = '', end = ''): LibraryFile {
  return { place: fileURLToPath(new URL(beside, import.meta.resolve(library))), end };
}
