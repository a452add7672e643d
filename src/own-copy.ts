/** A copy that keeps no longer text alive: engines let a slice share the characters of the text that it was cut from. */
export const ownCopy = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));
