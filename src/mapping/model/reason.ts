import type { AttackObject } from "../../attack/catalogue.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import type { MentionBy } from "../mention.ts";
import { nearestExample } from "../lexicon/nearest-example.ts";
import type { Judgement } from "./sentence-reader.ts";

const longestQuote = 120;

/** Why a sentence is mapped to a technique, as an analyst would say it. */
export function reasonOf(
  sentence: string,
  { signs }: Pick<Judgement, "signs">,
  { id, name }: Pick<AttackObject, "id" | "name">,
  span: { readonly start: number; readonly end: number },
  lexicon: Lexicon,
): { readonly by: MentionBy; readonly why: string } {
  const words = shortened(sentence.slice(span.start, span.end));
  const command = signs.commands.find(({ start, end }) => start === span.start && end === span.end);
  if (command?.decoded !== undefined)
    return {
      by: "command",
      why: `${command.hiddenBy === "obfuscation" ? "put together" : "decoded from base64"}, “${shortened(command.decoded)}” is typical of ${name}`,
    };
  if (command) return { by: "command", why: `the command or artefact “${words}” is typical of ${name}` };
  const cue = signs.cues.find(({ start, end }) => start === span.start && end === span.end);
  if (cue?.weight === "decisive") return { by: "lexicon", why: `the text says “${words}”, a decisive cue of ${name}` };
  const example = nearestExample(lexicon, id, sentence);
  const like = example === undefined ? "" : `; such sentences read like “${shortened(example)}”`;
  return {
    by: "model",
    why: cue ? `the text says “${words}”, a cue of ${name}${like}` : `the words “${words}” describe ${name}${like}`,
  };
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line;
}
