import { analyse } from "../analysis.ts";
import { isCurrent, normaliseId, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import { lookUpIn } from "../attack/look-up.ts";
import { nameKey } from "../attack/names.ts";
import { isRecord } from "../json.ts";
import { classify } from "../mapping/classify.ts";
import type { Lexicon } from "../mapping/lexicon/lexicon.ts";
import { phrasesOf } from "../mapping/lexicon/phrases.ts";
import type { Model } from "../mapping/model/model.ts";
import { parseReport } from "../report/parse.ts";

/** What the tools go by. */
export interface ToolKnowledge {
  readonly catalogue: Catalogue;
  readonly lexicon?: Lexicon | undefined;
  readonly model?: Model | undefined;
}

/** What an assistant may ask of the program; package.json tells it of the input of each. Answers are plain data. */
export interface AssistantTool {
  /** As package.json names it. */
  readonly name: string;
  /** Throws a one-sentence error where the input makes no sense. */
  readonly answer: (input: unknown, knowledge: ToolKnowledge) => unknown;
}

/** UTF-16 units of a text, and entries of a list: more is no question. */
const longest = { text: 200_000, query: 200, claims: 100 } as const;
const mostFound = 10;

export const assistantTools: readonly AssistantTool[] = [
  {
    name: "attack_scribe_look_up",
    answer: (input, { catalogue, lexicon }) => {
      const query = textOf(input, "query", longest.query);
      const found = lookUpIn(catalogue, lexicon && phrasesOf(lexicon)).search(query, mostFound);
      return { attack: catalogue.version, objects: found.map((object) => tell(object, catalogue, lexicon)) };
    },
  },
  {
    name: "attack_scribe_map_text",
    answer: (input, { catalogue, lexicon, model }) => {
      const report = parseReport(textOf(input, "text", longest.text), { path: "text.md", format: "markdown" });
      const { campaigns, mentions } = analyse(report, catalogue, { lexicon, model });
      return {
        attack: catalogue.version,
        campaigns: campaigns.map(({ id, name, role, reason, attackIds }) => ({ id, name, role, reason, attackIds })),
        mentions: mentions.map(({ object, status, confidence, evidence, why, campaigns: whose, attribution }) => ({
          ...object,
          status,
          confidence,
          evidence,
          why,
          campaigns: whose,
          attribution,
        })),
      };
    },
  },
  {
    name: "attack_scribe_validate_mapping",
    answer: (input, knowledge) => {
      const claims = isRecord(input) ? input["claims"] : undefined;
      if (!Array.isArray(claims) || claims.length === 0 || claims.length > longest.claims)
        throw new Error(`"claims" takes a list of 1 to ${longest.claims} claims, each with an "id"`);
      return { attack: knowledge.catalogue.version, claims: claims.map((claim) => validate(claim, knowledge)) };
    },
  },
];

/** What is wrong with a claim that a sentence shows a technique; an empty list of problems where nothing is. */
function validate(claim: unknown, { catalogue, lexicon, model }: ToolKnowledge): unknown {
  const of = (field: string): string | undefined => {
    const value = isRecord(claim) ? claim[field] : undefined;
    return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 5_000) : undefined;
  };
  const written = of("id") ?? "";
  const id = normaliseId(written);
  const found = id === undefined ? undefined : catalogue.resolve(id);
  if (!found) return { id: written, problems: [`${written || "an empty id"} is not in ATT&CK ${catalogue.version}`] };
  const { asked, current } = found;
  const problems: string[] = [];
  if (asked !== current) problems.push(`${asked.id} was revoked in favour of ${current.id} ${current.name}`);
  else if (!isCurrent(asked)) problems.push(`${asked.id} is deprecated`);
  const [name, tactic, sentence] = [of("name"), of("tactic"), of("sentence")];
  const names = [current.name, fullName(current, catalogue), asked.name, ...current.aliases].map(nameKey);
  if (name !== undefined && !names.includes(nameKey(name)))
    problems.push(`${current.id} is called ${current.name}, not ${name}`);
  const tactics = catalogue.tacticsOf(current);
  const hasTactic = tactics.some((one) =>
    [one.name, one.id, ...one.tactics].some((word) => nameKey(word) === nameKey(tactic ?? "")),
  );
  if (tactic !== undefined && tactics.length > 0 && !hasTactic)
    problems.push(`${current.id} serves ${tactics.map((one) => one.name).join(", ")}, not ${tactic}`);
  if (sentence === undefined || current.type !== "technique") return { ...tell(current, catalogue, lexicon), problems };
  const ranked = classify(sentence, catalogue, { lexicon, model, top: mostFound });
  const own = ranked.find((one) => one.id === current.id);
  const better = ranked.filter((one) => one.accepted && one.id !== current.id);
  if (!own?.accepted)
    problems.push(
      better.length > 0
        ? `the sentence rather shows ${better.map((one) => `${one.id} ${catalogue.get(one.id)?.name ?? ""}`.trim()).join(", ")}`
        : "nothing in the sentence is found to show it: look for yourself",
    );
  return { ...tell(current, catalogue, lexicon), score: own?.score ?? 0, why: own?.why ?? "", problems };
}

const tell = (object: AttackObject, catalogue: Catalogue, lexicon: Lexicon | undefined): object => ({
  id: object.id,
  name: fullName(object, catalogue),
  type: object.type,
  aliases: object.aliases,
  tactics: catalogue.tacticsOf(object).map(({ name }) => name),
  platforms: object.platforms,
  ...(lexicon?.glosses[object.id] === undefined ? {} : { gloss: lexicon.glosses[object.id] }),
  ...(isCurrent(object) ? {} : { withdrawn: true }),
  url: object.url,
});

function textOf(input: unknown, field: string, most: number): string {
  const value = isRecord(input) ? input[field] : undefined;
  if (typeof value !== "string" || value.trim() === "") throw new Error(`"${field}" takes a text`);
  if (value.length > most) throw new Error(`"${field}" takes at most ${most} characters`);
  return value;
}
