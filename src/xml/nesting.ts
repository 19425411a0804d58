/** How deep elements, and JSON in their place, may nest; real documents of this API nest 5 deep. */
export const deepestNesting = 64;
