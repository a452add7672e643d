import { InvalidArgumentError, Option, type Command } from "commander";
import type { Analysis, Finding } from "../../analysis.ts";
import { readEntry } from "../../lint/allowed-indicators.ts";
import { severities, type Severity } from "../../lint/rule.ts";
import { rules } from "../../lint/rules.ts";
import { exitCodes, Failure, fileTrouble } from "../failure.ts";
import { lintFormats, type LintedReport } from "../lint-formats.ts";
import { forEachReport, type Shell } from "../shell.ts";
import { writeWhole } from "../write-whole.ts";

/** Chosen severities by rule. */
type Chosen = Readonly<Record<string, Severity | "off">>;

interface LintOptions {
  readonly format: string;
  readonly fix?: true;
  readonly allow?: readonly string[];
  readonly rule?: Chosen;
  readonly failOn: Severity | "never";
}

export function addLint(program: Command, shell: Shell): void {
  program
    .command("lint")
    .description(
      "check reports: ids, names, tactics, tables, links, live indicators, evidence (docs/rules.md); exit 1 on an error",
    )
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .addOption(new Option("--format <format>", "how to print it").choices(Object.keys(lintFormats)).default("text"))
    .option("--fix", "write the fixes into the reports, and say what is left")
    .option(
      "--allow <indicator>",
      "a domain, address or network that may stand alive; may be given several times",
      addAllowed,
    )
    .option(
      "--rule <id=severity>",
      `how severe a rule is: ${[...severities, "off"].join(", ")}; may be given several times`,
      addRule,
    )
    .addOption(
      new Option("--fail-on <severity>", "exit 1 on findings as severe as this, or worse")
        .choices([...severities, "never"])
        .default("error"),
    )
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe lint 'reports/*.md'\n  attack-scribe lint report.md --format sarif > report.sarif\n  attack-scribe lint report.md --rule unproved-claim=off --allow contoso.com",
    )
    .action((patterns: readonly string[], { format, fix, allow = [], rule = {}, failOn }: LintOptions) => {
      if (fix) fixReports(patterns, shell, allow, rule);
      const linted: LintedReport[] = [];
      forEachReport(
        patterns,
        shell,
        ({ report, analysis }) => void linted.push({ source: report, analysis: asChosen(analysis, rule) }),
        { allowedIndicators: allow },
      );
      shell.print(lintFormats[format]?.(linted) ?? "");
      const worst = severities.slice(0, failOn === "never" ? 0 : severities.indexOf(failOn) + 1);
      if (linted.some(({ analysis }) => analysis.findings.some(({ severity }) => worst.includes(severity))))
        shell.exit(exitCodes.findings);
    });
}

function addAllowed(entry: string, others: readonly string[] = []): readonly string[] {
  if (!readEntry(entry)) throw new InvalidArgumentError("It takes a domain, an address or a network in CIDR.");
  return [...others, entry];
}

function addRule(words: string, others: Chosen = {}): Chosen {
  const [id = "", severity = ""] = words.split("=");
  if (!rules.some((rule) => rule.id === id))
    throw new InvalidArgumentError(`No rule is called “${id}”: there are ${rules.map((rule) => rule.id).join(", ")}.`);
  const choices = [...severities, "off"] as const;
  const known = choices.find((one) => one === severity);
  if (!known)
    throw new InvalidArgumentError(
      `${severity === "" ? "It says no severity" : `“${severity}” is no severity`}: there are ${choices.join(", ")}, as in ${id}=off.`,
    );
  return { ...others, [id]: known };
}

/** The findings with the severities that the user chose, without those that are switched off. */
const asChosen = (analysis: Analysis, chosen: Chosen): Analysis => ({
  ...analysis,
  findings: analysis.findings.flatMap((finding) => {
    const severity = chosen[finding.rule] ?? finding.severity;
    return severity === "off" ? [] : [{ ...finding, severity }];
  }),
});

/** Writes every fix that overlaps no other one; a UTF-16 file becomes UTF-8. */
function fixReports(patterns: readonly string[], shell: Shell, allow: readonly string[], chosen: Chosen): void {
  forEachReport(
    patterns,
    shell,
    ({ report, analysis }) => {
      const edits = fixesOf(asChosen(analysis, chosen).findings);
      if (edits.length === 0) return;
      if (report.path === "stdin.md")
        throw new Failure("standard input: --fix needs a file to write to", exitCodes.usage);
      const text = edits.reduceRight(
        (source, { start, end, text: words }) => source.slice(0, start) + words + source.slice(end),
        report.text,
      );
      try {
        writeWhole(report.path, text);
      } catch (error) {
        throw new Failure(`${report.path}: ${fileTrouble(error)}`);
      }
      shell.complain(`${report.path}: ${edits.length} fixed`);
    },
    { allowedIndicators: allow },
  );
}

/** In document order, the first of those that overlap. */
function fixesOf(findings: readonly Finding[]): readonly NonNullable<Finding["fix"]>[] {
  const edits: NonNullable<Finding["fix"]>[] = [];
  for (const fix of findings.flatMap((finding) => finding.fix ?? []).sort((a, b) => a.start - b.start))
    if (fix.start >= (edits.at(-1)?.end ?? 0)) edits.push(fix);
  return edits;
}
