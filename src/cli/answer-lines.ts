import type { Catalogue } from "../attack/catalogue.ts";
import { classify, type ClassifyOptions } from "../mapping/classify.ts";

/** What `classify` prints for some lines of its input. */
export interface Answers {
  /** NDJSON, one line for each question. */
  readonly text: string;
  /** Which of the lines ask nothing that can be understood, from 0. */
  readonly faults: readonly number[];
}

const notAsked = 'no JSON object with "id" and "text"';

/** Answers lines of NDJSON `{"id", "text"}`, in their order; empty ones are passed over. */
export function answerLines(lines: readonly string[], catalogue: Catalogue, options: ClassifyOptions): Answers {
  const faults: number[] = [];
  const answers = lines.flatMap((line, at) => {
    if (line.trim() === "") return [];
    const question = readQuestion(line);
    if (question) return JSON.stringify({ id: question.id, techniques: classify(question.text, catalogue, options) });
    faults.push(at);
    return JSON.stringify({ id: null, techniques: [], error: notAsked });
  });
  return { text: answers.map((answer) => `${answer}\n`).join(""), faults };
}

function readQuestion(line: string): { readonly id: unknown; readonly text: string } | undefined {
  try {
    const value = JSON.parse(line) as { readonly id?: unknown; readonly text?: unknown } | null;
    return typeof value === "object" && value !== null && typeof value.text === "string"
      ? { id: value.id ?? null, text: value.text }
      : undefined;
  } catch {
    return undefined;
  }
}
