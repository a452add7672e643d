/** Letters and digits alone, lower case: "Soft Cell", "SoftCell" and "soft-cell" are one key. */
export const nameKey = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
