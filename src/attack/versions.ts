/** "18.1", "9", "11.0-beta": what a version of ATT&CK looks like; it becomes part of names of folders. */
const pattern = /^\d{1,4}(?:\.\d{1,4}){0,2}(?:-[a-z\d]{1,20})?$/i;

export const isVersion = (text: string): boolean => pattern.test(text);

/** Whether a version is no draft of another one: "11.0", not "11.0-beta". */
export const isFinal = (version: string): boolean => !version.includes("-");

/** "18" of "18.1", as the addresses of ATT&CK's former versions have it. */
export const majorOf = (version: string): string => /^\d+/.exec(version)?.[0] ?? version;

/** The version that a file's name says: "18.1" of "enterprise-attack-18.1.json.gz". */
export const versionInName = (name: string): string | undefined => /-(\d{1,4}\.\d{1,4})(?=\.)/.exec(name)?.[1];

/** Rising; a draft comes before what it became. */
export function compareVersions(a: string, b: string): number {
  const [numbersOfA, draftOfA = ""] = a.split("-", 2);
  const [numbersOfB, draftOfB = ""] = b.split("-", 2);
  const byNumber = (numbersOfA ?? "").localeCompare(numbersOfB ?? "", "en", { numeric: true });
  if (byNumber !== 0) return byNumber;
  if (draftOfA === "" || draftOfB === "") return Number(draftOfA === "") - Number(draftOfB === "");
  return draftOfA.localeCompare(draftOfB, "en", { numeric: true });
}
