/** A way out of an input error, for which the command line and the console have words of their own. */
export type InputAdvice = 'name-operation' | 'use-answer' | 'give-body' | 'record-body';

/** The error of a text that is no request, or of a name that is not known. It can be shown: it repeats nothing of a body. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** The way out, if there is one besides what the message says. */
  readonly advice: InputAdvice | undefined;

  /** The part of the input that is wrong. */
  readonly about: 'text' | 'operation';

  constructor(message: string, advice?: InputAdvice, about: InputError['about'] = 'text') {
    super(message);
    this.about = about;
    this.advice = advice;
  }
}
