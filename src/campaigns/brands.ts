import { isCurrent, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import { ambiguityOf } from "../mapping/rules/ambiguous-names.ts";
import { placeOf } from "../mapping/place.ts";
import { matchesOf } from "../report/matches.ts";
import { gated } from "../report/pattern-gate.ts";
import { ofWords, paragraphBelow, toSource, type Range, type Report, type Words } from "../report/report.ts";
import { brandActs, brandBelow, brandColumns, brandIsRun, type BrandRule } from "./rules/brands.ts";

/** Somebody who acts under the name of software, and where the report speaks of them. */
export interface ActingBrand {
  readonly key: string;
  readonly name: string;
  /** ATT&CK's group of the same name, where it has one. */
  readonly group?: AttackObject;
  readonly sightings: readonly BrandSighting[];
}

export interface BrandSighting {
  readonly range: Range;
  readonly place: { readonly block: number; readonly sentence: number };
}

interface Brand {
  readonly key: string;
  readonly name: string;
  /** Ids of the groups that ATT&CK knows to use it. */
  readonly users: readonly string[];
  readonly group?: AttackObject;
}

/** A name in a block's text; offsets into it. */
interface Written extends Range {
  readonly brand: Brand;
  readonly text: string;
}

/** What so many groups use belongs to none of them: its name means nobody in particular. */
const mostUsers = 4;

interface Brands {
  /** By the keys of their names. */
  readonly brands: ReadonlyMap<string, Brand>;
  /** Keys of the first words of the names. */
  readonly beginnings: ReadonlySet<string>;
}

interface BrandFinder {
  readonly namesIn: (words: Words) => readonly Written[];
}

const known = new WeakMap<Catalogue, BrandFinder>();

/** Malware of few hands by the keys of its names, versions and the word “Ransomware” left off. */
function brandsOf(catalogue: Catalogue): BrandFinder {
  let finder = known.get(catalogue);
  if (!finder) {
    const brands = collectBrands(catalogue);
    known.set(catalogue, (finder = { namesIn: ofWords(({ text }) => namesIn(text, brands)) }));
  }
  return finder;
}

function collectBrands(catalogue: Catalogue): Brands {
  const groups = new Map<string, AttackObject>();
  for (const group of catalogue.objects("group"))
    if (isCurrent(group))
      for (const name of [group.name, ...group.aliases]) {
        for (const each of [name, name.replace(/ (?:Group|Team|Gang)$/u, "")])
          if (!groups.has(nameKey(each))) groups.set(nameKey(each), group);
      }
  const brands = new Map<string, Brand>();
  const beginnings = new Set<string>();
  for (const software of catalogue.objects("software")) {
    if (!isCurrent(software) || software.softwareType !== "malware") continue;
    const users = catalogue.sources(software.id, "uses").filter((id) => catalogue.get(id)?.type === "group");
    if (users.length > mostUsers) continue;
    const names = [software.name, ...software.aliases].map(shortened);
    const keys = names.map(nameKey).filter((key) => key.length >= 4);
    const [first] = keys;
    if (first === undefined) continue;
    const group = keys.map((key) => groups.get(key)).find((each) => each !== undefined);
    const brand = brands.get(first) ?? {
      key: group?.id ?? first,
      name: group?.name ?? names[0] ?? software.name,
      users,
      ...(group ? { group } : {}),
    };
    for (const key of keys) if (!brands.has(key)) brands.set(key, brand);
    for (const name of names) beginnings.add(foldedKey(/^[\p{L}\p{N}]*/u.exec(name)?.[0] ?? name));
  }
  return { brands, beginnings };
}

/** “LockBit” for the third version of it. */
const shortened = (name: string): string =>
  name.replace(/ (?:Ransomware|Malware)$/iu, "").replace(/[ _]+v?\d[\d.]*$/iu, "");

const longest = 3;

const possibleActs = gated(brandActs, ({ before, behind }) => [before, behind].filter((each) => each !== undefined));
const mayTell = ofWords(({ text }) => possibleActs(text).length > 0);

/** Those who act under the name of their software; a report that only tells of the software has none. */
export function actingBrands(
  report: Report,
  catalogue: Catalogue,
  /** Ids of the groups that the report names. */
  named: ReadonlySet<string>,
): readonly ActingBrand[] {
  const brands = brandsOf(catalogue);
  const acting = new Set<Brand>();
  const namesOf = brands.namesIn;
  const prose = report.blocks.filter(({ kind }) => kind !== "code");
  for (const block of prose) {
    const isInColumn = brandColumns.test(block.table?.header.trim() ?? "");
    const below = paragraphBelow(report, block);
    const isHead = below !== undefined && brandBelow.test(below.text);
    if (!isInColumn && !isHead && !mayTell(block)) continue;
    const names = namesOf(block);
    const [first] = names;
    // Alone in a table's column of gangs, or in a heading above “the gang”.
    if ((isInColumn || isHead) && first?.text === block.text.trim()) acting.add(first.brand);
    for (const name of names) if (acts(block.text, name, named)) acting.add(name.brand);
    for (const list of listsOf(block.text, names)) {
      if (list.some(({ brand }) => acting.has(brand)) && list.every((name) => !isRun(block.text, name)))
        for (const { brand } of list) acting.add(brand);
    }
  }
  if (acting.size === 0) return [];
  const sightings = new Map<Brand, BrandSighting[]>();
  for (const block of prose)
    for (const name of namesOf(block)) {
      if (!acting.has(name.brand) || (isRun(block.text, name) && !acts(block.text, name, named))) continue;
      const range = { start: toSource(block, name.start), end: toSource(block, name.end, "end") };
      const place = placeOf(report, range.start);
      if (!place) continue;
      const list = sightings.get(name.brand);
      if (list) list.push({ range, place });
      else sightings.set(name.brand, [{ range, place }]);
    }
  return [...sightings].map(([brand, seen]) => ({ ...brand, sightings: seen }));
}

const capitalised = /\p{Lu}[\p{L}\p{N}]{1,40}/gu;

/** Capitalised words that are the name of a brand, the longest first. */
function namesIn(text: string, { brands, beginnings }: Brands): readonly Written[] {
  const words = matchesOf(text, capitalised).map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }));
  const found: Written[] = [];
  for (let first = 0; first < words.length; first += 1) {
    const start = words[first]?.start ?? 0;
    const word = text.slice(start, words[first]?.end ?? start);
    if (!beginnings.has(foldedKey(word))) continue;
    // Part of a longer word.
    if (start > 0 && /[\p{L}\p{N}_-]/u.test(text.charAt(start - 1))) continue;
    for (let last = Math.min(words.length, first + longest) - 1; last >= first; last -= 1) {
      const end = words[last]?.end ?? start;
      const name = text.slice(start, end);
      if (!/^[\p{L}\p{N}]+(?:[ -][\p{L}\p{N}]+)*$/u.test(name) || /^[\p{L}\p{N}_]/u.test(text.slice(end, end + 1)))
        continue;
      const brand = brandOf(name, brands);
      if (!brand) continue;
      found.push({ start, end, brand, text: name });
      first = last;
      break;
    }
  }
  return found;
}

