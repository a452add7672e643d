import type { Catalogue } from "../attack/catalogue.ts";
import { classify, type ClassifyOptions } from "../mapping/classify.ts";

/** What `classify` prints for some lines of its input. */
export interface Answers {
  /** NDJSON, one line for each question. */
  readonly text: string;
  /** Lines that ask nothing that can be understood, and why. */
  readonly faults: readonly Fault[];
}

export interface Fault {
  /** Which of the lines, from 0. */
  readonly at: number;
  readonly error: string;
}

/** Answers lines of NDJSON `{"id", "text"}`, in their order; empty ones are passed over. */
export function answerLines(lines: readonly string[], catalogue: Catalogue, options: ClassifyOptions): Answers {
  const faults: Fault[] = [];
  const answers = lines.flatMap((line, at) => {
    if (line.trim() === "") return [];
    const question = readQuestion(line);
    const { id } = question;
    if ("text" in question) return JSON.stringify({ id, techniques: classify(question.text, catalogue, options) });
    faults.push({ at, error: question.error });
    return JSON.stringify({ id, techniques: [], error: question.error });
  });
  return { text: answers.map((answer) => `${answer}\n`).join(""), faults };
}

type Question = { readonly id: unknown } & ({ readonly text: string } | { readonly error: string });

function readQuestion(line: string): Question {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: 'no JSON; a line is an object with "id" and "text"' };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { id: null, error: 'no JSON object; a line is one with "id" and "text"' };
  const { id = null, text } = value as { readonly id?: unknown; readonly text?: unknown };
  if (text === undefined) return { id, error: 'has no "text"' };
  return typeof text === "string" ? { id, text } : { id, error: '"text" is no string' };
}
