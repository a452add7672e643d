import { nameKey } from "../../attack/names.ts";
import type { AttackObject, Catalogue } from "../../attack/catalogue.ts";
import type { Mention } from "../../mapping/mention.ts";
import type { Range, Report } from "../../report/report.ts";
import { statedRows } from "../rows.ts";
import type { Fault, Rule, RuleSubject } from "../rule.ts";

export const tacticMismatch: Rule = {
  id: "tactic-mismatch",
  severity: "warning",
  description: "A tactic beside a technique that does not serve it in this version of ATT&CK.",
  help: "Navigator drops such a cell without a word: write one of the technique's own tactics.",
  check: (subject) => [...inRows(subject), ...inItems(subject)],
};

/** “| Impact | T1566.001 |”. */
function inRows({ report, catalogue, mapping }: RuleSubject): readonly Fault[] {
  return statedRows(report, mapping.mentions).flatMap(({ mentions: row }) => {
    const tactics = row.filter(({ object }) => object.type === "tactic");
    const techniques = row.filter(({ object, by }) => object.type === "technique" && by === "id");
    const [tactic] = tactics;
    const technique = techniques[0] && catalogue.get(techniques[0].object.id);
    // Of several on either side nobody can tell which belong together.
    const isOne =
      new Set(tactics.map(({ object }) => object.name)).size === 1 &&
      new Set(techniques.map(({ object }) => object.id)).size === 1;
    return tactic && technique && isOne ? judge(technique, tactic.object.name, tactic, report, catalogue) : [];
  });
}

/** “- Impact: Phishing (T1566.001)”, and “- T1566.001 …” under the heading “Impact”. */
function inItems({ report, catalogue, mapping }: RuleSubject): readonly Fault[] {
  const tacticsBy = new Map<string, AttackObject>();
  for (const tactic of catalogue.objects("tactic")) {
    tacticsBy.set(nameKey(tactic.name), tactic);
    tacticsBy.set(nameKey(tactic.id), tactic);
    tacticsBy.set(nameKey(`${tactic.name} ${tactic.id}`), tactic);
    tacticsBy.set(nameKey(`${tactic.id} ${tactic.name}`), tactic);
  }
  const byBlock = new Map<number, Mention[]>();
  for (const mention of mapping.mentions) {
    if (!mention.place || mention.by !== "id" || mention.object.type !== "technique") continue;
    const list = byBlock.get(mention.place.block);
    if (list) list.push(mention);
    else byBlock.set(mention.place.block, [mention]);
  }
  return [...byBlock].flatMap(([index, mentions]) => {
    const block = report.blocks[index];
    const [first] = mentions;
    const technique = first && catalogue.get(first.object.id);
    if (!technique || block?.kind !== "list-item" || new Set(mentions.map(({ object }) => object.id)).size > 1)
      return [];
    const label = /^([\p{L}&()\d -]{4,60}?)(?::| [–—-]) /u.exec(block.text)?.[1];
    const said = label === undefined ? undefined : tacticsBy.get(nameKey(label));
    if (said && label !== undefined) {
      const at = report.text.indexOf(label, block.start);
      const place = at >= 0 && at < first.start ? { start: at, end: at + label.length } : first;
      return judge(technique, said.name, place, report, catalogue);
    }
    // Under a heading, an item that is a technique's own; one that tells a story may look back.
    const title = nameKey(report.sections[block.section]?.title ?? "");
    const headed = tacticsBy.get(title);
    const isOwn = first.start - block.start < 60 && mentions.every(({ start }) => start - block.start < 200);
    return headed && isOwn ? judge(technique, headed.name, first, report, catalogue) : [];
  });
}

/** Tactics of other domains that are called the same count as the same. */
function judge(
  technique: AttackObject,
  said: string,
  { start, end }: Range,
  report: Report,
  catalogue: Catalogue,
): readonly Fault[] {
  const own = catalogue.tacticsOf(technique);
  if (own.length === 0 || own.some(({ name }) => name === said)) return [];
  const written = report.text.slice(start, end);
  const isId = /^TA\d{4}$/iu.test(written);
  const isTactic = isId || nameKey(written) === nameKey(said);
  return [
    {
      start,
      end,
      message: `${technique.id} ${technique.name} does not serve ${said} in ATT&CK ${catalogue.version}, but ${own.map(({ name }) => name).join(", ")}`,
      choices: isTactic
        ? own.map(({ id, name }) => ({
            title: `Write ${isId ? `${id} ${name}` : name}`,
            edit: { start, end, text: isId ? id : name },
          }))
        : [],
    },
  ];
}
