/** The deepest nesting of elements, and of JSON values in their place, in levels. Real documents of this API nest 5 deep. */
export const deepestNesting = 64;
