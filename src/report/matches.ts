const none: readonly RegExpExecArray[] = [];

/**
 * All matches of a pattern with the flag g, in order. As `String.matchAll`, but without a copy of the pattern for every
 * text: where most texts have no match, the copy takes longer than the search.
 */
export function matchesOf(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (!match) return none;
  const found: RegExpExecArray[] = [];
  for (; match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === "") pattern.lastIndex += 1;
  }
  return found;
}
