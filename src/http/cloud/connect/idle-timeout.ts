/**
 * The error of a connection on which nothing was sent or received for too long. It extends none of undici's errors, because
 * their `instanceof` compares a mark of the class, which a subclass inherits.
 */
export class IdleTimeout extends Error {
  override readonly name = 'IdleTimeout';

  constructor() {
    super('the cloud was silent for too long');
  }
}
