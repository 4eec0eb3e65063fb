/** Numbers as the model cards write them. */
export const decimals = (value: number, places = 4): string => value.toFixed(places);

/** Thousands with commas. */
export const count = (value: number): string => value.toLocaleString('en');
