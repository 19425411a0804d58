import { fixedLimits } from '../../config/fixed-limits.ts';
import { JsonTextError, readJsonText } from '../../config/settings/json-text.ts';
import { readShortFile, ShortFileError } from '../../config/short-file.ts';
import type { RetirementFile } from '../retirement-file.ts';
import { readRetirement } from './read-retirement.ts';

/** The error of a retirement file that cannot be used, with every mistake in it. */
export class RetirementFileError extends Error {
  override readonly name = 'RetirementFileError';
  readonly path: string;
  readonly mistakes: readonly string[];

  constructor(path: string, mistakes: readonly string[]) {
    super(`${path}: ${mistakes.join(' ')}`);
    this.path = path;
    this.mistakes = mistakes;
  }
}

/** The most mistakes that are listed. */
const mostMistakes = 50;

/** Read a retirement file. @throws {RetirementFileError} */
export function readRetirementFile(path: string): RetirementFile {
  return checked(path, () => readShortFile(path, fixedLimits.retirementFileBytes));
}

/** Read the text of a retirement file. @param path the name in the error @throws {RetirementFileError} */
export function readRetirementText(path: string, text: string): RetirementFile {
  return checked(path, () => text);
}

function checked(path: string, read: () => string): RetirementFile {
  const found = contentOf(read);
  if ('file' in found) return found.file;
  const { mistakes } = found;
  const rest = mistakes.length - mostMistakes;
  throw new RetirementFileError(
    path,
    rest > 0 ? [...mistakes.slice(0, mostMistakes), `There are ${rest} more mistakes.`] : mistakes,
  );
}

function contentOf(read: () => string): ReturnType<typeof readRetirement> {
  try {
    const { value, twice } = readJsonText(read());
    const repeated = twice.map((name) => `${name} stands in the file twice; remove one of them.`);
    const found = readRetirement(value);
    if (repeated.length === 0) return found;
    return { mistakes: [...repeated, ...('mistakes' in found ? found.mistakes : [])] };
  } catch (error) {
    if (error instanceof ShortFileError) return { mistakes: [`${error.message}.`] };
    if (error instanceof JsonTextError) return { mistakes: [`It is no JSON: ${error.message}.`] };
    throw error;
  }
}
