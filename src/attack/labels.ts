import type { Catalogue } from "./catalogue.ts";
import { fullName } from "./full-name.ts";
import { nameKey } from "./names.ts";

const known = new WeakMap<Catalogue, ReadonlySet<string>>();
const ids = /\bTA?\d{4}(?:\.\d{3})?\b/g;

/** Keys of the names of techniques and tactics, those with their parent's before them too. */
function labelsOf(catalogue: Catalogue): ReadonlySet<string> {
  const labels =
    known.get(catalogue) ??
    new Set(
      (["technique", "tactic"] as const).flatMap((kind) =>
        catalogue.objects(kind).flatMap((object) => [nameKey(object.name), nameKey(fullName(object, catalogue))]),
      ),
    );
  known.set(catalogue, labels);
  return labels;
}

/**
 * Whether a cell of a table only says which technique or tactic, by ids and names, and nothing of how it was used; empty
 * ones, too. `others` are keys (`nameKey`) of further names that say no more.
 */
export function isLabel(text: string, catalogue: Catalogue, others?: ReadonlySet<string>): boolean {
  const labels = labelsOf(catalogue);
  const is = (part: string): boolean => {
    const key = nameKey(part.replace(ids, ""));
    return key === "" || labels.has(key) || others?.has(key) === true;
  };
  // "Execution, Persistence" names two; some names have a comma or a slash of their own.
  return is(text) || text.split(/[,;/]/).every(is);
}
