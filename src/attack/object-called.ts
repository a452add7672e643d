import { normaliseId, type AttackObject, type Catalogue } from "./catalogue.ts";
import type { ObjectType } from "./kinds.ts";
import { nameKey } from "./names.ts";

/** The current object with this id, name or alias, of any kind or of those given; an id is never taken for a name. */
export function objectCalled(
  text: string,
  catalogue: Catalogue,
  types?: readonly ObjectType[],
): AttackObject | undefined {
  const wanted = ({ type }: AttackObject): boolean => types?.includes(type) ?? true;
  const id = normaliseId(text);
  if (id !== undefined) {
    const current = catalogue.resolve(id)?.current;
    return current && wanted(current) ? current : undefined;
  }
  const key = nameKey(text);
  if (key === "") return undefined;
  const found = catalogue
    .objects()
    .find(
      (object) =>
        wanted(object) && !object.revoked && [object.name, ...object.aliases].some((other) => nameKey(other) === key),
    );
  return found && catalogue.resolve(found.id)?.current;
}
