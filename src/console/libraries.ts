import { fileURLToPath } from 'node:url';

/**
 * The files of libraries that browsers receive as they lie in node_modules, by their paths below `/console/files/`. The import map
 * of index.html leads the libraries' names there.
 */
export const browserLibraries: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'lib/preact.js': fileURLToPath(import.meta.resolve('preact')),
    'lib/preact-hooks.js': fileURLToPath(import.meta.resolve('preact/hooks')),
    'lib/htm.js': fileURLToPath(import.meta.resolve('htm')),
    'lib/uplot.js': fileURLToPath(new URL('uPlot.esm.js', import.meta.resolve('uplot'))),
    'lib/uplot.css': fileURLToPath(new URL('uPlot.min.css', import.meta.resolve('uplot'))),
  }),
);
