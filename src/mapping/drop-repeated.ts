import { nameKey } from "../attack/names.ts";
import type { Report } from "../report/report.ts";
import type { Mention } from "./mention.ts";
import { placeKey, type PlaceKey } from "./place.ts";

/** What was inferred from words or commands; a vulnerability's techniques are another matter. */
const isDescribed = ({ by }: Mention): boolean => by === "lexicon" || by === "command" || by === "model";

/** Techniques written by their ids in a sentence or row, the parents of those that are sub-techniques, and their names. */
interface Written {
  readonly ids: Set<string>;
  readonly parents: Set<string>;
  readonly names: Set<string>;
}

/**
 * Leaves out what repeats itself inside a sentence (or a table's row): a described technique that the sentence also
 * states, a parent beside its stated sub-technique, and of two described ones at overlapping places the less sure. A
 * parent's name beside its sub-technique's id is no technique of its own: “Impair Defenses (T1562.001)”; nor is what
 * another domain calls by the name that stands beside an id: “T0859 Valid Accounts”.
 */
export function dropRepeated(mentions: readonly Mention[], report: Report): readonly Mention[] {
  const stated = new Map<PlaceKey, Set<string>>();
  const described = new Map<PlaceKey, Mention[]>();
  const written = new Map<PlaceKey, Written>();
  for (const mention of mentions) {
    const key = rowKey(mention, report);
    if (key === undefined || mention.object.type !== "technique") continue;
    if (isDescribed(mention)) {
      const list = described.get(key);
      if (list) list.push(mention);
      else described.set(key, [mention]);
    } else {
      const ids = stated.get(key) ?? new Set<string>();
      stated.set(key, ids.add(mention.object.id).add(mention.object.id.slice(0, 5)));
      if (mention.by === "id") {
        const here = written.get(key) ?? { ids: new Set(), parents: new Set(), names: new Set() };
        written.set(key, here);
        here.ids.add(mention.object.id);
        here.names.add(nameKey(mention.object.name));
        if (mention.object.id.includes(".")) here.parents.add(mention.object.id.slice(0, 5));
      }
    }
  }
  return mentions.filter((mention) => {
    const key = rowKey(mention, report);
    if (key === undefined) return true;
    if (!isDescribed(mention)) return !isNameOfWritten(mention, written.get(key));
    if (stated.get(key)?.has(mention.object.id)) return false;
    return !described.get(key)?.some((other) => other !== mention && overlaps(other, mention) && beats(other, mention));
  });
}

/** Whether a technique's name stands for one whose id stands beside it. */
const isNameOfWritten = ({ by, object }: Mention, here: Written | undefined): boolean =>
  (by === "name" || by === "alias") &&
  here !== undefined &&
  !here.ids.has(object.id) &&
  (here.parents.has(object.id) || (object.type === "technique" && here.names.has(nameKey(object.name))));

const overlaps = (a: Mention, b: Mention): boolean => a.start < b.end && b.start < a.end;

/** Of the same technique, the surer, then the earlier one; a sub-technique beats its parent at the same place. */
function beats(other: Mention, mention: Mention): boolean {
  if (other.object.id !== mention.object.id) return other.object.id.startsWith(`${mention.object.id}.`);
  return (
    other.confidence > mention.confidence ||
    (other.confidence === mention.confidence &&
      (other.start < mention.start || (other.start === mention.start && other.by > mention.by)))
  );
}

/** Cells of one table row stand together, and lines of code; elsewhere a sentence stands alone. */
function rowKey({ place }: Mention, report: Report): PlaceKey | undefined {
  if (!place) return undefined;
  return placeKey(report, report.blocks[place.block]?.kind === "code" ? { ...place, sentence: 0 } : place);
}
