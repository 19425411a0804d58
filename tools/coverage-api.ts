import { parseArgs } from 'node:util';
import { operations } from '../src/compute/operations/operations.ts';
import { report } from './coverage-api/report.ts';
import { survey } from './coverage-api/survey.ts';

/**
 * `npm run coverage:api -- FOLDER [--json]`: compares samples of the same message in JSON and XML with the descriptions of
 * the operations. Exits with 2 if the folder cannot be read, else with 0, also if there are differences.
 */

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const [folder] = positionals;

if (folder === undefined) {
  console.error('Usage: npm run coverage:api -- FOLDER [--json]');
  process.exitCode = 2;
} else {
  run(folder);
}

function run(folder: string): void {
  try {
    const found = survey(folder, operations);
    console.log(values.json === true ? JSON.stringify(found, null, 2) : report(found));
  } catch (error) {
    // Only errors of the file system have a `syscall`; any other error is a bug of this tool.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    console.error(`The folder ${folder} cannot be read: ${error.message}`);
    process.exitCode = 2;
  }
}
