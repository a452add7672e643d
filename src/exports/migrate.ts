import { isCurrent, normaliseId, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import { majorOf } from "../attack/versions.ts";
import { versionsSaid } from "../lint/attack-versions.ts";
import { findIds } from "../mapping/ids.ts";
import { placeOf } from "../mapping/place.ts";
import { isInComment, lineAt, toSource, type Block, type Range, type Report } from "../report/report.ts";
import type { ReportEdit } from "./decisions.ts";

/** What to change in a report so that it fits another version of ATT&CK. */
export interface Migration {
  /** The version that it then fits. */
  readonly version: string;
  /** In document order, none overlapping another. */
  readonly edits: readonly MigrationEdit[];
  /** What only the author can decide, in document order; then the tables that the program has to write anew. */
  readonly notes: readonly MigrationNote[];
}

export interface MigrationEdit extends ReportEdit {
  readonly line: number;
  /** Why, as a person would say it. */
  readonly reason: string;
}

export interface MigrationNote extends Range {
  readonly line: number;
  readonly message: string;
}

/** Other versions than the wanted one are asked only for names, tactics and objects of former times. */
interface Versions {
  readonly to: Catalogue;
  /** The wanted version and all others. */
  readonly all: readonly Catalogue[];
}

/** An id as the report writes it. */
interface WrittenId extends Range {
  readonly id: string;
  /** Whether a reader sees it: not in front matter or a directive. */
  readonly visible: boolean;
}

type Change = MigrationEdit | MigrationNote;

/**
 * Ids that were replaced, names beside ids, tactics in the tables of techniques and as headings, addresses and statements
 * of a version: brought to `to`, in the form in which the report has them. What has no successor is noted.
 */
export function migrate(report: Report, to: Catalogue, others: readonly Catalogue[] = []): Migration {
  const versions = { to, all: [to, ...others] };
  const written = writtenIds(report, versions);
  const changes = [
    ...written.flatMap((id) => changesOfId(report, id, versions)),
    ...changesOfAddresses(report, to),
    ...changesOfTactics(report, written, versions),
    ...changesOfStatements(report, to),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  const edits: MigrationEdit[] = [];
  const notes: MigrationNote[] = [];
  for (const change of changes)
    if ("message" in change) notes.push(change);
    else if (change.start >= (edits.at(-1)?.end ?? 0)) edits.push(change);
  return { version: to.version, edits, notes: edits.length > 0 ? [...notes, ...notesOnTables(report)] : notes };
}

/** What the program wrote it does not read: it writes it anew. */
const notesOnTables = (report: Report): readonly MigrationNote[] =>
  report.tables.map(({ start, end }) => ({
    start,
    end,
    line: lineAt(report, start),
    message: "bring the table of techniques up to date afterwards (Insert or Update Technique Table, export --update)",
  }));

/** Every id once, in document order: those of the text, of directives and of front matter. */
function writtenIds(report: Report, { all }: Versions): readonly WrittenId[] {
  const found = new Map<number, WrittenId>();
  for (const catalogue of all) {
    const { mentions, unknown } = findIds(report, catalogue);
    for (const { start, end, written, object } of mentions)
      found.set(start, { start, end, id: written ?? object.id, visible: true });
    for (const { start, end, id } of unknown)
      if (!found.has(start)) found.set(start, { start, end, id, visible: true });
  }
  const { frontMatter, directives } = report;
  const hidden = [...(frontMatter ? [frontMatter] : []), ...directives.filter(({ kind }) => kind !== "campaign")];
  for (const { start: from, end: to } of hidden)
    for (const match of report.text.slice(from, to).matchAll(/(?<![\w/.-])[a-z]{1,3}\d{4}(?:[./]\d{3})?(?![\w/-])/gi)) {
      const id = normaliseId(match[0]);
      const start = from + match.index;
      if (id !== undefined) found.set(start, { start, end: start + match[0].length, id, visible: false });
    }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

function changesOfId(report: Report, written: WrittenId, versions: Versions): readonly Change[] {
  const { start, end, id, visible } = written;
  const { to } = versions;
  const line = lineAt(report, start);
  const known = versions.all.flatMap((catalogue) => catalogue.get(id) ?? []);
  const current = to.resolve(id)?.current;
  const formerName = known.find(({ name }) => name !== current?.name)?.name ?? known[0]?.name;
  const called = formerName === undefined ? id : `${id} ${formerName}`;
  if (!current) return [{ start, end, line, message: `${called} is not in ATT&CK ${to.version}` }];
  const changes: Change[] = [];
  if (!isCurrent(current)) {
    const state = current.deprecated ? "deprecated" : "revoked without a successor";
    changes.push({ start, end, line, message: `${called} is ${state} in ATT&CK ${to.version}` });
  } else if (current.id !== id) {
    const text = shaped(current.id, report.text.slice(start, end), isInAddress(report.text, start));
    changes.push({ start, end, line, text, reason: `${called} was replaced by ${current.id} ${current.name}` });
  }
  if (visible) changes.push(...changesOfName(report, written, current, versions));
  return changes;
}

/** An id in the letters and with the separator of the one that it replaces. */
function shaped(id: string, written: string, inAddress: boolean): string {
  const separator = inAddress || written.includes("/") ? "/" : written.includes("\\") ? "\\." : ".";
  const text = id.replace(".", separator);
  return written === written.toLowerCase() ? text.toLowerCase() : text;
}

const isInAddress = (text: string, at: number): boolean =>
  /attack\.mitre\.org\/\S*$/i.test(text.slice(Math.max(0, at - 200), at));

/** What stands between a name and the id behind it: “Name (”, “Name: ”, “Name | ”, “[Name](https://…/”. */
const joinBehindName =
  /["”*_`]{0,3}(?:\]\(<?https?:\/\/[^\s()<>]{0,150}|\s?\(\[?|\s?\[|: | [–—-] |\s{0,60}\|\s{0,10}\[?| )["“*_`]{0,3}$/u;
/** What stands between an id and the name behind it: “ID Name”, “ID: Name”, “ID | Name”, “[ID](https://…) Name”. */
const joinBeforeName =
  /^["*_`]{0,3}(?:\]\([^\s()]{0,200}\))?["*_`]{0,3}(?:\s?\(|: | [–—-] |\s{0,60}\|\s{0,10}\[?| )["“*_`]{0,3}/u;
const longestName = 160;

/** The name beside an id, where it is one that the object had in another version. */
function changesOfName(
  report: Report,
  { start, end, id }: WrittenId,
  current: AttackObject,
  { to, all }: Versions,
): readonly MigrationEdit[] {
  const { text } = report;
  const names = new Map<string, string>();
  for (const catalogue of all) {
    const object = catalogue.get(id);
    if (!object) continue;
    names.set(fullName(object, catalogue), fullName(current, to));
    names.set(object.name, current.name);
  }
  const longestFirst = [...names].sort(([a], [b]) => b.length - a.length);
  const before = text.slice(Math.max(0, start - longestName - 240), start);
  const join = joinBehindName.exec(before);
  const head = join ? before.slice(0, join.index) : "";
  const behind = text.slice(end, end + longestName + 240);
  const joined = joinBeforeName.exec(behind);
  const tail = joined ? behind.slice(joined[0].length) : "";
  const beside: readonly ((name: string) => number | undefined)[] = [
    (name) =>
      head.toLowerCase().endsWith(name.toLowerCase()) && !/[\p{L}\p{N}]$/u.test(head.slice(0, -name.length))
        ? start - (before.length - head.length) - name.length
        : undefined,
    (name) =>
      tail.toLowerCase().startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(tail.slice(name.length))
        ? end + behind.length - tail.length
        : undefined,
  ];
  return beside.flatMap((find): readonly MigrationEdit[] => {
    for (const [name, today] of longestFirst) {
      const at = find(name);
      if (at === undefined) continue;
      const written = text.slice(at, at + name.length);
      // A name that only differs in its capitals is the author's.
      if (written.toLowerCase() === today.toLowerCase()) return [];
      const reason = `ATT&CK ${to.version} calls ${current.id} ${today}`;
      return [
        {
          start: at,
          end: at + name.length,
          line: lineAt(report, at),
          text: written === written.toLowerCase() ? today.toLowerCase() : today,
          reason,
        },
      ];
    }
    return [];
  });
}

/** Links to the pages of one version, which ATT&CK's site keeps. */
function changesOfAddresses(report: Report, to: Catalogue): readonly Change[] {
  const version = versionOf(to);
  if (version === undefined) return [];
  const major = majorOf(version);
  return [...report.text.matchAll(/attack\.mitre\.org\/versions\/v(\d{1,3}(?:-\d{1,2})?)(?=\/)/gi)].flatMap((match) => {
    const written = match[1] ?? "";
    const end = match.index + match[0].length;
    if (majorOf(written) === major || isInComment(report, match.index)) return [];
    return [
      {
        start: end - written.length,
        end,
        line: lineAt(report, end),
        text: major,
        reason: `the link leads to version ${written} of ATT&CK's pages`,
      },
    ];
  });
}

