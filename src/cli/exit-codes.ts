/** The exit code of a report that found what it should fail on. */
export const foundCode = 3;
/** The exit code of a removal that the operator did not confirm. */
export const unconfirmedCode = 1;
