import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { matchesOf } from "../report/matches.ts";
import { ofWords, toSource, type Report } from "../report/report.ts";
import type { Mention } from "./mention.ts";
import { mentionAt, placeOf } from "./place.ts";

/** How sure it is that a report which names a vulnerability means that it was exploited in the way on record. */
const confidence = 0.75;

const cveNumber = /(?<![\p{L}\p{N}-])CVE[-\u2010-\u2013]\d{4}[-\u2010-\u2013]\d{4,7}(?![\p{L}\p{N}])/giu;

const cvesIn = ofWords(({ text }) => matchesOf(text, cveNumber));

/** CVE numbers in the text whose way of exploitation is on record. */
export function findCves(report: Report, catalogue: Catalogue): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const block of report.blocks) {
    for (const match of cvesIn(block)) {
      const cve = match[0].toUpperCase().replace(/[\u2010-\u2013]/g, "-");
      const start = toSource(block, match.index);
      const end = toSource(block, match.index + match[0].length, "end");
      const place = placeOf(report, start);
      for (const object of waysOfExploitation(cve, catalogue)) {
        const why = `the text names ${cve}; exploiting it is on record as ${object.name}`;
        const said = { object, by: "cve", status: "inferred", confidence, why } as const;
        mentions.push(mentionAt(report, { start, end }, place, said));
      }
    }
  }
  return mentions;
}

/**
 * The record also holds what came of an exploitation, or what had to happen before: with a number alone that would be
 * somebody else's intrusion. What exploiting itself it was is sure.
 */
const waysOfExploitation = (cve: string, catalogue: Catalogue): readonly AttackObject[] =>
  catalogue
    .techniquesOfCve(cve)
    .flatMap((id) => catalogue.resolve(id)?.current ?? [])
    .filter(({ name }) => /^Exploit/.test(name));
