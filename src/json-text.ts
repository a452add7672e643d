/** JSON as a person reads it, with a line end behind it. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