/** The version of a catalogue; `undefined` where its domains differ. */
function versionOf({ domains }: Catalogue): string | undefined {
  const [version, other] = new Set(domains.map((domain) => domain.version));
  return other === undefined ? version : undefined;
}

/** “ATT&CK v15”: only where the report speaks of one version alone can it be meant. */
function changesOfStatements(report: Report, to: Catalogue): readonly Change[] {
  const version = versionOf(to);
  const said = versionsSaid(report)
    .filter(({ by }) => by === "prose" || by === "front matter")
    .map((one) => {
      const start = one.start + report.text.slice(one.start, one.end).indexOf(one.version);
      return { start, end: start + one.version.length, version: one.version };
    });
  if (version === undefined || said.length === 0) return [];
  const isOne = new Set(said.map(({ version: other }) => majorOf(other))).size === 1;
  return said.flatMap(({ start, end, version: written }): readonly Change[] => {
    const text = written.includes(".") ? version : majorOf(version);
    if (written === text) return [];
    const line = lineAt(report, start);
    return isOne
      ? [{ start, end, line, text, reason: `the report says that it is mapped to ATT&CK ${written}` }]
      : [{ start, end, line, message: `the report speaks of ATT&CK ${written} here and of another version elsewhere` }];
  });
}

/** Tactics in the rows of tables beside one technique, and as headings. */
function changesOfTactics(report: Report, written: readonly WrittenId[], versions: Versions): readonly Change[] {
  const { to, all } = versions;
  const tactics = all.flatMap((catalogue) => catalogue.objects("tactic"));
  const called = (name: string): readonly AttackObject[] =>
    tactics.filter((tactic) => tactic.name.toLowerCase() === name.toLowerCase());
  const nameToday = (name: string): string | undefined => {
    const today = new Set(called(name).flatMap(({ id }) => to.resolve(id)?.current ?? []));
    const names = new Set([...today].filter(isCurrent).map((tactic) => tactic.name));
    return names.size === 1 ? [...names][0] : undefined;
  };
  const rows = new Map<string, { readonly cells: Block[]; readonly ids: Set<string> }>();
  const rowOf = (block: Block | undefined): { readonly cells: Block[]; readonly ids: Set<string> } | undefined => {
    if (!block?.table || block.table.row === 0) return undefined;
    const key = `${block.table.table}/${block.table.row}`;
    const row = rows.get(key) ?? { cells: [], ids: new Set<string>() };
    rows.set(key, row);
    return row;
  };
  for (const block of report.blocks) rowOf(block)?.cells.push(block);
  for (const { id, start } of written) {
    const place = /^T\d/.test(id) ? placeOf(report, start) : undefined;
    if (place) rowOf(report.blocks[place.block])?.ids.add(id);
  }
  const inRows = [...rows.values()].flatMap(({ cells, ids }): readonly Change[] => {
    const [id, another] = ids;
    const technique = id === undefined || another !== undefined ? undefined : to.resolve(id)?.current;
    if (id === undefined || !technique || !isCurrent(technique)) return [];
    const today = to.tacticsOf(technique).map(({ name }) => name);
    const hadOnce = (name: string): boolean =>
      all.some((catalogue) => {
        const object = catalogue.get(id);
        return object !== undefined && catalogue.tacticsOf(object).some((tactic) => tactic.name === name);
      });
    return cells.flatMap((cell) =>
      partsOf(cell).flatMap(({ text, ...range }): readonly Change[] => {
        const [tactic] = called(text);
        const isFine = today.some((name) => name.toLowerCase() === text.toLowerCase());
        if (!tactic || isFine || today.length === 0 || !hadOnce(tactic.name)) return [];
        const renamed = nameToday(text);
        const name =
          renamed !== undefined && today.includes(renamed) ? renamed : today.length === 1 ? today[0] : undefined;
        const line = lineAt(report, range.start);
        const where = `${technique.id} ${technique.name} serves ${today.join(", ")} in ATT&CK ${to.version}`;
        return name === undefined
          ? [{ ...range, line, message: `${where}, not ${tactic.name}` }]
          : [{ ...range, line, text: name, reason: where }];
      }),
    );
  });
  const inHeadings = report.blocks.flatMap((block): readonly Change[] => {
    const [part, more] = block.kind === "heading" ? partsOf(block) : [];
    if (!part || more) return [];
    const { text, ...range } = part;
    const [tactic] = called(text);
    if (!tactic || to.objects("tactic").some((one) => isCurrent(one) && one.name.toLowerCase() === text.toLowerCase()))
      return [];
    const line = lineAt(report, range.start);
    const name = nameToday(text);
    return name === undefined
      ? [{ ...range, line, message: `ATT&CK ${to.version} has no tactic ${tactic.name}` }]
      : [{ ...range, line, text: name, reason: `ATT&CK ${to.version} calls ${tactic.name} ${name}` }];
  });
  return [...inRows, ...inHeadings];
}

/** What a cell or heading lists, by commas and slashes, with its place in the source. */
function partsOf(block: Block): readonly (Range & { readonly text: string })[] {
  return [...block.text.slice(0, 400).matchAll(/[^,;/\n]+/g)].flatMap((match) => {
    const part = match[0].trim();
    const at = match.index + match[0].indexOf(part);
    return part === ""
      ? []
      : [{ text: part, start: toSource(block, at), end: toSource(block, at + part.length, "end") }];
  });
}

/** What is changed and what is left to the author, a line each: "3: reason". */
export const migrationInWords = ({ edits, notes, version }: Migration): string => {
  const list = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : `${title}\n\n${lines.join("\n")}\n\n`;
  return [
    list(
      `Changed for ATT&CK ${version}`,
      edits.map(({ line, reason, text }) => `line ${line}: ${text} (${reason})`),
    ),
    list(
      "Left to you",
      notes.map(({ line, message }) => `line ${line}: ${message}`),
    ),
  ]
    .join("")
    .trimEnd()
    .concat("\n");
};
