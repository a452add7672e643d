/** Plain JSON, as package.json holds it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Fields of contributions that a person reads in VS Code. */
const shown = new Set([
  "title",
  "description",
  "markdownDescription",
  "deprecationMessage",
  "markdownDeprecationMessage",
  "label",
  "name",
  "contents",
  "displayName",
  "userDescription",
  "altText",
]);
const listsShown = new Set(["enumDescriptions", "markdownEnumDescriptions", "enumItemLabels"]);

/** Parts of the manifest that hold no words for people, or words that only a model reads. */
const silent = new Set(["grammars", "menus", "keybindings", "inputSchema", "languages", "markdown.previewStyles"]);

/** Names that are called the same in every language. */
const names = new Set(["ATT&CK", "ATT&CK Scribe"]);

export interface Localised {
  /** With `%key%` for every word that a person reads. */
  readonly keyed: Json;
  /** The words of each key, in the order of the manifest. */
  readonly strings: Readonly<Record<string, string>>;
}

/**
 * Puts keys in place of what a person reads in a part of package.json: `contributes` or `capabilities`. Keys that stand there already keep the
 * words that `known` has for them. Throws where a key has no words.
 */
export function localise(part: Json, known: Readonly<Record<string, string>>): Localised {
  const strings: Record<string, string> = {};
  const keyOf = (path: readonly string[], words: string): string => {
    const written = /^%(.+)%$/u.exec(words)?.[1];
    const key = written ?? path.join(".");
    const text = written === undefined ? words : known[written];
    if (text === undefined) throw new Error(`package.nls.json has no words for ${words}`);
    strings[key] = text;
    return `%${key}%`;
  };
  const walk = (value: Json, path: readonly string[]): Json => {
    if (Array.isArray(value))
      return (value as readonly Json[]).map((item, at) => walk(item, [...path, nameOf(item) ?? String(at)]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value as Readonly<Record<string, Json>>).map(([field, inner]): [string, Json] => {
        // A setting's "name" or "title" among its properties is a setting, not a word.
        const isData = path.at(-1) === "properties";
        if (silent.has(field) || (typeof inner === "string" && names.has(inner))) return [field, inner];
        if (!isData && shown.has(field) && typeof inner === "string" && (field !== "name" || path[0] === "views"))
          return [field, keyOf([...short(path), field], inner)];
        if (!isData && listsShown.has(field) && Array.isArray(inner)) {
          const { enum: values } = value as { readonly enum?: readonly Json[] };
          const list = inner as readonly Json[];
          return [
            field,
            list.map((words, at) =>
              typeof words === "string" ? keyOf([...short(path), "enum", valueName(values?.[at], at)], words) : words,
            ),
          ];
        }
        return [field, walk(inner, [...path, field])];
      }),
    );
  };
  return { keyed: walk(part, []), strings };
}

const valueName = (value: Json | undefined, at: number): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : String(at);

/** How an entry of a list is called: commands by their command, views and steps by their id, else by its place. */
function nameOf(item: Json): string | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
  const entry = item as Readonly<Record<string, Json>>;
  const name = entry["command"] ?? entry["id"] ?? entry["name"] ?? entry["view"];
  // Several welcomes belong to one view; the condition tells them apart.
  const when = entry["view"] !== undefined && typeof entry["when"] === "string" ? `.${entry["when"]}` : "";
  return typeof name === "string" ? name + when : undefined;
}

/** Without what every key has in common, and without what only JSON needs. */
const short = (path: readonly string[]): readonly string[] =>
  path
    .filter((part) => part !== "properties")
    .map((part) =>
      part
        .replace(/^attackScribe\.|^attack_scribe_/u, "")
        .replace(/!/gu, "no-")
        // Packagers read no other characters in a key.
        .replace(/[^\w.-]+/gu, "-"),
    );
