import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Option, type Command } from "commander";
import { writeWhole } from "../write-whole.ts";
import { objectKinds } from "../../attack/kinds.ts";
import { factsToJson } from "../../attack/serialise.ts";
import { readBundleFile } from "../build-facts.ts";
import { Failure, fileTrouble, messageOf } from "../failure.ts";
import type { Shell } from "../shell.ts";
import { printable, table } from "../table.ts";
import { validateObjects } from "../validate-objects.ts";

/** Faults of single objects that are listed one by one; more are counted. */
const mostListed = 20;

export function addData(program: Command, shell: Shell): void {
  const data = program.command("data").description("the ATT&CK facts that the program works with");

  data
    .command("build")
    .description("turn ATT&CK bundles (STIX 2.0 or 2.1, gzipped or not) into facts")
    .argument("<bundle...>", "bundle files")
    .requiredOption("--out <dir>", "folder for the facts; name it with --data afterwards")
    .option("--attack-version <version>", "ATT&CK's version, for bundles that don't say it")
    .option("--validate", "check the objects of STIX 2.1 bundles by ATT&CK's official data model first")
    .addHelpText("after", "\nExample:\n  attack-scribe data build enterprise-attack-18.1.json --out my-data/attack")
    .action(
      async (
        paths: readonly string[],
        { out, attackVersion, validate }: { out: string; attackVersion?: string; validate?: true },
      ) => {
        for (const path of paths) {
          const { facts, skipped } = open(path, attackVersion);
          const faults = validate && facts.source.stix === "2.1" ? await validateObjects(path) : [];
          const lines = [
            ...skipped.map(({ index, id, reason }) => `object ${index} (${id}) left out: ${reason}`),
            ...faults,
          ];
          for (const line of lines.slice(0, mostListed)) shell.complain(`${path}: ${printable(line)}`);
          if (lines.length > mostListed) shell.complain(`${path}: (and ${lines.length - mostListed} more)`);
          const target = join(out, `${facts.domain}.json`);
          try {
            mkdirSync(out, { recursive: true });
            writeWhole(target, factsToJson(facts));
          } catch (error) {
            throw new Failure(`${target}: ${fileTrouble(error)}`);
          }
          shell.print(
            `${target}: ${facts.name} ${facts.version}, ${objectKinds.map(({ type, plural }) => `${facts.objects[type]?.length ?? 0} ${plural}`).join(", ")}\n`,
          );
        }
      },
    );

  data
    .command("info")
    .description("say which facts the program works with, and where they come from")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(({ format }: { format: string }) => {
      const catalogue = shell.catalogue();
      if (format === "json") {
        shell.print(`${JSON.stringify({ schema: 1, domains: catalogue.domains }, undefined, 2)}\n`);
        return;
      }
      const rows = catalogue.domains.map(({ domain, name, version, source }) => [
        domain,
        `${name} ${version}`,
        `STIX ${source.stix}`,
        source.modified.slice(0, 10),
        source.file,
        `sha256 ${source.sha256}`,
      ]);
      shell.print(`${table(rows, { ...shell.style, width: 400 }, "")}\n`);
    });
}

function open(path: string, version: string | undefined): ReturnType<typeof readBundleFile> {
  try {
    return readBundleFile(path, version);
  } catch (error) {
    const message = messageOf(error);
    throw new Failure((error as NodeJS.ErrnoException).code === undefined ? message : `${path}: ${fileTrouble(error)}`);
  }
}
