/** The name of the program in help and examples. */
export const programName = 'legacy-compute-gateway';
