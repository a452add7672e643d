import type { AttackObject, Catalogue } from "./catalogue.ts";

/** "Command and Scripting Interpreter: PowerShell", as ATT&CK's own pages are headed. */
export function fullName(technique: AttackObject, catalogue: Catalogue): string {
  const parent = technique.parent === undefined ? undefined : catalogue.get(technique.parent);
  return parent ? `${parent.name}: ${technique.name}` : technique.name;
}
