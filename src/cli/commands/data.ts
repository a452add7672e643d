import { join } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { DomainFacts } from "../../attack/facts.ts";
import { objectKinds } from "../../attack/kinds.ts";
import { chooseReleases } from "../../attack/releases.ts";
import { factsToJson } from "../../attack/serialise.ts";
import { jsonText } from "../../json-text.ts";
import { sizeInWords } from "../../update/download.ts";
import { fetchBundles, fetchIndex, usualRepository } from "../../update/fetch-releases.ts";
import { makeFolder } from "../make-folder.ts";
import { writeWhole } from "../write-whole.ts";
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
    .requiredOption("--out <dir>", "folder for the facts; where it is called attack, name its parent with --data")
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
          shell.print(write(out, facts));
        }
      },
    );

  data
    .command("update")
    .description("fetch ATT&CK's current bundles from the network and turn them into facts; nothing else here uses it")
    .requiredOption("--out <dir>", "folder for the facts; where it is called attack, name its parent with --data")
    .option("--attack-version <version>", "fetch this version instead of the newest one")
    .option("--url <address>", "repository with an index.json, or such an index", usualRepository)
    .option("--timeout <seconds>", "how long all of it may take", seconds, 300)
    .addHelpText(
      "after",
      "\nExample:\n  attack-scribe data update --out my-data/attack && attack-scribe --data my-data map report.md",
    )
    .action(async (options: UpdateOptions, command: Command) => {
      for (const facts of await fetchFacts(options, command.optsWithGlobals<{ domain?: string[] }>().domain, shell))
        shell.print(write(options.out, facts));
    });

  data
    .command("info")
    .description("say which facts the program works with, and where they come from")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(({ format }: { format: string }) => {
      const catalogue = shell.catalogue();
      if (format === "json") {
        shell.print(jsonText({ schema: 1, domains: catalogue.domains }));
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

interface UpdateOptions {
  readonly out: string;
  readonly attackVersion?: string;
  readonly url: string;
  readonly timeout: number;
}

/** All bundles or none. Throws a {@link Failure}. */
async function fetchFacts(
  { url, attackVersion, timeout }: UpdateOptions,
  domains: readonly string[] | undefined,
  shell: Shell,
): Promise<readonly DomainFacts[]> {
  const limits = { timeout: timeout * 1_000 };
  try {
    const releases = chooseReleases(await fetchIndex(url, limits), { version: attackVersion, domains });
    const fetched = await fetchBundles(releases, {
      ...limits,
      inForce: shell.catalogue(),
      onProgress: ({ release, received }) => shell.watch(`${release.name} ${release.version} ${sizeInWords(received)}`),
    });
    return fetched.map(({ facts }) => facts);
  } catch (error) {
    throw new Failure(`${printable(messageOf(error))}; nothing was written`);
  } finally {
    shell.watch("");
  }
}

/** Writes facts whole or not at all; says what they are. Throws a {@link Failure}. */
function write(out: string, facts: DomainFacts): string {
  const target = join(out, `${facts.domain}.json`);
  try {
    makeFolder(out);
    writeWhole(target, factsToJson(facts));
  } catch (error) {
    throw new Failure(`${target}: ${fileTrouble(error)}`);
  }
  return `${target}: ${facts.name} ${facts.version}, ${objectKinds.map(({ type, plural }) => `${facts.objects[type]?.length ?? 0} ${plural}`).join(", ")}\n`;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 86_400)) throw new InvalidArgumentError("It takes a number of seconds.");
  return value;
}

function open(path: string, version: string | undefined): ReturnType<typeof readBundleFile> {
  try {
    return readBundleFile(path, version);
  } catch (error) {
    const message = messageOf(error);
    throw new Failure((error as NodeJS.ErrnoException).code === undefined ? message : `${path}: ${fileTrouble(error)}`);
  }
}
