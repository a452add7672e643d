/**
 * A day (2026-02-28) or a time (2026-02-28T10:00, with or without seconds and zone) in ISO 8601, as the same time in UTC;
 * `undefined` for anything else, for days that there are not, and for the year 0, which platforms do not read. Other ways
 * to write a date differ between countries and are not guessed at.
 */
export function isoDate(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?:$|[T ]\d\d:\d\d)/.exec(text) ?? [];
  if (year === undefined || year === "0000") return undefined;
  const time = Date.parse(text.replace(" ", "T").replace(/(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/, "$1Z"));
  if (Number.isNaN(time)) return undefined;
  // The 31st of February would be read as a day of March.
  const inMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= inMonth ? new Date(time).toISOString() : undefined;
}