/** Gangs write letters as numbers. */
const foldedKey = (name: string): string => nameKey(name).replaceAll("0", "o").replaceAll("1", "l");

const brandOf = (name: string, brands: Brands["brands"]): Brand | undefined =>
  brands.get(nameKey(name)) ?? (/\d/.test(name) ? brands.get(foldedKey(name)) : undefined);

const reach = 120;

const fits = (rules: readonly BrandRule[], text: string, { start, end }: Range): boolean => {
  const before = text.slice(Math.max(0, start - reach), start).replace(/["“”*_]+$/u, "");
  const behind = text.slice(end, end + reach).replace(/^["“”*_]+/u, "");
  return rules.some((rule) => (rule.before?.test(before) ?? true) && (rule.behind?.test(behind) ?? true));
};

/** Whether the words around a name make its bearer act. A name that is also a word needs more than a word before it. */
function acts(text: string, name: Written, named: ReadonlySet<string>): boolean {
  if (
    ambiguityOf(name.text) !== undefined &&
    /\p{Lu}[\p{L}\p{N}]* $/u.test(text.slice(Math.max(0, name.start - 40), name.start))
  )
    return false;
  const hasUser = name.brand.users.some((id) => named.has(id) && id !== name.brand.key);
  return fits(hasUser ? strongRules : brandActs, text, name);
}

const strongRules = brandActs.filter(({ weak }) => weak === undefined);

const isRun = (text: string, name: Written): boolean => fits(brandIsRun, text, name);

/** Names that stand as one list: “X, Y and Z”, “X, Y or Z”. */
function listsOf(text: string, names: readonly Written[]): readonly (readonly Written[])[] {
  const lists: Written[][] = [];
  for (const name of names) {
    const list = lists.at(-1);
    const before = list?.at(-1);
    if (list && before && /^(?:, | and | or |, and |, or )(?:the )?$/u.test(text.slice(before.end, name.start)))
      list.push(name);
    else lists.push([name]);
  }
  return lists.filter(({ length }) => length > 1);
}
