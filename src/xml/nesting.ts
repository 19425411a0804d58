/** The deepest nesting of elements, and of the corresponding JSON values, in levels. Real documents of this API nest 5 deep. */
export const deepestNesting = 64;
