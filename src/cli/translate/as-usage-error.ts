import { InputError, type InputAdvice } from '../../offline/input/input-error.ts';
import { UsageError } from '../command.ts';

/** The options that help with an input. */
const advices: Readonly<Record<InputAdvice, string>> = {
  'name-operation': 'For a body alone, name its operation: --operation rebuild.',
  'use-answer': 'For the JSON of an answer there is --answer OPERATION.',
  'give-body': 'Give it with --body FILE.',
  'record-body': 'Give it with --body FILE, or record with curl --trace-ascii FILE.',
};

/** Return the error of the command line for an error of its input; any other error as it is. */
export function asUsageError(error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  const { message, advice } = error;
  return new UsageError(advice === undefined ? message : `${message} ${advices[advice]}`);
}
