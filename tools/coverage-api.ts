import { parseArgs } from 'node:util';
import { operations } from '../src/compute/operations/operations.ts';
import { report } from './coverage-api/report.ts';
import { survey } from './coverage-api/survey.ts';

/**
 * Compares pairs of JSON and XML of the same message with the descriptions: `npm run coverage:api -- FOLDER [--json]`.
 * Exits with 2 for a folder that cannot be read, else with 0, whatever was found.
 */

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const [folder] = positionals;

if (folder === undefined) {
  console.error('Say which folder holds the pairs: npm run coverage:api -- FOLDER [--json]');
  process.exitCode = 2;
} else {
  run(folder);
}

function run(folder: string): void {
  try {
    const found = survey(folder, operations);
    console.log(values.json === true ? JSON.stringify(found, null, 2) : report(found));
  } catch (error) {
    // The file system's own errors name the call; anything else is a mistake of this tool.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    console.error(`The folder ${folder} cannot be read: ${error.message}`);
    process.exitCode = 2;
  }
}
